// Terms that change after they were agreed to.
import assert from "node:assert/strict";
import { test } from "node:test";

import { visitor } from "../hub.mjs";
import { ask, heading, madePartner, press, setPassword } from "../steps.mjs";
import { admin, browser, hub, see } from "../world.mjs";

/** Adds terms to what the Partner Form asks, or asks for them again at another address. */
async function publish(page, termsUrl, askAgain) {
  const { vendor } = await ask(page, "{ vendor { partnerForm { version questions { key kind label required options } } } }");
  const questions = vendor.partnerForm.questions.filter(({ key }) => key !== "rules");
  questions.push({ key: "rules", kind: "TERMS", label: "We keep the rules of the marketplace.", termsUrl, required: true, askAgain });
  const query = "mutation($i: PublishFormInput!) { publishForm(input: $i) { userErrors { message } } }";
  const { publishForm } = await ask(page, query, { i: { kind: "PARTNER", expectedVersion: vendor.partnerForm.version, questions } });
  assert.deepEqual(publishForm.userErrors, []);
}

test("a partner agrees again to terms that have changed", async () => {
  const { page } = admin;
  await page.goto("/");
  const id = await madePartner(page, "Linden", "Lou", "lou@linden.example");
  await publish(page, "https://northwind.example/rules-1", false);
  const { page: lou, wrong } = await visitor(browser, hub.base);
  await setPassword(lou, await hub.link("lou@linden.example"));
  await heading(lou, "Linden");
  assert.equal(await lou.getByRole("heading", { name: "Please agree again" }).count(), 0);
  await publish(page, "https://northwind.example/rules-2", true);
  const { text } = await hub.letter("lou@linden.example", "agree to its terms again");
  assert.match(text, /We keep the rules of the marketplace/);
  await lou.goto("/");
  await heading(lou, "Please agree again");
  assert.equal(await lou.getByRole("link", { name: "northwind.example/rules-2" }).getAttribute("rel"), "noopener noreferrer");
  await see(lou, "terms-again");
  await press(lou, "Agree");
  await lou.getByText("Tick what you agree to.").waitFor();
  await lou.getByLabel("We keep the rules").check();
  await press(lou, "Agree");
  await lou.getByText("You have agreed for your company.").waitFor();
  await lou.getByRole("heading", { name: "Please agree again" }).waitFor({ state: "detached" });

  await page.goto(`/partners/${id}/profile`);
  await page.getByRole("link", { name: "northwind.example/rules-2" }).waitFor();
  await see(page, "partner-terms");
  assert.deepEqual(wrong, []);
});
