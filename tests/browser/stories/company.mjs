// A partner keeps its own facts, and roles change hands.
import assert from "node:assert/strict";
import { test } from "node:test";

import { visitor } from "../hub.mjs";
import { ask, choose, heading, logIn, madePartner, madeUser, press, setPassword } from "../steps.mjs";
import { admin, browser, hub } from "../world.mjs";

let umber, una;

test("a partner's admin changes its name and website, and the vendor sees them", async () => {
  const { page } = admin;
  await page.goto("/");
  umber = await madePartner(page, "Umber", "Una", "una@umber.example");
  una = await visitor(browser, hub.base);
  await setPassword(una.page, await hub.link("una@umber.example"));
  await heading(una.page, "Umber");
  await page.goto(`/partners/${encodeURIComponent(umber)}`);
  await heading(page, "Umber");
  await una.page.goto("/settings/company");
  await una.page.getByLabel(/Company’s name/).fill("Umber & Sons");
  await una.page.getByLabel("Website").fill("http://umber.example");
  await press(una.page, "Save");
  await una.page.getByText("Enter a full address that begins with https://.").waitFor();
  await una.page.getByLabel("Website").fill("https://umber.example");
  await press(una.page, "Save");
  await una.page.getByText("Saved").waitFor();
  // The vendor's page shows it by itself; the partner's own after a reload, too.
  await heading(page, "Umber & Sons");
  await page.getByRole("link", { name: "umber.example", exact: true }).waitFor();
  await una.page.reload();
  await una.page.getByLabel("Website").waitFor();
  assert.equal(await una.page.getByLabel("Website").inputValue(), "https://umber.example");
});

/** Makes a member an admin by the page of its organisation's users; it is signed out, and comes back as one. */
async function promoted(by, person, name, email) {
  await person.goto("/settings/users");
  await person.getByText(email, { exact: true }).waitFor();
  assert.equal(await person.getByRole("button", { name: "Add user" }).count(), 0, "a member adds nobody");
  await by.goto("/settings/users");
  const row = by.getByRole("row").filter({ hasText: email });
  await row.getByText("Member", { exact: true }).waitFor();
  await choose(by, name, "Change");
  await by.getByRole("dialog").getByLabel("Role").click();
  await by.getByRole("option", { name: "Admin", exact: true }).click();
  await by.getByRole("dialog").getByRole("button", { name: "Save" }).click();
  await by.getByRole("dialog").waitFor({ state: "detached" });
  await row.getByText("Admin", { exact: true }).waitFor();
  await person.getByRole("menuitem", { name: "Tenants" }).click();
  await heading(person, "Log in");
  await logIn(person, email);
  await person.getByRole("heading", { level: 1, name: "Tenants", exact: true }).waitFor();
  await person.goto("/settings/users");
  await person.getByRole("button", { name: "Add user" }).waitFor();
}

/** Lets somebody in that was invited without a page. */
async function arrived(email, home) {
  const person = await visitor(browser, hub.base);
  await setPassword(person.page, await hub.link(email));
  await heading(person.page, home);
  return person;
}

test("a partner's member becomes an admin", async () => {
  await madeUser(admin.page, umber, "Uli", "uli@umber.example");
  const uli = await arrived("uli@umber.example", "Umber & Sons");
  await promoted(una.page, uli.page, "Uli", "uli@umber.example");
  for (const { wrong } of [una, uli]) assert.deepEqual(wrong, []);
});

test("a member of the vendor's staff becomes an admin", async () => {
  const { page } = admin;
  const { vendor } = await ask(page, "{ vendor { id } }");
  await madeUser(page, vendor.id, "Vic", "vic@northwind.example");
  const vic = await arrived("vic@northwind.example", "Home");
  await promoted(page, vic.page, "Vic", "vic@northwind.example");
  await vic.page.getByRole("menuitem", { name: "Partners" }).click();
  await vic.page.getByRole("main").getByRole("link", { name: "Create", exact: true }).waitFor();
  assert.deepEqual(vic.wrong, []);
});
