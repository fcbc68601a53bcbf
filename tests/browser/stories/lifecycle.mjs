// Every status of a partner, moved by its page.
import { test } from "node:test";

import { choose, heading, madePartner, newPartner, press } from "../steps.mjs";
import { admin, see } from "../world.mjs";

test("a partner is rejected, reopened, let in, suspended, reinstated, archived and restored", async () => {
  const { page } = admin;
  await page.goto("/partners");
  // Whose letter is sent again in a later story, when the minute is over that has to pass between two.
  await madePartner(page, "Quince", "Quin", "quin@quince.example");
  await page.getByRole("link", { name: "Invite", exact: true }).first().click();
  await heading(page, "Invite a partner");
  await see(page, "partner-invite");
  await page.goto("/partners");
  await newPartner(page, "Invite", "Hazel", "Hana", "hana@hazel.example");
  const shown = (status) => page.getByText(status, { exact: true }).first().waitFor();
  const decide = async (name, { menu = false, reason = "" } = {}) => {
    if (menu) await choose(page, "Hazel", name);
    else await press(page, name);
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("textbox").fill(reason);
    await dialog.getByRole("button", { name }).click();
    await dialog.waitFor({ state: "detached" });
  };
  await decide("Reject", { menu: true, reason: "We are no longer in this market." });
  await shown("Rejected");
  await page.getByText("Reason: We are no longer in this market.").waitFor();
  await see(page, "partner-rejected");
  await decide("Reopen");
  await page.getByText("Hazel has not answered yet").waitFor();
  await decide("Approve");
  await shown("Approved");
  await decide("Suspend", { menu: true, reason: "An unpaid bill." });
  await shown("Suspended");
  await decide("Reinstate", { reason: "It is paid." });
  await shown("Approved");
  await choose(page, "Hazel", "Archive");
  await see(page, "partner-archive");
  await press(page, "Cancel");
  await decide("Archive", { menu: true });
  await shown("Archived");
  await see(page, "partner-archived");
  await decide("Restore");
  await shown("Approved");
  await press(page, "Edit");
  await page.getByRole("dialog").getByLabel("Website").waitFor();
  await see(page, "partner-edit");
  await press(page, "Cancel");
});
