// A review by a member of the vendor's staff, of what a partner's member has made.
import assert from "node:assert/strict";
import { test } from "node:test";

import { visitor } from "../hub.mjs";
import { choose, answer, ask, heading, madePartner, madeUser, press, setPassword } from "../steps.mjs";
import { admin, browser, hub, see } from "../world.mjs";

const ANSWERS = { "integration do": "Turns orders into nuts.", documented: "https://kola.example/docs", "customer data": "Names.", "get help": "help@kola.example" };

test("members make, review and publish an integration, with comments beside the fields", async () => {
  const { page } = admin;
  await page.goto("/");
  const kola = await madePartner(page, "Kola", "Kim", "kim@kola.example");
  const { vendor } = await ask(page, "{ vendor { id } }");
  await madeUser(page, kola, "Lee", "lee@kola.example");
  await madeUser(page, vendor.id, "Max", "max@northwind.example");
  const lee = await visitor(browser, hub.base);
  const max = await visitor(browser, hub.base);
  await setPassword(lee.page, await hub.link("lee@kola.example"));
  await heading(lee.page, "Kola");
  await see(lee.page, "portal-home-member");
  await setPassword(max.page, await hub.link("max@northwind.example"));
  await max.page.getByRole("menuitem", { name: "Integrations" }).click();
  await max.page.getByRole("tab", { name: "In review" }).waitFor();

  await lee.page.getByRole("link", { name: "Create integration" }).first().click();
  await lee.page.getByLabel("Name").fill("Kola Sync");
  await lee.page.getByLabel("Where it is described").fill("https://kola.example/sync");
  await press(lee.page, "Create draft");
  await heading(lee.page, "Submit for review");
  await answer(lee.page, ANSWERS);
  await press(lee.page, "Submit for review");
  await lee.page.getByText("This integration waits").waitFor();

  // The reviewer's list shows it by itself.
  await max.page.getByRole("link", { name: "Kola Sync" }).click();
  await press(max.page, "Comment: At which e-mail address do customers get help?");
  await max.page.getByRole("dialog").getByRole("textbox", { name: "Comment" }).fill("Is this the right address?");
  await see(max.page, "integration-comment");
  await max.page.getByRole("dialog").getByRole("button", { name: "Add comment" }).click();
  await max.page.getByRole("listitem").filter({ hasText: "Is this the right address?" }).waitFor();
  await press(max.page, "Ask for changes");
  const dialog = max.page.getByRole("dialog");
  await dialog.getByLabel(/^What is to be changed/).fill("Two things, please.");
  const comment = async (number, field, text) => {
    const row = dialog.getByRole("group", { name: `Comment ${number}` });
    await row.getByLabel("Beside which field").click();
    assert.equal(await max.page.getByRole("option", { name: "Repository" }).count(), 0, "a listing has none");
    await max.page.getByRole("option", { name: field, exact: true }).click();
    await row.getByLabel("A comment there").fill(text);
  };
  await comment(1, "What it does", "Say it in a sentence.");
  await press(max.page, "Another comment");
  await comment(2, "Which customer data does it read, write or store?", "Only names?");
  await see(max.page, "integration-changes-many");
  await dialog.getByRole("button", { name: "Ask for changes" }).click();
  await max.page.getByText("Kola Sync is sent back.").waitFor();

  // Each stands under its field, in the form too; the form is filled in as before.
  const beside = (text) => lee.page.getByRole("listitem").filter({ hasText: text });
  for (const text of ["Say it in a sentence.", "Only names?", "Is this the right address?"]) await beside(text).waitFor();
  assert.equal(await lee.page.getByLabel(/customer data/).inputValue(), "Names.");
  await see(lee.page, "integration-comments");
  await answer(lee.page, { "customer data": "Names and streets." });
  await beside("Only names?").getByRole("button", { name: "Done" }).click();
  await press(lee.page, "Submit again");
  await lee.page.getByText("This integration waits").waitFor();

  await max.page.getByText("Names and streets.").waitFor();
  await heading(max.page, "Handed in again");
  await max.page.getByText("Nothing but what the answers below may say.").waitFor();
  await press(max.page, "Publish");
  await max.page.getByRole("dialog").getByRole("button", { name: "Publish" }).click();
  await max.page.getByText("Kola Sync is published.").waitFor();
  await choose(max.page, "Kola Sync", "Unpublish");
  await max.page.getByRole("dialog").getByRole("textbox").fill("Its page is gone.");
  await see(max.page, "integration-unpublish");
  await max.page.getByRole("dialog").getByRole("button", { name: "Unpublish" }).click();
  await max.page.getByText("Kola Sync is offline.").waitFor();
  await lee.page.getByText("Its page is gone.").waitFor();
  await see(lee.page, "integration-unpublished");

  await max.page.goto(`/partners/${kola}`);
  await heading(max.page, "Kola");
  await see(max.page, "partner-member");
  for (const { wrong } of [lee, max]) assert.deepEqual(wrong, []);
});

test("the vendor's own integration is published without a review, installed, and archived", async () => {
  const { page } = admin;
  await page.goto("/integrations");
  await page.getByRole("link", { name: "Create integration" }).click();
  await page.getByLabel("Name").fill("Night export");
  await page.getByLabel(/where it is described/).fill("https://northwind.example/export");
  await press(page, "Create draft");
  await heading(page, "Night export");
  await see(page, "integration-own");
  await press(page, "Publish");
  await page.getByRole("dialog").getByRole("button", { name: "Publish" }).click();
  await page.getByText("Night export is published.").waitFor();
  await page.getByRole("menuitem", { name: "Tenants" }).click();
  await press(page, "Add tenant");
  const dialog = page.getByRole("dialog");
  assert.equal(await dialog.getByRole("combobox", { name: "Integration" }).evaluate((field) => field === document.activeElement), true, "what has to be chosen comes first");
  await dialog.getByLabel("Name").fill("own-customer");
  await dialog.getByRole("combobox", { name: "Integration" }).click();
  await page.getByRole("option", { name: "Night export", exact: true }).click();
  await dialog.getByRole("button", { name: "Add tenant" }).click();
  // The list shows it by itself.
  await page.getByRole("link", { name: "own-customer" }).click();
  await choose(page, "own-customer", "Archive");
  await page.getByRole("dialog").getByRole("button", { name: "Archive" }).click();
  await page.getByText("own-customer is archived.").waitFor();
  await page.getByRole("menuitem", { name: "Tenants" }).click();
  await page.getByRole("tab", { name: "Archived" }).click();
  await page.getByRole("link", { name: "own-customer" }).waitFor();
  await see(page, "tenants-archived");
  await page.getByRole("link", { name: "Night export" }).click();
  await choose(page, "Night export", "Archive");
  await see(page, "integration-archive");
  await page.getByRole("dialog").getByRole("button", { name: "Archive" }).click();
  await page.getByText("Night export is archived.").waitFor();
});
