// What each role sees.
import assert from "node:assert/strict";
import { test } from "node:test";

import { visitor } from "../hub.mjs";
import { heading, press, setPassword } from "../steps.mjs";
import { admin, bo, browser, hub } from "../world.mjs";

test("each role sees what it may, and nothing else", async () => {
  const { page } = admin;
  await page.goto("/settings/users");
  await press(page, "Add user");
  await page.getByLabel("Name").fill("Vera");
  await page.getByLabel("E-mail address").fill("vera@northwind.example");
  await page.getByRole("dialog").getByRole("button", { name: "Add user" }).click();
  await page.getByText("vera@northwind.example", { exact: true }).waitFor();
  const vera = await visitor(browser, hub.base);
  await setPassword(vera.page, await hub.link("vera@northwind.example"));
  await vera.page.getByRole("menuitem", { name: "Partners" }).click();
  await vera.page.getByRole("link", { name: "Acme" }).click();
  await heading(vera.page, "Acme");
  for (const name of ["Add user", /^Actions/]) assert.equal(await vera.page.getByRole("button", { name }).count(), 0);
  await vera.page.getByRole("menuitem", { name: "Partners" }).click();
  await heading(vera.page, "Partners");
  assert.equal(await vera.page.getByRole("link", { name: "Create" }).count(), 0, "staff members read");
  await vera.page.getByRole("menuitem", { name: "Settings" }).click();
  await vera.page.getByRole("tab", { name: "Users" }).waitFor();
  assert.equal(await vera.page.getByRole("tab").count(), 2, "no notifications, no letters");

  await bo.page.goto("/settings/users");
  await press(bo.page, "Add user");
  await bo.page.getByLabel("Name").fill("Dov");
  await bo.page.getByLabel("E-mail address").fill("dov@birch.example");
  await bo.page.getByRole("dialog").getByRole("button", { name: "Add user" }).click();
  await bo.page.getByText("dov@birch.example", { exact: true }).waitFor();
  const dov = await visitor(browser, hub.base);
  await setPassword(dov.page, await hub.link("dov@birch.example"));
  await heading(dov.page, "Birch");
  assert.equal(await dov.page.getByRole("menuitem", { name: "Partners" }).count(), 0);
  await dov.page.goto("/settings/users");
  await dov.page.getByText("dov@birch.example").waitFor();
  for (const name of ["Add user", /^Actions/]) assert.equal(await dov.page.getByRole("button", { name }).count(), 0);
  await page.goto("/partners");
  await page.getByRole("link", { name: "Acme" }).click();
  await heading(page, "Acme");
  await dov.page.goto(page.url());
  await heading(dov.page, "Nothing here");
  for (const { wrong } of [vera, dov]) assert.deepEqual(wrong, []);
});
