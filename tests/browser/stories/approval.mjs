// A partner under the policy MANUAL.
import assert from "node:assert/strict";
import { test } from "node:test";

import { visitor } from "../hub.mjs";
import { PASSWORD, answer, choose, heading, newPartner, press, setPassword } from "../steps.mjs";
import { admin, browser, hub, see } from "../world.mjs";

const ANSWERS = { "company do": "We saw wood.", website: "https://fir.example", "many people": "11–50", "like to integrate": "Orders become planks.", technical: "tech@fir.example", sell: "Asia" };

test("a partner is approved by hand, asked for changes first, and suspended", async () => {
  const { page } = admin;
  await page.goto("/settings/company");
  await page.getByLabel("Invited partners that").click();
  await page.getByRole("option", { name: "wait until" }).click();
  await page.getByLabel("Where partners ask for help").fill("help@northwind.example");
  await press(page, "Save");
  await page.getByText("Saved").waitFor();
  await page.goto("/partners");
  await newPartner(page, "Invite", "Fir", "Fay", "fay@fir.example", { website: "fir.example" });
  // Until it has answered it waits for itself, and not for the vendor.
  await page.getByText("Fir has not answered yet").waitFor();
  await page.getByText("Invited", { exact: true }).first().waitFor();
  const { page: fay, wrong } = await visitor(browser, hub.base);
  await setPassword(fay, await hub.link("fay@fir.example"));
  await heading(fay, "Welcome, Fir");
  assert.equal(await fay.getByLabel(/website/).inputValue(), "https://fir.example", "what the vendor knows need not be typed again");
  await answer(fay, ANSWERS);
  await press(fay, "Submit");
  await heading(fay, "Your answers have arrived");
  await fay.getByText("Northwind looks at them").waitFor();
  await fay.getByRole("link", { name: "help@northwind.example" }).waitFor();
  await see(fay, "waiting");
  const decide = async (name, reason) => {
    if (name === "Suspend") await choose(page, "Fir", name);
    else await press(page, name);
    await page.getByRole("dialog").getByRole("textbox").fill(reason);
    if (name === "Ask for changes") await see(page, "partner-changes");
    await page.getByRole("dialog").getByRole("button", { name }).click();
    await page.getByRole("dialog").waitFor({ state: "detached" }).catch(async () => assert.fail(await page.getByRole("dialog").innerText()));
  };
  // Whoever decides is told so, and reads the answers first.
  await page.getByText("Fir has answered and waits for a decision").waitFor();
  await page.getByRole("tab", { name: "Profile", selected: true }).waitFor();
  await page.getByText(ANSWERS["company do"]).locator("visible=true").waitFor();
  await see(page, "partner-to-decide");
  await page.getByRole("menuitem", { name: "Home" }).click();
  await page.getByRole("link", { name: "1 partner to decide on" }).click();
  await page.getByRole("tab", { name: "To decide", selected: true }).waitFor();
  await page.getByRole("link", { name: "Acme" }).waitFor({ state: "detached" });
  await page.getByText("To decide", { exact: true }).nth(1).waitFor();
  await page.getByRole("link", { name: "Fir" }).click();
  await page.getByRole("button", { name: "Ask for changes" }).waitFor();
  await decide("Ask for changes", "Which wood?");
  await page.getByText("Fir was asked for changes").waitFor();
  await fay.reload();
  await fay.getByText("Which wood?").waitFor();
  assert.equal(await fay.getByLabel(/company do/).inputValue(), ANSWERS["company do"], "the old answers stand there again");
  await see(fay, "partner-form-again");
  await answer(fay, ANSWERS);
  await page.getByRole("tab", { name: "Activity" }).click();
  await press(fay, "Submit");
  await heading(fay, "Your answers have arrived");
  // The vendor's page loads itself anew, and then one decides on what it shows.
  await page.getByText("submitted the Partner Form").nth(1).waitFor();
  await decide("Approve", "");
  await page.getByText("Approved", { exact: true }).first().waitFor();
  // Approval ends the session; the page finds out by itself, and the log-in says why one stands there.
  await fay.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
  await heading(fay, "Log in");
  await fay.getByText("You were signed out while you waited.", { exact: false }).waitFor();
  await see(fay, "log-in-approved");
  await fay.reload();
  await fay.getByText("You were signed out while you waited.", { exact: false }).waitFor();
  await fay.getByLabel("E-mail address").fill("fay@fir.example");
  await fay.getByLabel(/^Password/).fill(PASSWORD);
  await press(fay, "Log in");
  await fay.getByRole("heading", { name: "Fir", exact: true }).waitFor();
  await decide("Suspend", "The wood is wet.");
  await page.getByText("Reason: The wood is wet.").waitFor();
  await page.getByText(/suspended Fir: “The wood is wet\.”$/).waitFor();
  await see(page, "partner-suspended");
  await fay.getByRole("menuitem", { name: "Tenants" }).click();
  await heading(fay, "Log in");
  await fay.getByText("Your session has ended.", { exact: false }).waitFor();
  await press(page, "Edit");
  await page.getByLabel("Labels").fill("wood, north");
  await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
  await page.getByText("wood, north").waitFor();
  await page.goto("/partners");
  await page.getByRole("tab", { name: "Suspended" }).click();
  await page.getByRole("link", { name: "Fir" }).waitFor();
  await page.getByRole("link", { name: "Acme" }).waitFor({ state: "detached" });
  await page.getByRole("tab", { name: "All" }).click();
  await page.getByLabel("Search").fill("birch");
  await page.getByRole("link", { name: "Acme" }).waitFor({ state: "detached" });
  await page.getByRole("link", { name: "Birch" }).waitFor();
  await see(page, "partners-found");
  assert.deepEqual(wrong, []);
});
