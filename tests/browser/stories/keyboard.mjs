// A story without a mouse, and one far from Greenwich.
import assert from "node:assert/strict";
import { test } from "node:test";

import { visitor } from "../hub.mjs";
import { PASSWORD, heading } from "../steps.mjs";
import { admin, browser, hub } from "../world.mjs";

/** Goes on with Tab until a thing has the focus, as whoever has no mouse does. */
async function tabTo(page, thing) {
  for (let times = 0; times < 80; times += 1) {
    if (await thing.evaluate((one) => one === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  assert.fail(`Tab never comes to ${thing}`);
}

test("a partner is created, looked at and put away by the keyboard alone", async () => {
  const { page, wrong } = await visitor(browser, hub.base);
  const { keyboard } = page;
  const enter = async (role, name) => {
    const thing = page.getByRole(role, { name, exact: true }).first();
    await thing.waitFor();
    await tabTo(page, thing);
    await keyboard.press("Enter");
  };
  await admin.page.goto("/account");
  const email = await admin.page.getByText(/^[^ ]+@[^ ]+$/).first().textContent();
  await page.goto("/log-in");
  await heading(page, "Log in");
  await keyboard.type(email);
  await keyboard.press("Tab");
  await keyboard.type(PASSWORD);
  await keyboard.press("Enter");
  await heading(page, "Home");
  await enter("menuitem", "Partners");
  await page.getByRole("heading", { level: 1, name: "Partners", exact: true }).waitFor();
  await enter("link", "Create");
  await heading(page, "Create a partner");
  await keyboard.type("Larch");
  await keyboard.press("Tab");
  await keyboard.type("Lou");
  await keyboard.press("Tab");
  await keyboard.type("not an address");
  await keyboard.press("Enter");
  // The field that is wrong has the focus.
  const wrongField = page.locator("[aria-invalid=true]");
  await wrongField.waitFor();
  assert.ok(await wrongField.evaluate((field) => field === document.activeElement));
  await keyboard.press("Control+A");
  await keyboard.type("lou@larch.example");
  await keyboard.press("Enter");
  await heading(page, "Larch");
  await tabTo(page, page.getByRole("tab", { name: /^Users/ }));
  await keyboard.press("ArrowRight");
  await keyboard.press("Enter");
  await page.getByRole("tab", { name: /^Integrations/, selected: true }).waitFor();
  const edit = page.getByRole("button", { name: "Edit", exact: true });
  await page.keyboard.press("Shift+Tab");
  await page.evaluate(() => document.activeElement?.blur());
  await tabTo(page, edit);
  await keyboard.press("Enter");
  await page.getByRole("dialog").waitFor();
  await keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  assert.ok(await edit.evaluate((one) => one === document.activeElement), "the focus comes back to where it was");
  // What was typed is not thrown away unasked.
  const name = page.getByRole("dialog").getByLabel("Company's name");
  await keyboard.press("Enter");
  await name.waitFor();
  await keyboard.type("!");
  await keyboard.press("Escape");
  await heading(page, "Leave without saving?");
  await keyboard.press("Escape");
  await page.getByRole("heading", { name: "Leave without saving?" }).waitFor({ state: "detached" });
  assert.equal(await name.inputValue(), "Larch!");
  await keyboard.press("Escape");
  await heading(page, "Leave without saving?");
  await enter("button", "Leave");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await heading(page, "Larch");
  assert.deepEqual(wrong, []);
});

test("times are those of the viewer's zone", async () => {
  const { page, context, wrong } = await visitor(browser, hub.base, { timezoneId: "Asia/Kathmandu" });
  await context.addCookies(await admin.context.cookies());
  await page.goto("/activity");
  const when = page.locator("time").first();
  await when.waitFor();
  const at = new Date(await when.getAttribute("datetime"));
  const there = at.toLocaleTimeString("en-GB", { timeStyle: "short", timeZone: "Asia/Kathmandu" });
  assert.ok((await when.textContent()).includes(there), `${await when.textContent()} is not ${there}`);
  assert.deepEqual(wrong, []);
});
