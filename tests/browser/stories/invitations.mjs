// What can be done with an invitation that waits.
import assert from "node:assert/strict";
import { test } from "node:test";

import { drawn, press } from "../steps.mjs";
import { admin, bo, hub, see } from "../world.mjs";

test("invitations are sent again, corrected, copied and revoked", async () => {
  const { page } = bo;
  await page.getByRole("menuitem", { name: "Settings" }).click();
  await page.getByRole("heading", { level: 1, name: "Settings" }).waitFor();
  const logo = (bytes) => page.locator("input[type=file]").setInputFiles({ name: "logo.png", mimeType: "image/png", buffer: bytes });
  await logo(Buffer.from("not a picture"));
  await page.getByText("Send a picture as PNG, JPEG or WebP.").waitFor();
  assert.match(bo.wrong.pop() ?? "", /422/, "the browser's own word on it");
  await logo(await drawn(page, "Birch", "#166534"));
  await page.getByText("The logo is changed.").waitFor();
  const shown = page.getByRole("img", { name: "The logo of Birch" });
  assert.equal(await shown.evaluate((image) => image.decode().then(() => image.naturalWidth)), 120, "it is shown");
  await see(page, "portal-company");
  await page.getByRole("tab", { name: "Users" }).click();
  await press(page, "Add user");
  await page.getByLabel("Name").fill("Cy");
  await page.getByLabel("E-mail address").fill("cy@birch.example");
  await see(page, "user-add");
  await page.getByRole("dialog").getByRole("button", { name: "Add user" }).click();
  await page.getByText("cy@birch.example", { exact: true }).waitFor();
  const first = await hub.link("cy@birch.example");
  const { page: vendor } = admin;
  await vendor.getByRole("menuitem", { name: "Invitations" }).click();
  await vendor.getByText("cy@birch.example").waitFor();
  await see(vendor, "invitations");
  const act = async (name) => {
    await vendor.getByRole("button", { name: /^Actions: c/ }).click();
    await vendor.getByRole("menuitem", { name, exact: true }).click();
  };
  await act("Copy link");
  assert.equal(await vendor.getByRole("textbox", { name: "The invitation's link" }).inputValue(), first, "the letter's own link");
  await see(vendor, "invitation-copy");
  await press(vendor, "Close");
  await act("Correct address");
  await vendor.getByLabel("E-mail address").fill("cyd@birch.example");
  await see(vendor, "invitation-correct");
  await vendor.getByRole("dialog").getByRole("button", { name: "Correct address" }).click();
  await vendor.getByRole("dialog").waitFor({ state: "detached" });
  assert.notEqual(await hub.link("cyd@birch.example"), first);
  await act("Revoke");
  await vendor.getByRole("dialog").getByRole("button", { name: "Revoke" }).click();
  await vendor.getByRole("dialog").waitFor({ state: "detached" });
});
