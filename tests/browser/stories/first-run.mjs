// The first admin.
import assert from "node:assert/strict";
import { test } from "node:test";

import { press, setPassword } from "../steps.mjs";
import { admin, hub, see } from "../world.mjs";

test("the first admin comes in by the printed link", async () => {
  const { page } = admin;
  await page.goto(await hub.printed());
  await page.getByLabel("A new password").fill("too short");
  await press(page, "Set password and go on");
  await page.locator("[aria-invalid=true]").waitFor();
  assert.equal(new URL(page.url()).hash, "", "the token is taken out of the address");
  await page.reload();
  await setPassword(page, page.url());
  await page.getByRole("menuitem", { name: "Partners" }).waitFor();
  await see(page, "home-first");
});
