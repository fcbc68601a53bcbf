// From the letter through the Partner Form into the portal.
import assert from "node:assert/strict";
import { test } from "node:test";

import { answer, heading, press, setPassword } from "../steps.mjs";
import { bo, hub, see } from "../world.mjs";

test("an invited partner answers the Partner Form, and is approved", async () => {
  const { page } = bo;
  const link = await hub.link("bo@birch.example");
  await page.goto(link);
  await page.getByText("Choose a password to begin.", { exact: false }).waitFor();
  await page.getByRole("button", { name: "Decline the invitation" }).waitFor();
  await setPassword(page, link);
  await heading(page, "Welcome, Birch");
  await page.getByRole("banner").getByText("Northwind").waitFor();
  await see(page, "partner-form");
  await press(page, "Submit");
  await page.locator("[aria-invalid=true]").first().waitFor();
  await see(page, "partner-form-refused");
  await page.getByLabel("What does your company do?").fill("We count trees.");
  await page.getByText("Your answers are kept. Your colleagues").waitFor();
  await page.reload();
  await heading(page, "Welcome, Birch");
  assert.equal(await page.getByRole("textbox").first().inputValue(), "We count trees.", "nothing is lost on reload");
  // Two write at once: nothing is overwritten unseen.
  const other = await page.context().newPage();
  await other.goto("/welcome");
  await other.getByLabel("Your company's website").fill("https://other.example");
  await other.getByText("Your answers are kept. Your colleagues").waitFor();
  await page.getByLabel("Your company's website").fill("https://mine.example");
  await page.getByText("A colleague has changed").waitFor();
  await see(page, "partner-form-conflict");
  await press(page, "Load theirs");
  await page.waitForFunction(() => [...document.querySelectorAll("input")].some(({ value }) => value === "https://other.example"));
  await other.close();
  await page.goto("/integrations");
  await heading(page, "Welcome, Birch");
  await answer(page, { website: "birch.example", "many people": "11–50", "like to integrate": "Orders become forests.", technical: "tech@birch.example" });
  await press(page, "Submit");
  await page.getByRole("heading", { name: "Integrations", exact: true }).waitFor();
  assert.equal(new URL(page.url()).pathname, "/integrations", "where one wanted to go");
  await page.getByRole("banner").getByText("Northwind").waitFor();
  // A page of its own: the browser itself says in the console that nothing is there.
  const lost = await page.context().newPage();
  assert.equal((await lost.goto("/nowhere")).status(), 404);
  await heading(lost, "Nothing here");
  await lost.getByRole("link", { name: "Home" }).first().waitFor();
  await lost.close();
});
