// What becomes of an invitation that is not accepted at once.
import assert from "node:assert/strict";
import { test } from "node:test";

import { until, visitor } from "../hub.mjs";
import { choose, heading, madePartner, press } from "../steps.mjs";
import { admin, browser, hub, see } from "../world.mjs";

test("an invitation is declined, and the inviter reads why", async () => {
  const { page } = admin;
  await page.goto("/");
  await madePartner(page, "Ivy", "Ida", "ida@ivy.example");
  const { page: ida, wrong } = await visitor(browser, hub.base);
  await ida.goto(await hub.link("ida@ivy.example"));
  await ida.getByRole("button", { name: "Decline the invitation" }).click();
  await ida.getByLabel("Your reason (optional)").fill("We have closed our shop.");
  await see(ida, "decline");
  await ida.getByRole("dialog").getByRole("button", { name: "Decline" }).click();
  await heading(ida, "You have declined");
  await see(ida, "declined");
  await page.goto(`/invitations?filter=${encodeURIComponent('{"view":"all"}')}`);
  await page.getByText("“We have closed our shop.”").waitFor();
  assert.deepEqual(wrong, []);
});

test("an invitation is sent again, and shows what happened to it", async () => {
  const { page } = admin;
  const first = await hub.link("quin@quince.example");
  await page.goto(`/partners?filter=${encodeURIComponent('{"q":"quince"}')}`);
  await page.getByRole("link", { name: "Quince" }).click();
  await choose(page, "Quin", "Send again");
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("A personal line in the letter").fill("We look forward to you.");
  await see(page, "invitation-resend");
  // Once a minute at most: until then the dialog stays, and says so.
  await until("it is sent again", async () => {
    const answered = page.waitForResponse((response) => response.url().endsWith("/graphql") && response.request().postData()?.includes("mutation Resend"));
    await dialog.getByRole("button", { name: "Send again" }).click();
    return (await (await answered).json()).data.done.userErrors.length === 0;
  }, 90_000);
  const second = await hub.link("quin@quince.example", "accept", [first]);
  await choose(page, "Quin", "What happened");
  await page.getByRole("dialog").getByText("sent the invitation of").waitFor();
  await see(page, "invitation-history");
  await press(page, "Close");
  // The old link is dead, and helps itself.
  const { page: jo, wrong } = await visitor(browser, hub.base);
  await jo.goto(first);
  await heading(jo, "This link does not work");
  await press(jo, "Send me a new link");
  await jo.getByRole("status").waitFor();
  await see(jo, "accept-again");
  await jo.goto(second);
  await jo.reload();
  await heading(jo, "Welcome, Quin");
  await jo.getByText("We look forward to you.").waitFor();
  await see(jo, "accept-message");
  assert.deepEqual(wrong, []);
});
