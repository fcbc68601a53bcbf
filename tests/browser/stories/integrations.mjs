// From a draft through a review to a tenant.
import assert from "node:assert/strict";
import { test } from "node:test";

import { answer, heading, press } from "../steps.mjs";
import { admin, bo, see } from "../world.mjs";

test("an integration is submitted, published, and installed", async () => {
  const { page } = bo;
  await page.getByRole("link", { name: "Create integration" }).first().click();
  await page.getByLabel("Name").fill("Birch Sync");
  await page.getByLabel("Where it is described").fill("https://birch.example/sync");
  await press(page, "Create draft");
  await heading(page, "Submit for review");
  await press(page, "Submit for review");
  await page.locator("[aria-invalid=true]").first().waitFor();
  await see(page, "integration-submit-refused");
  await answer(page, { "integration do": "Turns orders into trees.", documented: "https://birch.example/docs", "customer data": "Order totals.", "get help": "help@birch.example" });
  await press(page, "Submit for review");
  await page.getByText("This integration waits for a review by Northwind.").waitFor();
  await see(page, "integration-waiting");

  const { page: vendor } = admin;
  await vendor.getByRole("menuitem", { name: "Home" }).click();
  await vendor.getByRole("link", { name: "Birch Sync" }).first().waitFor();
  await see(vendor, "home");
  await vendor.getByRole("menuitem", { name: "Integrations" }).click();
  await vendor.getByRole("heading", { name: "Integrations" }).waitFor();
  await vendor.getByRole("link", { name: "Birch Sync" }).waitFor();
  await see(vendor, "integrations");
  await vendor.getByRole("link", { name: "Birch Sync" }).click();
  await heading(vendor, "Birch Sync");
  await see(vendor, "integration-review");
  // One round of review: sent back with a comment, mended, handed in again.
  await press(vendor, "Ask for changes");
  await vendor.getByRole("dialog").getByLabel(/^What is to be changed/).fill("Please say what happens when you are down.");
  await vendor.getByRole("dialog").getByLabel("A comment there").fill("Nothing about errors here.");
  await vendor.getByRole("dialog").getByLabel("Beside which field").click();
  await vendor.getByRole("option", { name: "What it does" }).click();
  await see(vendor, "integration-changes");
  await vendor.getByRole("dialog").getByRole("button", { name: "Ask for changes" }).click();
  await vendor.getByText("Birch Sync is sent back.").waitFor();
  await page.getByText("Please say what happens when you are down.").waitFor();
  await page.getByText("Nothing about errors here.").waitFor();
  await see(page, "integration-sent-back");
  await press(page, "Show me where");
  await page.locator(".comment-beside button:focus").waitFor();
  const edit = page.getByRole("button", { name: "Edit", exact: true });
  assert.equal(await edit.count(), 2, "where it is read, and beside the way to submit it");
  await edit.first().click();
  await page.getByRole("dialog").getByLabel("What it does").fill("Queues orders while it is down.");
  await see(page, "integration-edit");
  await press(page, "Save");
  await page.getByText("Queues orders while it is down.").waitFor();
  await page.getByRole("listitem").filter({ hasText: "Nothing about errors here." }).getByRole("button", { name: "Done" }).click();
  await press(page, "Submit again");
  await page.getByText("This integration waits").waitFor();
  // Whoever reviews it once more reads what was asked for, and what has changed since.
  await heading(vendor, "Handed in again");
  await vendor.getByText("Please say what happens when you are down.").waitFor();
  await vendor.getByText("What it does: Queues orders while it is down.").waitFor();
  await vendor.getByText("before: nothing").waitFor();
  await see(vendor, "integration-again");
  await press(vendor, "Publish");
  await see(vendor, "integration-publish");
  await vendor.getByRole("dialog").getByRole("button", { name: "Publish" }).click();
  await vendor.getByText("Birch Sync is published.").waitFor();
  // What is live stays as it was approved while a change waits.
  await page.getByRole("button", { name: "Actions: Birch Sync" }).click();
  await page.getByRole("menuitem", { name: "Edit" }).click();
  await page.getByRole("dialog").getByLabel(/^Name/).fill("Birch Sync Pro");
  await press(page, "Save");
  await heading(page, "Changes that wait");
  await heading(page, "Birch Sync");
  await see(page, "integration-revision");
  await page.getByRole("button", { name: "Actions: Birch Sync" }).click();
  await page.getByRole("menuitem", { name: "Withdraw" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Withdraw" }).click();
  await page.getByText("Birch Sync is withdrawn.").waitFor();

  // The partner's page shows it by itself.
  await page.getByRole("button", { name: "Add tenant" }).click();
  await page.getByRole("dialog").getByText("One customer’s installation of Birch Sync.").waitFor();
  await page.getByLabel("Name").fill("Not A Name");
  await page.getByLabel("Schedule").fill("now and then");
  await page.getByLabel("Configuration").fill("nonsense");
  await page.getByRole("dialog").getByRole("button", { name: "Add tenant" }).click();
  // All at once, and each until its field is changed.
  const invalid = page.locator("[aria-invalid=true]");
  await invalid.nth(2).waitFor();
  await see(page, "tenant-create-refused");
  await page.getByLabel("Configuration").fill('{"region":"eu"}');
  await page.getByLabel("Schedule").fill("");
  await invalid.nth(1).waitFor({ state: "detached" });
  assert.equal(await page.getByLabel("Name").getAttribute("aria-invalid"), "true");
  await page.getByLabel("Name").fill("first-customer");
  await page.getByRole("dialog").getByRole("button", { name: "Add tenant" }).click();
  await page.getByRole("link", { name: "first-customer" }).click();
  await heading(page, "first-customer");
  await page.getByRole("button", { name: "Actions: first-customer" }).click();
  await page.getByRole("menuitem", { name: "Edit" }).click();
  await page.getByRole("dialog").getByLabel("Schedule").fill("30 4 * * *");
  await see(page, "tenant-edit");
  await press(page, "Save");
  await page.getByText("30 4 * * * (UTC)").waitFor();
  assert.equal(await page.getByText("Next runs").count(), 0, "it stands still");
  await press(page, "Resume");
  await page.getByRole("dialog").getByRole("button", { name: "Resume" }).click();
  await page.getByText("first-customer is running.").waitFor();
  await page.getByText("Next runs").waitFor();
  await page.getByText("Shown in your time zone, UTC.").waitFor();
  await see(page, "tenant");
  await page.getByRole("menuitem", { name: "Tenants" }).click();
  await page.getByRole("link", { name: "first-customer" }).waitFor();
  await see(page, "tenants");
  await page.getByRole("menuitem", { name: "Integrations" }).click();
  await page.getByRole("heading", { level: 1, name: "Integrations" }).waitFor();
  await page.getByRole("link", { name: "Birch Sync" }).waitFor();
  await see(page, "portal-integrations");
  await page.getByRole("menuitem", { name: "Home" }).click();
  await heading(page, "Birch");
  // Who of the vendor's people it was is theirs to know.
  await page.getByText("Northwind published Birch Sync.").waitFor();
  await see(page, "portal-home");
});
