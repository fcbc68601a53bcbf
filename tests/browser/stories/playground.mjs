// The playground, as a developer meets it: signed out, in a browser that has never been here.
import assert from "node:assert/strict";
import { test } from "node:test";

import { photograph, visitor } from "../hub.mjs";
import { PASSWORD, ask } from "../steps.mjs";
import { admin, browser, hub } from "../world.mjs";

test("a developer signs in to the playground, asks, and reads what there is to ask for", async () => {
  const { page: inside } = admin;
  await inside.goto("/");
  const { viewer } = await ask(inside, "{ viewer { user { email } } }");
  const { page, context, wrong } = await visitor(browser, hub.base);
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  /** Pastes over what an editor holds: typed brackets would be closed by the editor, too. */
  const write = async (name, text) => {
    await page.getByRole("region", { name }).getByRole("textbox", { name: "Editor content" }).focus();
    await page.keyboard.press("Control+A");
    await page.evaluate((copied) => navigator.clipboard.writeText(copied), text);
    await page.keyboard.press("Control+V");
  };
  const shows = (name, text) => page.getByRole("region", { name }).filter({ hasText: text }).waitFor();
  const run = () => page.getByRole("button", { name: "Execute query (Ctrl-Enter)" }).click();
  const answered = (text) => shows("Result Window", text);
  const asked = async (name) => {
    await page.getByRole("button", { name: "New tab" }).click();
    await write("Operation Editor", `query ${name} { viewer { role } }`);
    // Named after the operation: the editor has understood it.
    await page.getByRole("tab", { name }).waitFor();
    await run();
  };

  await page.goto("/playground");
  await asked("Before");
  await answered('"viewer": null');
  await page.getByRole("tab", { name: "SignIn" }).click();
  // A tab brings its own variables when it comes, over what was pasted before.
  await shows("Operation Editor", "SignIn");
  await write("Variables", JSON.stringify({ email: viewer.user.email, password: PASSWORD }));
  await shows("Variables", viewer.user.email);
  await run();
  await answered(`"email": "${viewer.user.email}"`);
  assert.ok((await context.cookies()).some(({ httpOnly }) => httpOnly), "the session is out of reach of scripts");
  const kept = await page.evaluate(() => JSON.stringify(localStorage));
  assert.match(kept, /SignIn/, "the browser keeps what was asked");
  assert.ok(!kept.includes(PASSWORD), "and no password");
  await asked("After");
  await answered('"role": "VENDOR_ADMIN"');
  // The schema is there, with its words.
  await page.getByRole("button", { name: "Show Documentation Explorer" }).click();
  await page.getByRole("link", { name: "Query", exact: true }).click();
  await page.getByRole("link", { name: "partners", exact: true }).waitFor();
  await photograph(page, "playground");
  assert.deepEqual(wrong, []);
});
