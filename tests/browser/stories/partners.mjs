// Partners are made, and one comes in.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";

import { heading, newPartner, press, setPassword } from "../steps.mjs";
import { ada, admin, hub, see } from "../world.mjs";

test("partners are created and invited", async () => {
  const { page } = admin;
  await page.getByRole("menuitem", { name: "Partners" }).click();
  await heading(page, "No partners yet");
  await see(page, "partners-empty");
  await page.getByRole("link", { name: "Create", exact: true }).first().click();
  await press(page, "Create partner");
  await page.locator("[aria-invalid=true]").first().waitFor();
  await see(page, "partner-create-refused");
  await page.getByRole("link", { name: "Cancel" }).click();
  await newPartner(page, "Create", "Acme", "Ada Lovelace", "ada@acme.example");
  await see(page, "partner");
  await page.getByRole("menuitem", { name: "Partners" }).click();
  await newPartner(page, "Invite", "Birch", "Bo Birk", "bo@birch.example");
  await page.getByRole("tab", { name: "Activity" }).click();
  await page.getByText("invited Birch").waitFor();
  await see(page, "partner-activity");
  await page.getByRole("tab", { name: "Profile" }).click();
  await see(page, "partner-profile-none");
  await page.getByRole("menuitem", { name: "Partners" }).click();
  await page.getByRole("link", { name: "Birch" }).waitFor();
  await see(page, "partners");
  const [file] = await Promise.all([page.waitForEvent("download"), press(page, "Export")]);
  assert.match(file.suggestedFilename(), /^partners-[\d-]+\.csv$/);
  assert.match(await readFile(await file.path(), "utf8"), /,Birch,PENDING,INVITED,,,,Bo Birk,bo@birch.example,/);
  await page.getByLabel("Search name, contact, website").fill("acme");
  await page.getByRole("link", { name: "Birch" }).waitFor({ state: "detached" });
  const [narrow] = await Promise.all([page.waitForEvent("download"), press(page, "Export")]);
  const rows = await readFile(await narrow.path(), "utf8");
  assert.deepEqual([rows.includes("Acme"), rows.includes("Birch")], [true, false], "as the list is filtered");
});

test("a created partner comes in, and drafts an integration", async () => {
  const { page } = ada;
  await page.goto(await hub.link("ada@acme.example"));
  await heading(page, "Welcome, Ada Lovelace");
  await see(page, "accept");
  await setPassword(page, page.url());
  await heading(page, "Acme");
  await see(page, "portal-home-first");
  await page.getByRole("link", { name: "Create integration" }).first().click();
  await page.getByLabel("Name").fill("Acme Sync");
  await press(page, "Create draft");
  await page.getByText("Enter the web address of the page that describes it.").waitFor();
  await page.getByLabel("Where it is described").fill("not an address");
  await press(page, "Create draft");
  await page.getByText("Enter the web address of the page that describes it.").waitFor({ state: "detached" });
  await page.locator("[aria-invalid=true]").first().waitFor();
  await see(page, "integration-create");
  // What people write is made whole.
  await page.getByLabel("Where it is described").fill("acme.example/sync");
  await press(page, "Create draft");
  await heading(page, "Acme Sync");
  await page.locator('a[href="https://acme.example/sync"]').waitFor();
  await see(page, "integration-draft");
});
