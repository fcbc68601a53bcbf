// The two main stories in a browser. Every screen on the way is looked at: axe, light and dark, 375 pixels.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { look, startBrowser, startHub, visitor } from "./hub.mjs";

let hub, browser;
const found = [];
const PASSWORD = "seven quiet harbours at dawn";

before(async () => {
  hub = await startHub();
  browser = await startBrowser();
});
after(async () => {
  await browser?.close();
  await hub?.stop();
});

/** Looks at a screen; what is wrong is told at the end, all of it. */
const see = async (page, name) => found.push(...(await look(page, name)));

async function setPassword(page, link) {
  await page.goto(link);
  await page.getByLabel("A new password").fill(PASSWORD);
  await page.getByRole("button", { name: "Set password and go on" }).click();
}

let bo;

test("the door", async () => {
  const { page, wrong } = await visitor(browser, hub.base);
  bo = { page, wrong };
  await page.goto("/log-in");
  await see(page, "log-in");
  await page.getByLabel("E-mail address").fill("nobody@example.com");
  await page.getByLabel(/^Password/).fill("wrong");
  await page.getByRole("button", { name: "Log in" }).click();
  await page.getByRole("alert").waitFor();
  await see(page, "log-in-refused");
  await page.getByRole("link", { name: "Forgot your password?" }).click();
  await see(page, "forgot");
  await page.getByLabel("E-mail address").fill("nobody@example.com");
  await page.getByRole("button", { name: "Send me a link" }).click();
  await page.getByRole("status").waitFor();
  await see(page, "forgot-done");
  await page.goto("/accept#t=pinv_none");
  await page.getByRole("heading", { name: "This link does not work" }).waitFor();
  await see(page, "accept-dead");
  await page.goto("/reset");
  await see(page, "reset-dead");
  const link = await hub.printed();
  await page.goto(link);
  await page.getByLabel("A new password").fill("too short");
  await page.getByRole("button", { name: "Set password and go on" }).click();
  await page.locator("[aria-invalid=true]").waitFor();
  await see(page, "accept");
});

test("nothing is wrong on any screen", () => {
  assert.deepEqual(found, []);
  assert.deepEqual(bo.wrong, []);
});
