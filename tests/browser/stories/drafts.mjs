// What is written into a form stays: while one types, when the line breaks, when two people write, when the questions change.
import assert from "node:assert/strict";
import { test } from "node:test";

import { visitor } from "../hub.mjs";
import { answer, heading, newPartner, press, setPassword } from "../steps.mjs";
import { admin, browser, hub } from "../world.mjs";

const KEPT = "Your answers are kept. Your colleagues";
/** What the browser itself says of a line that is down. */
const offline = (said) => /ERR_INTERNET_DISCONNECTED|WebSocket/.test(said);
let gail;

test("typing goes on where one types, also after a refusal", async () => {
  await admin.page.goto("/partners");
  await newPartner(admin.page, "Invite", "Gorse", "Gail", "gail@gorse.example");
  gail = await visitor(browser, hub.base);
  const { page } = gail;
  await setPassword(page, await hub.link("gail@gorse.example"));
  await heading(page, "Welcome, Gorse");
  await press(page, "Submit");
  await page.locator("[aria-invalid=true]").first().waitFor();
  const field = page.getByLabel(/technical/i).first();
  await field.pressSequentially("gail");
  await page.getByText(KEPT).waitFor();
  await page.keyboard.type("@gorse.example");
  assert.equal(await field.inputValue(), "gail@gorse.example", "the first wrong field does not take the words");
});

test("a save that failed is tried again without treading on a colleague's", async () => {
  const { page, context } = gail;
  const other = await context.newPage();
  await other.goto("/welcome");
  await heading(other, "Welcome, Gorse");
  await page.route("**/graphql", (route) => route.abort("internetdisconnected"));
  await page.getByLabel("Your company's website").fill("https://mine.example");
  await page.getByText("Your answers could not be kept yet.").waitFor();
  await other.getByLabel("Your company's website").fill("https://theirs.example");
  await other.getByText(KEPT).waitFor();
  await page.unroute("**/graphql");
  await press(page, "Try again");
  await page.getByText("A colleague has changed").waitFor();
  await press(page, "Load theirs");
  await page.waitForFunction(() => [...document.querySelectorAll("input")].some(({ value }) => value === "https://theirs.example"));
  await other.close();
});

test("on a slow line a person is no colleague of its own", async () => {
  const { page } = gail;
  let release;
  const held = new Promise((go) => (release = go));
  const arrived = new Promise((here) => page.route("**/graphql", async (route) => {
    here();
    await held;
    await route.continue();
  }));
  const website = page.getByLabel("Your company's website");
  await website.fill("https://one.example");
  await arrived;
  await website.fill("https://two.example");
  // Whoever turns to another tab has it saved at once.
  await page.evaluate(() => {
    Object.defineProperty(document, "visibilityState", { value: "hidden", configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
    delete document.visibilityState;
  });
  release();
  await page.unroute("**/graphql", { behavior: "wait" });
  await page.getByText(KEPT).waitFor();
  assert.equal(await page.getByText("A colleague has changed").count(), 0);
  await page.reload();
  await heading(page, "Welcome, Gorse");
  assert.equal(await website.inputValue(), "https://two.example");
});

test("what could not be handed in is kept all the same", async () => {
  const { page, context } = gail;
  await context.setOffline(true);
  await page.getByLabel("What does your company do?").fill("We plant hedges.");
  await press(page, "Submit");
  await page.getByText("The hub cannot be reached.").waitFor();
  await context.setOffline(false);
  await press(page, "Try again");
  await page.getByText(KEPT).waitFor();
  await page.reload();
  await heading(page, "Welcome, Gorse");
  assert.equal(await page.getByLabel("What does your company do?").inputValue(), "We plant hedges.");
});

test("questions that have changed meanwhile are asked with the answers that were given", async () => {
  const { page } = admin;
  await page.goto("/settings/partner-form");
  await page.getByRole("region", { name: "Question 1" }).getByRole("textbox", { name: "Question", exact: true }).fill("What does your company do all day?");
  const people = page.getByRole("region", { name: "Question 3" });
  assert.match(await people.getByRole("textbox", { name: "Question", exact: true }).inputValue(), /many people/);
  await people.getByLabel("Must be answered").uncheck();
  await press(page, "Publish");
  await page.getByRole("dialog").getByRole("button", { name: "Publish" }).click();
  await page.getByText("is published.").waitFor();
  await answer(gail.page, { "company do": "We plant tall hedges.", website: "https://gorse.example", "like to integrate": "Hedges become orders." });
  await press(gail.page, "Submit");
  await gail.page.getByText("The questions have changed meanwhile.").waitFor();
  assert.equal(await gail.page.getByLabel("What does your company do all day?").inputValue(), "We plant tall hedges.");
});

test("an answer that is not asked for can be taken back", async () => {
  const { page } = gail;
  const people = page.getByLabel(/many people/i).first();
  await answer(page, { "many people": "11–50" });
  await people.click();
  await page.getByRole("option", { name: "No answer" }).click();
  await people.filter({ hasText: "11–50" }).waitFor({ state: "detached" });
  assert.deepEqual(gail.wrong.filter((said) => !offline(said)), []);
});
