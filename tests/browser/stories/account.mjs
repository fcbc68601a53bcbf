// One's own password and second factor.
import assert from "node:assert/strict";
import { test } from "node:test";

import { heading, press, totp } from "../steps.mjs";
import { ada, hub, see } from "../world.mjs";

test("log out, and in again by a new password", async () => {
  const { page } = ada;
  await page.goto("/account");
  await press(page, "Ada Lovelace");
  await page.getByRole("menuitem", { name: "Log out" }).click();
  await heading(page, "Log in");
  await page.goto("/forgot");
  await page.getByLabel("E-mail address").fill("ada@acme.example");
  await press(page, "Send me a link");
  await page.goto(await hub.link("ada@acme.example", "reset"));
  await page.getByLabel("A new password").fill("an entirely other harbour");
  await see(page, "reset");
  await press(page, "Set password");
  await page.getByRole("link", { name: "Log in with it" }).click();
  await page.getByLabel("E-mail address").fill("ada@acme.example");
  await page.getByLabel(/^Password/).fill("an entirely other harbour");
  await press(page, "Log in");
  await heading(page, "Acme");
});

test("a second factor is set up, asked for, and switched off", async () => {
  const { page } = ada;
  await page.goto("/account");
  await press(page, "Set up a second factor");
  await page.getByRole("img", { name: "The secret as a QR code" }).waitFor();
  const secret = (await page.getByText(/^([A-Z2-7]{4} ){7}[A-Z2-7]{4}$/).textContent()).replaceAll(" ", "");
  await see(page, "second-factor");
  await page.getByLabel(/^Then enter the code/).fill("000000");
  await press(page, "Switch on");
  await page.getByText(/^This is not the code/).waitFor();
  await page.getByLabel(/^Then enter the code/).fill(totp(secret));
  await press(page, "Switch on");
  await heading(page, "Your recovery codes");
  await see(page, "recovery-codes");
  const codes = await page.getByRole("list", { name: "Recovery codes" }).getByRole("listitem").allTextContents();
  assert.equal(codes.length, 10);
  await press(page, "I have kept them");
  await page.getByText("Logging in takes a code of your authenticator beside the password.").waitFor();
  await press(page, "Ada Lovelace");
  await page.getByRole("menuitem", { name: "Log out" }).click();
  await page.getByLabel("E-mail address").fill("ada@acme.example");
  await page.getByLabel(/^Password/).fill("an entirely other harbour");
  await press(page, "Log in");
  await heading(page, "One more step");
  await see(page, "second-step");
  await page.getByLabel("Code").fill("nonsense");
  await press(page, "Log in");
  await page.getByText(/^This code does not work/).waitFor();
  await page.getByLabel("Code").fill(codes[0]);
  await press(page, "Log in");
  await heading(page, "Acme");
  await page.goto("/account");
  await press(page, "Switch off");
  await page.getByRole("dialog").getByLabel(/^Password/).fill("an entirely other harbour");
  await page.getByRole("dialog").getByRole("button", { name: "Switch off" }).click();
  await page.getByText("Logging in takes your password alone.", { exact: false }).waitFor();
});
