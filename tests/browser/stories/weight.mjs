// How much pages load and ask.
import assert from "node:assert/strict";
import { test } from "node:test";

import { visitor } from "../hub.mjs";
import { heading } from "../steps.mjs";
import { admin, browser, hub } from "../world.mjs";

test("pages are light, and ask little", async () => {
  const { page, context } = await visitor(browser, hub.base);
  const loaded = async (address, title) => {
    await page.goto(address);
    await heading(page, title);
    return page.evaluate(() => performance.getEntriesByType("resource").filter(({ name }) => name.includes("/assets/")).reduce((all, { encodedBodySize }) => all + encodedBodySize, 0));
  };
  const door = await loaded("/accept#t=pinv_none", "This link does not work");
  assert.ok(door > 10_000 && door < 350_000, `the door weighs ${door} bytes`);
  await context.addCookies(await admin.context.cookies());
  const inside = await loaded("/partners", "Partners");
  assert.ok(inside < 350_000, `the list of partners weighs ${inside} bytes`);
  let asked = 0;
  page.on("request", (request) => (asked += new URL(request.url()).pathname === "/graphql" ? 1 : 0));
  for (const [address, title] of [["/", "Home"], ["/partners", "Partners"], ["/invitations", "Invitations"], ["/account", "My account"], ...["company", "users", "notifications", "partner-form", "integration-form", "keys", "letters"].map((tab) => [`/settings/${tab}`, "Settings"])]) {
    asked = 0;
    await page.goto(address);
    await heading(page, title);
    await page.waitForLoadState("networkidle");
    assert.ok(asked <= 2, `${address} asks ${asked} times`);
  }
});
