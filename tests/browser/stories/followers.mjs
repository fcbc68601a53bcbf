// Addresses that follow single events.
import assert from "node:assert/strict";
import { test } from "node:test";

import { madePartner, press } from "../steps.mjs";
import { admin, hub } from "../world.mjs";

const CREATED = "A partner was created";
const LAST = "An integration waits for review";

test("followers of an event are refused at its field, kept, and told", async () => {
  const { page } = admin;
  await page.goto("/settings/notifications");
  await page.getByText("E-mail addresses, with commas between.").first().waitFor();
  await page.getByLabel(LAST).fill("more@northwind.example, nobody");
  await page.getByLabel(CREATED).fill("finance@northwind.example");
  await press(page, "Save");
  const invalid = page.locator("[aria-invalid=true]");
  await invalid.waitFor();
  assert.equal(await invalid.count(), 1);
  assert.equal(await page.getByLabel(LAST).getAttribute("aria-invalid"), "true", "at the field of its event");
  await page.getByText("Enter an e-mail address that can receive mail").waitFor();
  await page.getByLabel(LAST).fill("more@northwind.example, ops@northwind.example");
  await press(page, "Save");
  await page.getByText("Saved").waitFor();
  await invalid.waitFor({ state: "detached" });
  await page.reload();
  await page.getByLabel(LAST).waitFor();
  assert.equal(await page.getByLabel(LAST).inputValue(), "more@northwind.example, ops@northwind.example");
  assert.equal(await page.getByLabel(CREATED).inputValue(), "finance@northwind.example");

  await madePartner(page, "Tamarack", "Tam", "tam@tamarack.example");
  await hub.letter("finance@northwind.example", "New partner: Tamarack");
});
