// Who is shut out notices at once: ended sessions, a new password, colleagues that leave.
import assert from "node:assert/strict";
import { test } from "node:test";

import { visitor } from "../hub.mjs";
import { PASSWORD, act, addUser, heading, logIn, newPartner, press, setPassword } from "../steps.mjs";
import { admin, browser, hub, see } from "../world.mjs";

const EMAIL = "kim@kelp.example";
const OTHER = "nine loud rivers by noon";
let kim, again;

test("a session is ended from another one", async () => {
  await admin.page.goto("/partners");
  await newPartner(admin.page, "Create", "Kelp", "Kim", EMAIL);
  kim = await visitor(browser, hub.base);
  await setPassword(kim.page, await hub.link(EMAIL));
  await heading(kim.page, "Kelp");
  again = await visitor(browser, hub.base);
  await again.page.goto("/log-in");
  await logIn(again.page, EMAIL);
  await heading(again.page, "Kelp");
  await kim.page.goto("/account");
  await kim.page.getByRole("row").filter({ hasText: "This one" }).waitFor();
  await press(kim.page, "End");
  await kim.page.getByText("The session has ended.").waitFor();
  await again.page.getByRole("menuitem", { name: "Tenants" }).click();
  await heading(again.page, "Log in");
  assert.equal(new URL(again.page.url()).searchParams.get("next")?.split("?")[0], "/tenants");
});

test("a new password ends every other session", async () => {
  await logIn(again.page, EMAIL);
  await again.page.getByRole("heading", { name: "Tenants", exact: true }).waitFor();
  const { page } = kim;
  await page.getByLabel("Current password").fill("not the one");
  await page.getByLabel("A new password").fill(OTHER);
  await press(page, "Change password");
  await page.locator("[aria-invalid=true]").waitFor();
  await page.getByLabel("Current password").fill(PASSWORD);
  await press(page, "Change password");
  await page.getByText("All other sessions have ended.").waitFor();
  await again.page.getByRole("menuitem", { name: "Integrations" }).click();
  await heading(again.page, "Log in");
  await logIn(again.page, EMAIL);
  await again.page.getByRole("alert").waitFor();
  await logIn(again.page, EMAIL, OTHER);
  await again.page.getByRole("heading", { name: "Integrations", exact: true }).waitFor();
});

test("a colleague is shut out, let in again, and deleted", async () => {
  const { page } = kim;
  await page.goto("/settings/users");
  await addUser(page, "Lea", "lea@kelp.example");
  const lea = await visitor(browser, hub.base);
  await setPassword(lea.page, await hub.link("lea@kelp.example"));
  await heading(lea.page, "Kelp");
  await page.reload();
  await page.getByText("lea@kelp.example", { exact: true }).waitFor();
  await see(page, "portal-users");
  await act(page, "Lea", "Shut out");
  await page.getByRole("row").filter({ hasText: "Lea" }).getByText("Disabled").waitFor();
  await lea.page.getByRole("menuitem", { name: "Tenants" }).click();
  await heading(lea.page, "Log in");
  await logIn(lea.page, "lea@kelp.example");
  await lea.page.getByRole("alert").waitFor();
  await act(page, "Lea", "Let in again", { asked: false });
  await page.getByText("Lea is let in again.").waitFor();
  await logIn(lea.page, "lea@kelp.example");
  await lea.page.getByRole("heading", { name: "Tenants", exact: true }).waitFor();
  await act(page, "Lea", "Delete");
  await page.getByText("Lea is deleted.").waitFor();
  await page.getByText("lea@kelp.example", { exact: true }).waitFor({ state: "detached" });
  await lea.page.getByRole("menuitem", { name: "Integrations" }).click();
  await heading(lea.page, "Log in");
  // Where nothing is yet.
  await page.getByRole("menuitem", { name: "Tenants" }).click();
  await heading(page, "No tenants yet");
  await page.getByText("A tenant is one customer’s installation", { exact: false }).waitFor();
  await see(page, "tenants-empty");
  await page.getByRole("tab", { name: "Archived" }).click();
  await heading(page, "No archived tenants");
  await page.getByRole("menuitem", { name: "Integrations" }).click();
  await heading(page, "No integrations yet");
  await page.getByText("Create your first integration", { exact: false }).waitFor();
  await see(page, "integrations-empty");
  await page.getByRole("menuitem", { name: "Activity" }).click();
  await page.getByText("deleted Lea").waitFor();
  await see(page, "portal-activity");
  for (const { wrong } of [kim, again, lea]) assert.deepEqual(wrong, []);
});
