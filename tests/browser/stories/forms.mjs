// Forms and dialogs of the hub: what was typed is not lost, and what is wrong is said where it stands.
import assert from "node:assert/strict";
import { test } from "node:test";

import { visitor } from "../hub.mjs";
import { addUser, drawn, heading, newPartner, press } from "../steps.mjs";
import { admin, browser, hub, see } from "../world.mjs";

let second;

/** The same admin in another browser. */
async function elsewhere() {
  second ??= await visitor(browser, hub.base);
  await second.context.addCookies(await admin.context.cookies());
  return second.page;
}

test("typed settings outlive a new logo and a colleague's change", async () => {
  const { page } = admin;
  await page.goto("/settings/company");
  const name = page.getByLabel(/Company’s name/);
  await name.fill("Half a na");
  await page.locator("input[type=file]").setInputFiles({ name: "logo.png", mimeType: "image/png", buffer: await drawn(page, "Northwind", "#0f766e") });
  await page.getByText("The logo is changed.").waitFor();
  assert.equal(await name.inputValue(), "Half a na");
  const other = await elsewhere();
  await other.goto("/settings/company");
  await other.getByLabel("Website").fill("https://northwind.example");
  await press(other, "Save");
  await other.getByText("Saved").waitFor();
  await name.fill("Northwind");
  await press(page, "Save");
  await page.getByText("Somebody else has changed this meanwhile.").waitFor();
  assert.equal(await name.inputValue(), "Northwind");
  assert.equal(await page.getByLabel("Website").inputValue(), "https://northwind.example", "what was not touched is loaded again");
  await press(page, "Save");
  await page.getByText("Saved").waitFor();
});

test("numbers that are none are refused at their field", async () => {
  const { page } = admin;
  await page.goto("/settings/company");
  await page.getByLabel("How many hours an invitation’s link works").fill("");
  await page.getByLabel("Reminders after how many days").fill("3, soon");
  await page.getByLabel("Website", { exact: true }).fill("no address");
  await press(page, "Save");
  // What the hub refuses is said with it, at once.
  await page.locator("[aria-invalid=true]").nth(2).waitFor();
  for (const label of ["How many hours an invitation’s link works", "Reminders after how many days", "Website"]) {
    assert.equal(await page.getByLabel(label).getAttribute("aria-invalid"), "true", label);
  }
  const [field, bar] = await page.evaluate(() => [document.activeElement, document.querySelector("header")].map((one) => one.getBoundingClientRect()));
  assert.ok(field.top >= bar.bottom, "the first of them is not under the bar");
  await page.reload();
  await heading(page, "Settings");
  assert.equal(await page.getByLabel("How many hours an invitation’s link works").inputValue(), "168");
});

test("a dialog that came too late is sent once more", async () => {
  const { page } = admin;
  await page.goto("/partners");
  await newPartner(page, "Create", "Hazel", "Hal", "hal@hazel.example");
  await press(page, "Edit");
  await page.getByRole("dialog").getByLabel("Labels").fill("nuts");
  const other = await elsewhere();
  await other.goto(page.url());
  await press(other, "Edit");
  await other.getByRole("dialog").getByLabel("Website").fill("https://hazel.example");
  await other.getByRole("dialog").getByRole("button", { name: "Save" }).click();
  await other.getByRole("dialog").waitFor({ state: "detached" });
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Save" }).click();
  await dialog.getByText("Somebody else has changed this meanwhile.").waitFor();
  await dialog.getByRole("button", { name: "Save" }).click();
  await dialog.waitFor({ state: "detached" });
  await page.getByText("nuts").waitFor();
  await page.getByRole("link", { name: "hazel.example" }).waitFor();
});

test("a dialog is not lost by a click beside it", async () => {
  const { page } = admin;
  await press(page, "Edit");
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Labels").fill("nuts, north");
  await page.mouse.click(5, 5);
  assert.equal(await dialog.getByLabel("Labels").inputValue(), "nuts, north");
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await dialog.waitFor({ state: "detached" });
});

test("whoever leaves what is not saved is asked", async () => {
  const { page } = admin;
  await page.goto("/settings/partner-form");
  await page.getByRole("region", { name: "Question 1" }).getByRole("textbox", { name: "Question", exact: true }).fill("And what else?");
  await page.getByRole("tab", { name: "Company" }).click();
  await page.getByRole("dialog", { name: "Leave without saving?" }).waitFor();
  await see(page, "leaving");
  await page.getByRole("dialog", { name: "Leave without saving?" }).getByRole("button", { name: "Stay" }).click();
  await page.getByRole("dialog").waitFor({ state: "detached" });
  assert.equal(await page.getByRole("region", { name: "Question 1" }).getByRole("textbox", { name: "Question", exact: true }).inputValue(), "And what else?");
  const asked = page.waitForEvent("dialog");
  const reloading = page.reload().catch(() => {});
  const dialog = await asked;
  assert.equal(dialog.type(), "beforeunload");
  await dialog.accept();
  await reloading;
  await page.getByRole("tab", { name: "Company" }).click();
  await page.getByLabel("Website", { exact: true }).waitFor();
});

test("a change that fails says so", async () => {
  const { page, context } = admin;
  await page.goto("/partners");
  await page.getByRole("link", { name: "Hazel" }).click();
  await heading(page, "Hazel");
  await addUser(page, "Hew", "hew@hazel.example");
  await page.getByRole("button", { name: "Actions: Hew" }).click();
  await context.setOffline(true);
  await page.getByRole("menuitem", { name: "Make primary contact" }).click();
  await page.getByText("The hub cannot be reached.").waitFor();
  await context.setOffline(false);
  admin.wrong.splice(0, admin.wrong.length, ...admin.wrong.filter((said) => !/ERR_INTERNET_DISCONNECTED|WebSocket/.test(said)));
});

test("a tab that is chosen while one searches keeps both", async () => {
  const { page } = admin;
  await page.goto("/partners");
  await page.getByRole("link", { name: "Hazel" }).waitFor();
  await page.getByLabel("Search").fill("haz");
  await page.getByRole("tab", { name: "Approved" }).click();
  await page.waitForFunction(() => decodeURIComponent(location.search).includes('"q":"haz"') && decodeURIComponent(location.search).includes('"view":"APPROVED"'));
  await page.getByRole("link", { name: "Hazel" }).waitFor();
  await page.getByRole("menuitem", { name: "Partners" }).click();
  await page.waitForFunction(() => document.querySelector("input[type=search]")?.value === "");
});

test("the strength of a password is not its length alone", async () => {
  const { page } = admin;
  await page.goto("/account");
  for (const [password, said] of [["abcdefghijklmnopqrstuvwxyz", /easily guessed/], ["seven quiet harbours at dawn", /^Strong/]]) {
    await page.getByLabel("A new password").fill(password);
    await page.getByRole("status").filter({ hasText: said }).waitFor();
  }
  await page.getByLabel("A new password").fill("");
});
