// Lists that are longer than a page, and that are narrowed from elsewhere.
import assert from "node:assert/strict";
import { test } from "node:test";

import { ask, heading, madePartner, madeUser } from "../steps.mjs";
import { admin, see } from "../world.mjs";

const names = (page) => page.getByRole("main").getByRole("table").getByRole("link").allTextContents();

test("a long list is ordered, paged, deep-linked, and shows what comes in", async () => {
  const { page } = admin;
  await page.goto("/");
  const rows = Array.from({ length: 30 }, (_, at) => ({
    name: `Zelkova ${String(at + 1).padStart(2, "0")}`, primaryContact: { name: `Person ${at + 1}`, email: `person${at + 1}@zelkova.example` },
  }));
  await ask(page, "mutation($r: [InvitePartnerRow!]!) { bulkInvitePartners(input: { rows: $r }) { acceptedCount } }", { r: rows });
  await page.goto(`/partners?filter=${encodeURIComponent('{"q":"zelkova"}')}`);
  await page.getByText("30 partners").waitFor();
  await page.getByRole("columnheader", { name: "Name" }).getByRole("button").click();
  await page.getByRole("link", { name: "Zelkova 01", exact: true }).waitFor();
  assert.equal((await names(page)).length, 25);
  await page.getByRole("button", { name: "Next page" }).click();
  await page.getByText("26–30 of 30").waitFor();
  await page.getByRole("link", { name: "Zelkova 26", exact: true }).waitFor();
  await see(page, "partners-paged");
  // The address says it all: a reload is where one was.
  await page.reload();
  await page.getByRole("link", { name: "Zelkova 30", exact: true }).waitFor();
  await page.getByRole("columnheader", { name: "Name" }).getByRole("button").click();
  await page.waitForFunction(() => document.querySelector("main table tbody a")?.textContent === "Zelkova 30");
  await madePartner(page, "Zelkova 99", "Zoe", "zoe@zelkova.example");
  await page.getByRole("link", { name: "Zelkova 99", exact: true }).waitFor();
});

test("what stands above a list stays where it is when its rows come", async () => {
  const { page } = admin;
  const wide = page.viewportSize();
  for (const size of [wide, { width: 375, height: 740 }]) {
    await page.setViewportSize(size);
    for (const room of ["partners", "tenants"]) {
      let come;
      const gate = new Promise((go) => (come = go));
      await page.route("**/graphql", async (route) => {
        if (route.request().postData()?.includes("page:")) await gate;
        await route.continue();
      });
      await page.goto(`/${room}`);
      const at = async (thing) => (await thing.boundingBox()).y;
      const above = [page.getByRole("main").getByRole("button", { name: "Export" }), page.getByRole("tab").first(), page.getByLabel(/^Search/)];
      const coming = page.getByRole("main").getByRole("progressbar");
      await Promise.all([...above, coming].map((thing) => thing.waitFor()));
      const before = await Promise.all([...above, coming].map(at));
      come();
      const rows = page.getByRole("main").locator("table, ul:not([role=menu])").first();
      await rows.waitFor();
      assert.deepEqual(await Promise.all([...above, rows].map(at)), before, `${room}, ${size.width}`);
      await page.unroute("**/graphql");
    }
  }
  await page.setViewportSize(wide);
});

test("the activity is narrowed to a kind, and to one partner", async () => {
  const { page } = admin;
  await page.goto("/");
  const id = await madePartner(page, "Yew", "Yan", "yan@yew.example");
  await page.goto(`/activity?filter=${encodeURIComponent(JSON.stringify({ partnerId: id }))}`);
  await page.getByText("Only of Yew").waitFor();
  await see(page, "activity-partner");
  await page.getByRole("tab", { name: "Partners" }).click();
  await page.getByText("created Yew").waitFor();
  await page.getByText("1 event", { exact: true }).waitFor();
  await page.getByRole("button", { name: "Only of Yew" }).press("Delete");
  await page.getByText("Only of Yew").waitFor({ state: "detached" });
  await heading(page, "Activity");
});

test("a company of many people is paged", async () => {
  const { page } = admin;
  await page.goto("/");
  const id = await madePartner(page, "Sequoia", "Sam", "sam@sequoia.example");
  for (let at = 1; at <= 54; at += 1) await madeUser(page, id, `Person ${at}`, `person${at}@sequoia.example`);
  await page.goto(`/partners/${encodeURIComponent(id)}`);
  await page.getByText("1–50 of 55").waitFor();
  await page.getByRole("button", { name: "Next page" }).click();
  await page.getByText("51–55 of 55").waitFor();
  await page.getByText("person54@sequoia.example", { exact: true }).waitFor();
  // The state of each one's invitation stands beside it on every page.
  assert.equal(await page.getByRole("row").filter({ hasText: "@sequoia.example" }).getByText("Waiting").count(), 5);
  await page.reload();
  await page.getByText("51–55 of 55").waitFor();
  await see(page, "partner-users-paged");
});
