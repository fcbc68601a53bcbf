// Words of many kinds: labels with commas, and more words than a search takes.
import assert from "node:assert/strict";
import { test } from "node:test";

import { ask, heading, madePartner, press } from "../steps.mjs";
import { admin } from "../world.mjs";

test("labels are written with commas between, and one that has a comma stays whole", async () => {
  const { page } = admin;
  await page.goto("/");
  const id = await madePartner(page, "Mulberry", "Mo", "mo@mulberry.example");
  const { updatePartner } = await ask(page, "mutation($i: UpdatePartnerInput!) { updatePartner(input: $i) { userErrors { message } } }", {
    i: { id, labels: ["north, coast", "wood", '"first" of all'] },
  });
  assert.deepEqual(updatePartner.userErrors, []);
  const kept = async () => (await ask(page, "query($id: ID!) { partner(id: $id) { labels } }", { id })).partner.labels;
  const dialog = page.getByRole("dialog");
  const edit = async (label, text) => {
    await press(page, "Edit");
    await dialog.getByLabel(label).fill(text);
    await dialog.getByRole("button", { name: "Save" }).click();
    await dialog.waitFor({ state: "detached" });
  };
  await page.goto(`/partners/${encodeURIComponent(id)}`);
  await heading(page, "Mulberry");
  await edit("Website", "https://mulberry.example");
  assert.deepEqual(await kept(), ["north, coast", "wood", '"first" of all'], "what is not touched stays");
  await press(page, "Edit");
  const written = await dialog.getByLabel("Labels").inputValue();
  await dialog.getByText("With commas between", { exact: false }).waitFor();
  await press(page, "Cancel");
  await edit("Labels", `${written}, a, b`);
  assert.deepEqual(await kept(), ["north, coast", "wood", '"first" of all', "a", "b"]);
});

test("a tag of many words leads to all that have it, and a long search is no error", async () => {
  const { page } = admin;
  const tag = "a b c d e f g h i j";
  const { createIntegration } = await ask(page, "mutation($i: CreateIntegrationInput!) { createIntegration(input: $i) { integration { id } userErrors { message } } }", {
    i: { name: "Word by word", type: "EXTERNAL", landingUrl: "https://northwind.example/words", tags: [tag] },
  });
  assert.deepEqual(createIntegration.userErrors, []);
  await page.goto(`/integrations/${encodeURIComponent(createIntegration.integration.id)}`);
  await page.getByRole("main").getByRole("link", { name: tag, exact: true }).click();
  await page.getByText("1 integration", { exact: true }).waitFor();
  await page.getByRole("main").getByRole("link", { name: "Word by word" }).waitFor();
  await page.goto("/partners");
  await page.getByLabel("Search").fill(`${"mulberry ".repeat(9)}and more`);
  await page.getByText("1 partner", { exact: true }).waitFor();
  await page.getByRole("link", { name: "Mulberry" }).waitFor();
  await page.getByLabel("Search").fill("nothing of this kind ".repeat(9));
  await heading(page, "Nothing fits your search");
});
