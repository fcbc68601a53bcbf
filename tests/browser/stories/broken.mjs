// A room whose files do not come, as after a break of the line or when the hub has been renewed.
import { test } from "node:test";

import { visitor } from "../hub.mjs";
import { heading, press } from "../steps.mjs";
import { admin, browser, hub, see } from "../world.mjs";

test("a room that does not come says so, and is there once it is loaded again", async () => {
  // What the browser itself says in its console of files that do not come is no fault of the page.
  const { page, context } = await visitor(browser, hub.base);
  await context.addCookies(await admin.context.cookies());
  const room = /\/assets\/TenantList-/;
  await page.route(room, (route) => route.abort());
  await page.goto("/");
  await heading(page, "Home");
  await page.getByRole("menuitem", { name: "Tenants" }).click();
  await heading(page, "This page could not be shown");
  await see(page, "broken");
  await page.unroute(room);
  await press(page, "Load it again");
  await page.getByRole("heading", { level: 1, name: "Tenants", exact: true }).waitFor();
});
