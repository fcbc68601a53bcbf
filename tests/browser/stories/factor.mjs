// A second factor that the vendor asks of its own people. Last, for the admin has one from here on.
import assert from "node:assert/strict";
import { test } from "node:test";

import { visitor } from "../hub.mjs";
import { act, addUser, heading, logIn, press, secondFactor, setPassword } from "../steps.mjs";
import { admin, browser, hub, see } from "../world.mjs";

const EMAIL = "walt@northwind.example";

test("a second factor is required of the vendor's people, and taken away from whoever has lost it", async () => {
  const { page } = admin;
  await page.goto("/account");
  await secondFactor(page);
  await page.getByText("Logging in takes a code of your authenticator beside the password.").waitFor();
  await page.goto("/settings/company");
  await page.getByLabel("Your own users must have a second factor").check();
  await press(page, "Save");
  await page.getByText("Saved").waitFor();
  await page.getByRole("tab", { name: "Users" }).click();
  await addUser(page, "Walt", EMAIL, { says: "Members read everything and review integrations." });
  const walt = await visitor(browser, hub.base);
  await setPassword(walt.page, await hub.link(EMAIL));
  await heading(walt.page, "Set up a second factor");
  await see(walt.page, "second-factor-required");
  await walt.page.goto("/partners");
  await heading(walt.page, "Set up a second factor");
  await secondFactor(walt.page);
  await heading(walt.page, "Partners");
  await page.reload();
  await act(page, "Walt", "Take second factor away");
  await page.getByText("Walt comes in by the password alone.").waitFor();
  await walt.page.getByRole("menuitem", { name: "Tenants" }).click();
  await heading(walt.page, "Log in");
  await logIn(walt.page, EMAIL);
  await heading(walt.page, "Set up a second factor");
  assert.deepEqual(walt.wrong, []);
});
