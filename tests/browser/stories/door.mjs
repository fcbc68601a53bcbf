// Whoever is not inside.
import assert from "node:assert/strict";
import { test } from "node:test";

import { heading, press } from "../steps.mjs";
import { ada, see } from "../world.mjs";

test("the door", async () => {
  const { page } = ada;
  await page.goto("/partners");
  await heading(page, "Log in");
  assert.equal(new URL(page.url()).search, "?next=%2Fpartners");
  await see(page, "log-in");
  await page.getByLabel("E-mail address").fill("nobody@example.com");
  await page.getByLabel(/^Password/).fill("wrong");
  await press(page, "Log in");
  await page.getByRole("alert").waitFor();
  await page.getByRole("link", { name: "Forgot your password?" }).click();
  await see(page, "forgot");
  await page.getByLabel("E-mail address").fill("nobody@example.com");
  await press(page, "Send me a link");
  await page.getByRole("status").waitFor();
  await see(page, "forgot-done");
  await page.goto("/accept#t=pinv_none");
  await heading(page, "This link does not work");
  await see(page, "accept-dead");
  await page.goto("/reset");
  await see(page, "reset-dead");
});
