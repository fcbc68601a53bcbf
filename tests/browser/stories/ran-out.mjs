// What time takes away: the life of a link, and the trust in a session that was left open.
import assert from "node:assert/strict";
import { test } from "node:test";

import { age, skip } from "../age.mjs";
import { visitor } from "../hub.mjs";
import { PASSWORD, heading, madePartner, press, setPassword } from "../steps.mjs";
import { admin, browser, hub, see } from "../world.mjs";

const EMAIL = "lio@laurel.example";
let lio;

test("a link that has run out says so, and leads to a fresh one", { skip }, async () => {
  await admin.page.goto("/");
  await madePartner(admin.page, "Laurel", "Lio", EMAIL);
  const first = await hub.link(EMAIL);
  await age("invitation", ["expires_at"], `email = '${EMAIL}'`);
  // Between two letters passes a minute.
  await age("outbox", ["created_at"], `recipient = '${EMAIL}'`);
  lio = await visitor(browser, hub.base);
  const { page } = lio;
  await page.goto(first);
  await heading(page, "This link does not work");
  await page.getByText("It may have run out", { exact: false }).waitFor();
  await page.getByText("We gladly send you a new one", { exact: false }).waitFor();
  await press(page, "Send me a new link");
  await page.getByText("a new one is on its way to you by e-mail", { exact: false }).waitFor();
  const second = await hub.link(EMAIL, "accept", [first]);
  await page.goto(first);
  await page.reload();
  await heading(page, "This link does not work");
  await page.goto(second);
  await page.reload();
  await heading(page, "Welcome, Lio");
  await setPassword(page, second);
  await heading(page, "Laurel");
  assert.deepEqual(lio.wrong, []);
});

test("whoever has been signed in for a while shows the password once more", { skip }, async () => {
  const { page } = lio;
  await page.goto("/account");
  await age("session", ["created_at", "reauthenticated_at"], `user_id = (SELECT id FROM "user" WHERE email = '${EMAIL}')`);
  await press(page, "Set up a second factor");
  const dialog = page.getByRole("dialog", { name: "Your password once more" });
  await dialog.getByLabel(/^Password/).fill("not the one");
  await see(page, "password-again");
  await press(page, "Go on");
  await page.getByText("This is not your password.").waitFor();
  await dialog.getByLabel(/^Password/).fill(PASSWORD);
  await press(page, "Go on");
  // What was begun goes on, and is not asked again.
  await page.getByRole("img", { name: "The secret as a QR code" }).waitFor();
  assert.deepEqual(lio.wrong, []);
});
