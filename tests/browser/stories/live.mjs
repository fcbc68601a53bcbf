// Pages that keep themselves up to date.
import assert from "node:assert/strict";
import { test } from "node:test";

import { visitor } from "../hub.mjs";
import { heading, newPartner } from "../steps.mjs";
import { admin, browser, hub } from "../world.mjs";

test("what happened while the line was broken is shown once it is back", async () => {
  const { page, context, wrong } = await visitor(browser, hub.base);
  await context.addCookies(await admin.context.cookies());
  const sockets = [];
  let gate = Promise.resolve();
  await page.routeWebSocket(/graphql\/ws/, async (socket) => {
    await gate;
    socket.connectToServer();
    sockets.push(socket);
  });
  await page.goto("/");
  await heading(page, "Home");
  await page.getByRole("menuitem", { name: "Partners" }).click();
  await page.getByRole("heading", { level: 1, name: "Partners" }).waitFor();
  await page.waitForLoadState("networkidle");
  assert.equal(sockets.length, 1, "all listen through one socket");
  let mend;
  gate = new Promise((go) => (mend = go));
  await sockets[0].close({ code: 1012 });
  await admin.page.goto("/partners");
  await newPartner(admin.page, "Create", "Ivy", "Ina", "ina@ivy.example");
  mend();
  await page.getByRole("link", { name: "Ivy" }).waitFor();
  assert.deepEqual(wrong, []);
});
