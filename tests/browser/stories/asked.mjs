// The vendor asks something else of integrations, and the next submission is asked it.
import assert from "node:assert/strict";
import { test } from "node:test";

import { visitor } from "../hub.mjs";
import { answer, heading, madePartner, press, setPassword } from "../steps.mjs";
import { admin, browser, hub, see } from "../world.mjs";

const ANSWERS = { "integration do": "Turns orders into pears.", documented: "https://sorb.example/docs", "customer data": "None.", "get help": "help@sorb.example" };

test("a question that is added to the Integration Form is asked of the next submission, and its answer reviewed", async () => {
  const { page } = admin;
  await page.goto("/");
  await madePartner(page, "Sorb", "Sol", "sol@sorb.example");
  const { page: sol, wrong } = await visitor(browser, hub.base);
  await setPassword(sol, await hub.link("sol@sorb.example"));
  await heading(sol, "Sorb");

  await page.goto("/settings/integration-form");
  const questions = page.getByRole("region", { name: /^Question \d+$/ });
  await questions.first().waitFor();
  const before = await questions.count();
  await press(page, "Add question");
  const added = page.getByRole("region", { name: `Question ${before + 1}`, exact: true });
  await added.getByRole("textbox", { name: "Question", exact: true }).fill("Which plan does it need?");
  await added.getByLabel("Kind of answer").click();
  await page.getByRole("option", { name: "One of a list" }).click();
  await added.getByRole("textbox", { name: "Choices" }).fill("Basic\nBusiness");
  await added.getByLabel("Must be answered").uncheck();
  await press(page, "Publish");
  await page.getByRole("dialog", { name: "Publish version 2?" }).getByRole("button", { name: "Publish" }).click();
  await page.getByText("Version 2 is published.").waitFor();
  await see(page, "integration-form-builder");
  // It is this form that has changed, and not the other one.
  await page.getByRole("tab", { name: "Partner Form" }).click();
  await page.getByRole("region", { name: "Preview" }).getByText("What does your company do").first().waitFor();
  assert.equal(await page.getByRole("textbox", { name: "Question", exact: true }).evaluateAll((all) => all.filter(({ value }) => /Which plan/.test(value)).length), 0);

  await sol.getByRole("link", { name: "Create integration" }).first().click();
  await sol.getByLabel("Name").fill("Sorb Sync");
  await sol.getByLabel("Where it is described").fill("https://sorb.example/sync");
  await press(sol, "Create draft");
  await heading(sol, "Submit for review");
  await answer(sol, { ...ANSWERS, "which plan": "Business" });
  await press(sol, "Submit for review");
  await sol.getByText("This integration waits").waitFor();

  await page.goto("/integrations");
  await page.getByRole("link", { name: "Sorb Sync" }).click();
  await page.getByText("Which plan does it need?").waitFor();
  await page.getByText("Business", { exact: true }).waitFor();
  assert.deepEqual(wrong, []);
});
