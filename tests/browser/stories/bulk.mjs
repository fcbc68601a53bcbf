// Many partners and many tenants at once.
import { readFile } from "node:fs/promises";
import { test } from "node:test";

import { heading, press } from "../steps.mjs";
import { admin, bo, see } from "../world.mjs";

const choose = (page, csv) => page.locator("input[type=file]").setInputFiles({ name: "rows.csv", mimeType: "text/csv", buffer: Buffer.from(csv) });

test("many partners are invited from a CSV", async () => {
  const { page } = admin;
  await page.goto("/partners");
  await page.getByRole("link", { name: "Invite many" }).click();
  const csv = "Company;Name;Email\nCedar;Cora;cora@cedar.example\nDate;Dan;not an address\nElm;Eve;bo@birch.example\n";
  await choose(page, csv);
  await heading(page, "1 row in order, 2 to mend.");
  await see(page, "bulk");
  await press(page, "Invite 1 partner");
  // What was left out, and why, stays to be read.
  await heading(page, "2 rows left out");
  await page.getByRole("cell", { name: "Dan, not an address" }).waitFor();
  await see(page, "bulk-left");
  await page.getByRole("link", { name: "See all partners" }).click();
  await page.getByRole("link", { name: "Cedar" }).waitFor();
});

test("many tenants are added from a CSV, by their partner and by the vendor", async () => {
  const { page } = bo;
  await page.goto("/tenants");
  await page.getByRole("link", { name: "Add many" }).click();
  // Of the only integration that there is, unless a row names one.
  const rows = ["north,C-1,,", 'south,,birch sync,"{""region"": ""eu""}"', "First Customer,,,", "first-customer,,,", "east,,Nowhere Sync,", "west,,,[1]"];
  await choose(page, ["Name,Customer reference,Integration,Configuration", ...rows].join("\n"));
  await heading(page, "2 rows in order, 4 to mend.");
  for (const wrong of ["No published integration is called Nowhere Sync.", "The configuration is not a JSON object.", "The integration already has a tenant of this name."]) await page.getByText(wrong).waitFor();
  await see(page, "tenant-bulk");
  await press(page, "Add 2 tenants");
  await page.getByText("2 tenants are added.").first().waitFor();
  await heading(page, "4 rows left out");
  await page.getByRole("link", { name: "See all tenants" }).click();
  await page.getByRole("link", { name: "south" }).waitFor();

  // What is exported can be brought again.
  const { page: vendor } = admin;
  await vendor.goto(`/tenants?filter=${encodeURIComponent('{"q":"north"}')}`);
  await vendor.getByRole("link", { name: "north" }).waitFor();
  const [file] = await Promise.all([vendor.waitForEvent("download"), press(vendor, "Export")]);
  const exported = await readFile(await file.path(), "utf8");
  await vendor.getByRole("link", { name: "Add many" }).click();
  await choose(vendor, exported);
  await heading(vendor, "0 rows in order, 1 to mend.");
  await choose(vendor, exported.replace("north", "north-2"));
  await heading(vendor, "1 row in order, 0 to mend.");
  await press(vendor, "Add 1 tenant");
  await vendor.getByText("1 tenant is added.").waitFor();
  await vendor.getByRole("link", { name: "north-2" }).waitFor();
});
