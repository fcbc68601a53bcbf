// What others write stays text, and what lets one in stays out of reach.
import assert from "node:assert/strict";
import { test } from "node:test";

import { visitor } from "../hub.mjs";
import { heading, logIn, newPartner, press } from "../steps.mjs";
import { admin, browser, hub, see } from "../world.mjs";

const NAME = '<img src=x onerror="window.broken=1">';

test("names are text, and links of others learn nothing", async () => {
  const { page } = admin;
  await page.goto("/partners");
  await newPartner(page, "Create", NAME, "<b>Jo</b>", "jo@juniper.example");
  await press(page, "Edit");
  await page.getByRole("dialog").getByLabel("Website").fill("https://juniper.example");
  await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
  const link = page.getByRole("link", { name: "juniper.example" });
  await link.waitFor();
  assert.equal(await link.getAttribute("target"), "_blank");
  assert.match(await link.getAttribute("rel"), /noopener/);
  await page.getByRole("tab", { name: "Activity" }).click();
  await page.getByText(`created ${NAME}`).waitFor();
  assert.deepEqual(await page.evaluate(() => [window.broken, document.querySelectorAll("main img, main b").length]), [undefined, 0]);
  await page.goto("/partners");
  await page.getByRole("link", { name: NAME }).waitFor();
});

test("no script can read what lets one in", async () => {
  const { page, context } = admin;
  const cookies = (await context.cookies()).map(({ value }) => value);
  assert.ok(cookies.length > 0);
  const [readable, kept] = await page.evaluate(() => [document.cookie, JSON.stringify([{ ...localStorage }, { ...sessionStorage }])]);
  assert.equal(readable, "");
  for (const value of cookies) assert.ok(!kept.includes(value), kept);
  assert.doesNotMatch(kept, /p[a-z]{3}_[\w-]{20}/, "no token of any kind");
});

test("a log-in leads to where one wanted to go", async () => {
  const { page, wrong } = await visitor(browser, hub.base);
  await page.goto("/settings/keys");
  await heading(page, "Log in");
  await admin.page.goto("/account");
  const email = await admin.page.getByText(/^[^ ]+@[^ ]+$/).first().textContent();
  await logIn(page, email);
  await heading(page, "Settings");
  assert.equal(new URL(page.url()).pathname, "/settings/keys");
  await page.getByRole("tab", { name: "API keys", selected: true }).waitFor();
  assert.deepEqual(wrong, []);
});

test("a profile is printed whole, dark on white, from any tab", async () => {
  const { page } = admin;
  await page.goto("/partners");
  await page.getByLabel("Search").fill("birch");
  await page.getByRole("link", { name: "Birch" }).click();
  await heading(page, "Birch");
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  const answer = page.getByText("We count trees.").first();
  await answer.waitFor();
  assert.equal(await answer.evaluate((shown) => getComputedStyle(shown).color), "rgb(0, 0, 0)");
  assert.equal(await page.getByRole("tab", { name: "Users" }).isVisible(), false);
  await page.emulateMedia({ media: null, colorScheme: "light" });
  await page.getByRole("tab", { name: "Users" }).waitFor();
  await see(page, "partner-answered");
  for (const tab of ["Integrations", "Tenants", "Profile"]) {
    await page.getByRole("tab", { name: new RegExp(`^${tab}`) }).click();
    await see(page, `partner-${tab.toLowerCase()}`);
  }
});
