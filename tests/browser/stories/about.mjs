// What an integration is about, from the portal's form to the vendor's lists; and its partner's page and row.
import assert from "node:assert/strict";
import { test } from "node:test";

import { visitor } from "../hub.mjs";
import { answer, ask, choose, heading, madePartner, madeUser, press, setPassword } from "../steps.mjs";
import { admin, browser, hub, see } from "../world.mjs";

const ANSWERS = { "integration do": "Turns orders into berries.", documented: "https://rowan.example/docs", "customer data": "None.", "get help": "help@rowan.example" };
let rowan, ro, integration;

const row = (page, name) => page.getByRole("main").getByRole("link", { name, exact: true });

/** Publishes what the page shows, its changes too. */
async function publish(page, name) {
  await press(page, "Publish");
  await page.getByRole("dialog").getByRole("button", { name: "Publish" }).click();
  await page.getByText(`${name} is published.`).waitFor();
}

test("categories and tags are written in the portal, and reviewed with the rest", async () => {
  const { page } = admin;
  await page.goto("/");
  rowan = await madePartner(page, "Rowan", "Ro Rowe", "ro@rowan.example");
  ro = await visitor(browser, hub.base);
  await setPassword(ro.page, await hub.link("ro@rowan.example"));
  await heading(ro.page, "Rowan");
  await ro.page.getByRole("link", { name: "Create integration" }).first().click();
  await ro.page.getByLabel("Name").fill("Rowan Sync");
  await ro.page.getByLabel("Where it is described").fill("https://rowan.example/sync");
  await ro.page.getByLabel("Categories").fill("One, Two, Three, Four, Five, Six");
  await ro.page.getByLabel("Tags").fill("berries");
  await press(ro.page, "Create draft");
  await ro.page.getByText("Give at most 5 categories.").waitFor();
  assert.equal(await ro.page.getByLabel("Categories").getAttribute("aria-invalid"), "true");
  await ro.page.getByLabel("Categories").fill('Shipping, "Orders, returns", ');
  await press(ro.page, "Create draft");
  await heading(ro.page, "Rowan Sync");
  integration = decodeURIComponent(new URL(ro.page.url()).pathname.split("/").at(-1));
  await answer(ro.page, ANSWERS);
  await press(ro.page, "Submit for review");
  await ro.page.getByText("This integration waits").waitFor();

  await page.goto("/integrations");
  await row(page, "Rowan Sync").click();
  await heading(page, "Rowan Sync");
  for (const word of ["Shipping", "Orders, returns", "berries"]) await row(page, word).waitFor();
  await see(page, "integration-words");
  await press(page, "Comment: Tags");
  await page.getByRole("dialog").getByRole("textbox", { name: "Comment" }).fill("Which berries?");
  await page.getByRole("dialog").getByRole("button", { name: "Add comment" }).click();
  await ro.page.getByRole("listitem").filter({ hasText: "Which berries?" }).waitFor();
});

test("what is published leaves the list of those in review", async () => {
  const { page } = admin;
  const tab = (name) => page.getByRole("tab", { name, exact: true }).click();
  await page.goto("/integrations");
  await row(page, "Rowan Sync").waitFor();
  await tab("Published");
  await row(page, "Rowan Sync").waitFor({ state: "detached" });
  await tab("All");
  await row(page, "Rowan Sync").click();
  await publish(page, "Rowan Sync");
  await page.goto("/integrations");
  await tab("Published");
  await row(page, "Rowan Sync").waitFor();
  await tab("In review");
  await row(page, "Rowan Sync").waitFor({ state: "detached" });
  await tab("All");
  await row(page, "Rowan Sync").waitFor();
  assert.equal(await page.getByRole("alert").count(), 0);
});

test("other tags of a live integration are seen before they are published, and found by afterwards", async () => {
  const { page } = admin;
  await page.goto(`/integrations/${encodeURIComponent(integration)}`);
  await row(page, "berries").waitFor();
  // By a program, as an integration's own release would do it.
  const query = "mutation($i: UpdateIntegrationInput!) { updateIntegration(input: $i) { userErrors { message } } }";
  assert.deepEqual((await ask(ro.page, query, { i: { id: integration, tags: ["berries", "red"] } })).updateIntegration.userErrors, []);
  // The vendor's page shows it by itself.
  await heading(page, "Changes that wait");
  await page.getByText("berries · red", { exact: true }).waitFor();
  assert.equal(await row(page, "red").count(), 0, "what is live stays as it was approved");
  await see(page, "integration-words-wait");

  // Who edits goes on from what waits; what is left alone stays as it is.
  await heading(ro.page, "Changes that wait");
  await choose(ro.page, "Rowan Sync", "Edit");
  const dialog = ro.page.getByRole("dialog");
  assert.equal(await dialog.getByLabel("Tags").inputValue(), "berries, red");
  assert.equal(await dialog.getByLabel("Categories").inputValue(), 'Shipping, "Orders, returns"');
  await dialog.getByLabel("Tags").fill("");
  await dialog.getByRole("button", { name: "Save" }).click();
  await dialog.waitFor({ state: "detached" });
  const wanted = page.getByText("Tags", { exact: true }).first().locator("xpath=following-sibling::dd[1]");
  await wanted.filter({ hasText: "–" }).waitFor();
  await choose(ro.page, "Rowan Sync", "Edit");
  await dialog.getByLabel("Tags").fill("red");
  await dialog.getByRole("button", { name: "Save" }).click();
  await dialog.waitFor({ state: "detached" });
  await wanted.filter({ hasText: "red" }).waitFor();
  await publish(page, "Rowan Sync");
  await row(page, "red").waitFor();
  await row(page, "berries").waitFor({ state: "detached" });

  // A word leads to all that have it; typed, it finds them, too.
  await row(page, "red").click();
  await page.getByText("1 integration", { exact: true }).waitFor();
  await row(page, "Rowan Sync").waitFor();
  for (const [typed, found] of [["berries", 0], ["Orders, returns", 1], ["rowan syn", 1]]) {
    await page.getByLabel("Search").fill(typed);
    await page.getByText(`${found} integration${found === 1 ? "" : "s"}`, { exact: true }).waitFor();
    assert.equal(await row(page, "Rowan Sync").count(), found, typed);
  }
});

test("a partner's integrations and tenants are on its page, and counted in its row", async () => {
  const { page } = admin;
  const query = "mutation($i: CreateTenantInput!) { createTenant(input: $i) { userErrors { message } } }";
  for (const name of ["first-shop", "second-shop", "third-shop"]) {
    assert.deepEqual((await ask(ro.page, query, { i: { integrationId: integration, name } })).createTenant.userErrors, []);
  }
  await madeUser(page, rowan, "Rae", "rae@rowan.example");
  await page.goto(`/partners/${encodeURIComponent(rowan)}`);
  await page.getByRole("tab", { name: "Integrations (1)" }).click();
  await row(page, "Rowan Sync").waitFor();
  await see(page, "partner-integrations");
  await page.getByRole("tab", { name: "Tenants (3)" }).click();
  for (const name of ["first-shop", "second-shop", "third-shop"]) await row(page, name).waitFor();
  await see(page, "partner-tenants");
  await row(page, "second-shop").click();
  await heading(page, "second-shop");
  await row(page, "Rowan Sync").click();
  await heading(page, "Rowan Sync");
  await row(page, "Rowan").click();
  await page.getByRole("tab", { name: "Integrations (1)", selected: true }).waitFor();

  await page.goto(`/partners?filter=${encodeURIComponent('{"q":"rowan"}')}`);
  await page.getByText("1 partner", { exact: true }).waitFor();
  const titles = await page.getByRole("columnheader").allInnerTexts();
  const cells = await page.getByRole("row").filter({ hasText: "Rowan" }).getByRole("cell").allInnerTexts();
  const shown = Object.fromEntries(titles.map((title, at) => [title.trim(), cells[at].trim()]));
  const { Since: since, ...said } = shown;
  assert.deepEqual(said, {
    Name: "Rowan", Status: "Approved", "Primary contact": "Ro Rowe\nro@rowan.example", Users: "2", Integrations: "1", Tenants: "3",
  });
  assert.match(since, /\d{4}/);
  assert.deepEqual(ro.wrong, []);
});

test("Create and Invite are at the top right of the partners", async () => {
  const { page } = admin;
  await page.goto("/partners");
  const title = await page.getByRole("heading", { level: 1, name: "Partners", exact: true }).boundingBox();
  const { width, height } = page.viewportSize();
  for (const name of ["Create", "Invite"]) {
    const button = await page.getByRole("main").getByRole("link", { name, exact: true }).boundingBox();
    assert.ok(button.x > title.x + title.width && button.x > width / 2, `${name} stands right of the title`);
    assert.ok(button.y + button.height < height / 3, `${name} stands at the top`);
  }
});
