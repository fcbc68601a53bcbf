// Settings, forms and keys.
import assert from "node:assert/strict";
import { test } from "node:test";

import { heading, press } from "../steps.mjs";
import { admin, see } from "../world.mjs";

test("settings, activity and one's own account", async () => {
  const { page } = admin;
  await page.getByRole("menuitem", { name: "Settings" }).click();
  await page.getByLabel("Colour of buttons in letters").fill("blue");
  await press(page, "Save");
  await page.locator("[aria-invalid=true]").waitFor();
  await see(page, "settings-company");
  await page.getByLabel("Colour of buttons in letters").fill("#0f766e");
  await page.getByLabel(/Company’s name/).fill("Northwind");
  await press(page, "Save");
  await page.getByText("Saved").waitFor();
  for (const tab of ["Users", "Notifications", "Letters"]) {
    await page.getByRole("tab", { name: tab }).click();
    if (tab === "Letters") await page.frameLocator("iframe").getByRole("link").first().waitFor();
    await see(page, `settings-${tab.toLowerCase()}`);
  }
  // The letter's own looks, which the page itself may not have.
  const button = page.frameLocator("iframe").locator(".button td");
  assert.equal(await button.evaluate((one) => getComputedStyle(one).backgroundColor), "rgb(15, 118, 110)");
  await page.getByRole("menuitem", { name: "Activity" }).click();
  await page.getByText("changed the settings").first().waitFor();
  await see(page, "activity");
  await page.goto("/account");
  await heading(page, "My account");
  await see(page, "account");
  await page.goto("/tenants/nonsense");
  await heading(page, "Nothing here");
  await see(page, "nothing");
});

test("the vendor asks other questions, and makes an API key", async () => {
  const { page } = admin;
  await page.goto("/settings/partner-form");
  await press(page, "Add question");
  const added = page.getByRole("region", { name: "Question 7" });
  const asked = added.getByRole("textbox", { name: "Question", exact: true });
  assert.equal(await asked.evaluate((field) => field === document.activeElement), true, "one goes on where it was added");
  await asked.fill("Where?");
  await press(page, "Discard changes");
  await see(page, "form-builder-discard");
  await page.getByRole("dialog").getByRole("button", { name: "Cancel" }).click();
  await page.getByRole("dialog").waitFor({ state: "detached" });
  assert.equal(await asked.inputValue(), "Where?");
  await asked.fill("");
  // The preview stays in view, and sends nothing.
  const preview = page.getByRole("region", { name: "Preview" });
  assert.equal(await preview.evaluate((box) => box.getBoundingClientRect().top >= 0), true);
  await preview.getByRole("button", { name: "Submit" }).click();
  await page.getByText("This is a preview: nothing is sent.").waitFor();
  await added.getByLabel("Kind of answer").click();
  await page.getByRole("option", { name: "One of a list" }).click();
  await press(page, "Publish");
  await page.getByRole("dialog").getByRole("button", { name: "Publish" }).click();
  await added.locator("[aria-invalid=true]").first().waitFor();
  await see(page, "form-builder-refused");
  await asked.fill("Where do you sell?");
  await added.getByRole("textbox", { name: "Choices" }).fill("Europe\nAsia");
  await added.locator("[aria-invalid=true]").waitFor({ state: "detached" });
  await press(page, "Publish");
  await page.getByRole("dialog").getByRole("button", { name: "Publish" }).click();
  await page.getByText("Version 2 is published.").waitFor();
  await page.getByRole("region", { name: "Preview" }).getByText("Where do you sell?").waitFor();
  await preview.evaluate((box) => box.scrollTo(0, 0));
  await page.evaluate(() => scrollTo(0, 0));
  await see(page, "form-builder");
  await page.getByRole("menuitem", { name: "Activity" }).click();
  await page.getByText("published a new version of the Partner Form.").waitFor();
  await page.goto("/settings/partner-form");

  await page.getByRole("tab", { name: "API keys" }).click();
  await heading(page, "No API keys yet");
  await press(page, "Create key");
  await page.getByLabel("What it is for").fill("Billing export");
  await page.getByLabel("See partners").check();
  await see(page, "key-create");
  await page.getByRole("dialog").getByRole("button", { name: "Create key" }).click();
  const token = await page.getByRole("textbox", { name: "API key" }).inputValue();
  assert.match(token, /^ppat_/);
  await see(page, "key-shown");
  await press(page, "Close");
  await page.getByRole("cell", { name: "Billing export" }).waitFor();
  await see(page, "keys");
  await press(page, "Revoke");
  await page.getByRole("dialog").getByRole("button", { name: "Revoke" }).click();
  await page.getByRole("cell", { name: "Revoked" }).waitFor();
});
