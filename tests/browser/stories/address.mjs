// What is one's own: another e-mail address, and recovery codes. And an admin who signs a colleague out.
import assert from "node:assert/strict";
import { test } from "node:test";

import { visitor } from "../hub.mjs";
import { PASSWORD, act, addUser, ask, heading, logIn, madePartner, press, secondFactor, setPassword } from "../steps.mjs";
import { admin, browser, hub, see } from "../world.mjs";

const OLD = "mel@medlar.example";
const NEW = "mel@elsewhere.example";
let mel;

test("an address is changed by a link to the new one", async () => {
  await admin.page.goto("/");
  await madePartner(admin.page, "Medlar", "Mel", OLD);
  mel = await visitor(browser, hub.base);
  const { page } = mel;
  await setPassword(page, await hub.link(OLD));
  await heading(page, "Medlar");
  await page.goto("/account");
  await press(page, "Change address");
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("New address").fill(NEW);
  await see(page, "address-change");
  await dialog.getByLabel(/^Password/).fill("not the one");
  await press(page, "Send the link");
  await page.getByText("This is not your password.").waitFor();
  await dialog.getByLabel(/^Password/).fill(PASSWORD);
  await press(page, "Send the link");
  await page.getByText(`A link has gone to ${NEW}.`, { exact: false }).waitFor();
  await page.getByText(OLD, { exact: true }).waitFor();
  await see(page, "address-asked");

  // On another device, where nobody is signed in; opening the link uses nothing up, nor does a reload.
  const link = await hub.link(NEW, "email");
  const other = await visitor(browser, hub.base);
  await other.page.goto(link);
  await other.page.getByRole("button", { name: "Use this address" }).waitFor();
  assert.equal(new URL(other.page.url()).hash, "", "the token is not left in the address");
  await other.page.reload();
  await see(other.page, "address-link");
  await press(other.page, "Use this address");
  await other.page.getByText("Your account has its new address now.", { exact: false }).waitFor();
  await see(other.page, "address-done");
  await other.page.getByRole("link", { name: "Log in with it" }).click();
  await logIn(other.page, OLD);
  await other.page.getByRole("alert").waitFor();
  await logIn(other.page, NEW);
  await heading(other.page, "Medlar");
  await page.reload();
  await page.getByText(NEW, { exact: true }).waitFor();
  await page.getByRole("menuitem", { name: "Activity" }).click();
  await page.getByText("Mel has another e-mail address now.").waitFor();

  await other.page.goto(link);
  await press(other.page, "Use this address");
  await other.page.getByText("This link does not work any more.", { exact: false }).waitFor();
  await see(other.page, "address-dead");
  await other.page.getByRole("link", { name: "To my account" }).click();
  await other.page.getByRole("button", { name: "Change address" }).waitFor();
  assert.deepEqual(other.wrong, []);
});

test("whoever confirms where one is signed in goes on there", async () => {
  const { page } = mel;
  await page.goto("/account");
  await press(page, "Change address");
  await page.getByLabel("New address").fill("mel@third.example");
  await page.getByRole("dialog").getByLabel(/^Password/).fill(PASSWORD);
  await press(page, "Send the link");
  await page.goto(await hub.link("mel@third.example", "email"));
  await press(page, "Use this address");
  await page.getByText("Your account’s address is mel@third.example now.", { exact: false }).waitFor();
  await see(page, "address-done-here");
  await page.getByRole("link", { name: "Open the hub" }).click();
  await heading(page, "Medlar");
});

test("an address that somebody got meanwhile is said to be taken", async () => {
  const { page } = mel;
  await page.goto("/account");
  await press(page, "Change address");
  await page.getByLabel("New address").fill("quince@quince.example");
  await page.getByRole("dialog").getByLabel(/^Password/).fill(PASSWORD);
  await press(page, "Send the link");
  const link = await hub.link("quince@quince.example", "email");
  await madePartner(admin.page, "Quince", "Quin", "quince@quince.example");
  await page.goto(link);
  await press(page, "Use this address");
  await page.getByText("Somebody else in this hub has this address by now.", { exact: false }).waitFor();
});

test("an admin signs a colleague out everywhere", async () => {
  const { page } = mel;
  await page.goto("/settings/users");
  await addUser(page, "Rue", "rue@medlar.example", { says: "Members make integrations, submit them and run tenants." });
  await page.getByRole("button", { name: "Actions: Rue" }).click();
  await page.getByRole("menuitem", { name: "Delete" }).waitFor();
  assert.equal(await page.getByRole("menuitem", { name: "Sign out everywhere" }).count(), 0, "who is awaited is nowhere yet");
  await page.keyboard.press("Escape");
  const rue = await visitor(browser, hub.base);
  await setPassword(rue.page, await hub.link("rue@medlar.example"));
  await heading(rue.page, "Medlar");
  await page.reload();
  await act(page, "Rue", "Sign out everywhere");
  await page.getByText("Rue is signed out everywhere.").waitFor();
  await rue.page.getByRole("menuitem", { name: "Tenants" }).click();
  await heading(rue.page, "Log in");
  await logIn(rue.page, "rue@medlar.example");
  await rue.page.getByRole("heading", { name: "Tenants", exact: true }).waitFor();
  await page.getByRole("menuitem", { name: "Activity" }).click();
  await page.getByText("signed Rue out everywhere").waitFor();
  assert.deepEqual(rue.wrong, []);
});

test("recovery codes that are left are counted, and made anew when they run out", async () => {
  const { page } = mel;
  await page.goto("/account");
  const { codes } = await secondFactor(page);
  await page.getByText("10 recovery codes are left.").waitFor();
  const use = "mutation($p: Secret!, $c: Secret!) { reauthenticate(input: { password: $p, code: $c }) { userErrors { message } } }";
  for (const c of codes.slice(0, 7)) {
    const { reauthenticate } = await ask(page, use, { p: PASSWORD, c });
    assert.deepEqual(reauthenticate.userErrors, []);
  }
  await page.reload();
  await page.getByRole("alert").getByText("3 recovery codes are left.", { exact: false }).waitFor();
  await see(page, "recovery-codes-few");
  await press(page, "Make new ones");
  await page.getByRole("dialog").getByRole("button", { name: "New recovery codes" }).click();
  await heading(page, "Your recovery codes");
  await press(page, "I have kept them");
  await page.getByText("10 recovery codes are left.").waitFor();
  assert.deepEqual(mel.wrong, []);
});
