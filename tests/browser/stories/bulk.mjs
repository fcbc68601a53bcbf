// Many partners at once.
import { test } from "node:test";

import { heading, press } from "../steps.mjs";
import { admin, see } from "../world.mjs";

test("many partners are invited from a CSV", async () => {
  const { page } = admin;
  await page.goto("/partners");
  await page.getByRole("link", { name: "Invite many" }).click();
  const csv = "Company;Name;Email\nCedar;Cora;cora@cedar.example\nDate;Dan;not an address\nElm;Eve;bo@birch.example\n";
  await page.locator("input[type=file]").setInputFiles({ name: "partners.csv", mimeType: "text/csv", buffer: Buffer.from(csv) });
  await heading(page, "1 row in order, 2 to mend.");
  await see(page, "bulk");
  await press(page, "Invite 1 partner");
  await page.getByRole("link", { name: "Cedar" }).waitFor();
});
