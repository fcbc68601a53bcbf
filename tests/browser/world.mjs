// The hub, the browser and the people of all stories. They are there once the first test begins.
import { after, before } from "node:test";

import { look, startBrowser, startHub, visitor } from "./hub.mjs";

export let hub, browser, admin, ada, bo;

before(async () => {
  hub = await startHub();
  browser = await startBrowser();
  admin = await visitor(browser, hub.base);
  ada = await visitor(browser, hub.base);
  bo = await visitor(browser, hub.base);
});
after(async () => {
  await browser?.close();
  await hub?.stop();
});

/** What was wrong on any screen. */
export const found = [];

/** Looks at a screen; what is wrong is told at the end, all of it. */
export const see = async (page, name) => found.push(...(await look(page, name)));
