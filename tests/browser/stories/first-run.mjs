// The first admin.
import assert from "node:assert/strict";
import { test } from "node:test";

import { until } from "../hub.mjs";
import { press, setPassword } from "../steps.mjs";
import { admin, hub, see } from "../world.mjs";

test("the first admin comes in by the printed link", async () => {
  const { page } = admin;
  await page.goto(await hub.printed());
  await page.getByText("Choose a password, and you are in.", { exact: false }).waitFor();
  assert.equal(await page.getByText("Decline the invitation").count(), 0, "nobody invited, and nobody is refused");
  await page.getByLabel("A new password").fill("too short");
  await press(page, "Set password and go on");
  await page.locator("[aria-invalid=true]").waitFor();
  assert.equal(new URL(page.url()).hash, "", "the token is taken out of the address");
  await page.reload();
  await setPassword(page, page.url());
  await page.getByRole("menuitem", { name: "Partners" }).waitFor();
  await see(page, "home-first");
  // By its own buttons: the company, oneself, and the way to the first partner.
  // The step that comes next is the filled one.
  const next = () => page.locator("main .MuiButton-contained").allTextContents();
  assert.deepEqual(await next(), ["Save names"]);
  await page.getByLabel(/^Company’s name/).fill("Northwind");
  await page.getByLabel(/^Your name/).fill("Nora Wind");
  await press(page, "Save names");
  await page.getByText("Nora Wind changed").first().waitFor();
  await until("the first partner comes next", async () => (await next()).join() === "Invite");
  for (const name of ["Northwind", "Nora Wind"]) await page.getByRole("banner").getByText(name, { exact: true }).waitFor();
  await page.getByRole("main").getByRole("link", { name: "Invite", exact: true }).click();
  await page.getByRole("heading", { name: "Invite a partner" }).waitFor();
  await page.getByRole("link", { name: "Cancel" }).click();
});
