// The two main stories in a browser. Every screen on the way is looked at: axe, light and dark, 375 pixels.
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";

import { look, startBrowser, startHub, visitor } from "./hub.mjs";

let hub, browser, admin, ada, bo;
const found = [];
const PASSWORD = "seven quiet harbours at dawn";

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

/** Looks at a screen; what is wrong is told at the end, all of it. */
const see = async (page, name) => found.push(...(await look(page, name)));

const heading = (page, name) => page.getByRole("heading", { name }).waitFor();
const press = (page, name) => page.getByRole("button", { name, exact: true }).click();

async function setPassword(page, link) {
  await page.goto(link);
  await page.getByLabel("A new password").fill(PASSWORD);
  await press(page, "Set password and go on");
}

async function newPartner(page, way, company, person, email) {
  await page.getByRole("link", { name: way, exact: true }).first().click();
  await page.getByLabel("Company's name").fill(company);
  await page.getByLabel("Primary contact's name").fill(person);
  await page.getByLabel("Primary contact's e-mail").fill(email);
  await press(page, `${way} partner`);
  await heading(page, company);
}

test("the door", async () => {
  const { page } = ada;
  await page.goto("/partners");
  await heading(page, "Log in");
  assert.equal(new URL(page.url()).search, "?next=%2Fpartners");
  await see(page, "log-in");
  await page.getByLabel("E-mail address").fill("nobody@example.com");
  await page.getByLabel(/^Password/).fill("wrong");
  await press(page, "Log in");
  await page.getByRole("alert").waitFor();
  await page.getByRole("link", { name: "Forgot your password?" }).click();
  await see(page, "forgot");
  await page.getByLabel("E-mail address").fill("nobody@example.com");
  await press(page, "Send me a link");
  await page.getByRole("status").waitFor();
  await see(page, "forgot-done");
  await page.goto("/accept#t=pinv_none");
  await heading(page, "This link does not work");
  await see(page, "accept-dead");
  await page.goto("/reset");
  await see(page, "reset-dead");
});

test("the first admin comes in by the printed link", async () => {
  const { page } = admin;
  await page.goto(await hub.printed());
  await page.getByLabel("A new password").fill("too short");
  await press(page, "Set password and go on");
  await page.locator("[aria-invalid=true]").waitFor();
  assert.equal(new URL(page.url()).hash, "", "the token is taken out of the address");
  await page.reload();
  await setPassword(page, page.url());
  await page.getByRole("menuitem", { name: "Partners" }).waitFor();
  await see(page, "home-first");
});

test("partners are created and invited", async () => {
  const { page } = admin;
  await page.getByRole("menuitem", { name: "Partners" }).click();
  await heading(page, "No partners yet");
  await see(page, "partners-empty");
  await page.getByRole("link", { name: "Create", exact: true }).first().click();
  await press(page, "Create partner");
  await page.locator("[aria-invalid=true]").first().waitFor();
  await see(page, "partner-create-refused");
  await page.getByRole("link", { name: "Cancel" }).click();
  await newPartner(page, "Create", "Acme", "Ada Lovelace", "ada@acme.example");
  await see(page, "partner");
  await page.getByRole("menuitem", { name: "Partners" }).click();
  await newPartner(page, "Invite", "Birch", "Bo Birk", "bo@birch.example");
  await page.getByRole("tab", { name: "Activity" }).click();
  await page.getByText("invited Birch").waitFor();
  await see(page, "partner-activity");
  await page.getByRole("tab", { name: "Profile" }).click();
  await see(page, "partner-profile-none");
  await page.getByRole("menuitem", { name: "Partners" }).click();
  await page.getByRole("link", { name: "Birch" }).waitFor();
  await see(page, "partners");
  const [file] = await Promise.all([page.waitForEvent("download"), press(page, "Export")]);
  assert.match(await readFile(await file.path(), "utf8"), /Birch,Pending,Invited,Bo Birk,bo@birch.example,1,0,0,/);
});

test("a created partner comes in, and drafts an integration", async () => {
  const { page } = ada;
  await page.goto(await hub.link("ada@acme.example"));
  await heading(page, "Welcome, Ada Lovelace");
  await see(page, "accept");
  await setPassword(page, page.url());
  await heading(page, "Acme");
  await see(page, "portal-home-first");
  await page.getByRole("link", { name: "Create integration" }).first().click();
  await page.getByLabel("Name").fill("Acme Sync");
  await page.getByLabel("Where it is described").fill("not an address");
  await press(page, "Create draft");
  await page.locator("[aria-invalid=true]").first().waitFor();
  await see(page, "integration-create");
  await page.getByLabel("Where it is described").fill("https://acme.example/sync");
  await press(page, "Create draft");
  await heading(page, "Acme Sync");
  await see(page, "integration-draft");
});

test("an invited partner answers the Partner Form, and is approved", async () => {
  const { page } = bo;
  await setPassword(page, await hub.link("bo@birch.example"));
  await heading(page, "Welcome, Birch");
  await see(page, "partner-form");
  await press(page, "Submit");
  await page.locator("[aria-invalid=true]").first().waitFor();
  await see(page, "partner-form-refused");
  await page.getByLabel("What does your company do?").fill("We count trees.");
  await page.getByText("Your answers are kept. Your colleagues").waitFor();
  await page.reload();
  await heading(page, "Welcome, Birch");
  assert.equal(await page.getByRole("textbox").first().inputValue(), "We count trees.", "nothing is lost on reload");
  // Two write at once: nothing is overwritten unseen.
  const other = await page.context().newPage();
  await other.goto("/welcome");
  await other.getByLabel("Your company's website").fill("https://other.example");
  await other.getByText("Your answers are kept. Your colleagues").waitFor();
  await page.getByLabel("Your company's website").fill("https://mine.example");
  await page.getByText("A colleague has changed").waitFor();
  await see(page, "partner-form-conflict");
  await press(page, "Load theirs");
  await page.waitForFunction(() => [...document.querySelectorAll("input")].some(({ value }) => value === "https://other.example"));
  await other.close();
  await page.goto("/partners");
  await heading(page, "Welcome, Birch");
  await answer(page, { website: "https://birch.example", "many people": "11–50", "like to integrate": "Orders become forests.", technical: "tech@birch.example" });
  await press(page, "Submit");
  await page.getByRole("heading", { name: "Birch", exact: true }).waitFor();
});

/** Fills the fields of a form by a word of their label. */
async function answer(page, answers) {
  for (const [label, value] of Object.entries(answers)) {
    const field = page.getByLabel(new RegExp(label, "i")).first();
    if ((await field.getAttribute("role")) === "combobox") {
      await field.click();
      await page.getByRole("option", { name: value }).click();
    } else {
      await field.fill(value);
    }
  }
}

test("an integration is submitted, published, and installed", async () => {
  const { page } = bo;
  await page.getByRole("link", { name: "Create integration" }).first().click();
  await page.getByLabel("Name").fill("Birch Sync");
  await page.getByLabel("Where it is described").fill("https://birch.example/sync");
  await press(page, "Create draft");
  await heading(page, "Submit for review");
  await press(page, "Submit for review");
  await page.locator("[aria-invalid=true]").first().waitFor();
  await see(page, "integration-submit-refused");
  await answer(page, { "integration do": "Turns orders into trees.", documented: "https://birch.example/docs", "customer data": "Order totals.", "get help": "help@birch.example" });
  await press(page, "Submit for review");
  await page.getByText("This integration waits").waitFor();
  await see(page, "integration-waiting");

  const { page: vendor } = admin;
  await vendor.getByRole("menuitem", { name: "Home" }).click();
  await vendor.getByRole("link", { name: "Birch Sync" }).first().waitFor();
  await see(vendor, "home");
  await vendor.getByRole("menuitem", { name: "Integrations" }).click();
  await vendor.getByRole("heading", { name: "Integrations" }).waitFor();
  await vendor.getByRole("link", { name: "Birch Sync" }).waitFor();
  await see(vendor, "integrations");
  await vendor.getByRole("link", { name: "Birch Sync" }).click();
  await heading(vendor, "Birch Sync");
  await see(vendor, "integration-review");
  // One round of review: sent back with a comment, mended, handed in again.
  await press(vendor, "Request changes");
  await vendor.getByRole("dialog").getByLabel(/^What is to be changed/).fill("Please say what happens when you are down.");
  await vendor.getByRole("dialog").getByLabel("A comment there").fill("Nothing about errors here.");
  await vendor.getByRole("dialog").getByLabel("Beside which field").click();
  await vendor.getByRole("option", { name: "What it does" }).click();
  await see(vendor, "integration-changes");
  await vendor.getByRole("dialog").getByRole("button", { name: "Request changes" }).click();
  await vendor.getByText("Birch Sync is sent back.").waitFor();
  await page.getByText("Please say what happens when you are down.").waitFor();
  await page.getByText("Nothing about errors here.").waitFor();
  await see(page, "integration-sent-back");
  await page.getByRole("button", { name: "Actions: Birch Sync" }).click();
  await page.getByRole("menuitem", { name: "Edit" }).click();
  await page.getByRole("dialog").getByLabel("What it does").fill("Queues orders while it is down.");
  await press(page, "Save");
  await page.getByText("Queues orders while it is down.").waitFor();
  await page.getByRole("listitem").filter({ hasText: "Nothing about errors here." }).getByRole("button", { name: "Done" }).click();
  await press(page, "Submit again");
  await page.getByText("This integration waits").waitFor();
  await vendor.getByText("Queues orders while it is down.").waitFor();
  await press(vendor, "Publish");
  await see(vendor, "integration-publish");
  await vendor.getByRole("dialog").getByRole("button", { name: "Publish" }).click();
  await vendor.getByText("Birch Sync is published.").waitFor();
  // What is live stays as it was approved while a change waits.
  await page.getByRole("button", { name: "Actions: Birch Sync" }).click();
  await page.getByRole("menuitem", { name: "Edit" }).click();
  await page.getByRole("dialog").getByLabel(/^Name/).fill("Birch Sync Pro");
  await press(page, "Save");
  await heading(page, "Changes that wait");
  await heading(page, "Birch Sync");
  await see(page, "integration-revision");
  await page.getByRole("button", { name: "Actions: Birch Sync" }).click();
  await page.getByRole("menuitem", { name: "Withdraw" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Withdraw" }).click();
  await page.getByText("Birch Sync is withdrawn.").waitFor();

  // The partner's page shows it by itself.
  await page.getByRole("button", { name: "Add tenant" }).click();
  await page.getByLabel("Name").fill("Not A Name");
  await page.getByLabel("Configuration").fill("nonsense");
  await page.getByRole("dialog").getByRole("button", { name: "Add tenant" }).click();
  await page.locator("[aria-invalid=true]").first().waitFor();
  await page.getByLabel("Configuration").fill('{"region":"eu"}');
  await page.getByRole("dialog").getByRole("button", { name: "Add tenant" }).click();
  await page.getByText("lower-case", { exact: false }).first().waitFor();
  await see(page, "tenant-create-refused");
  await page.getByLabel("Name").fill("first-customer");
  await page.getByRole("dialog").getByRole("button", { name: "Add tenant" }).click();
  await page.getByRole("link", { name: "first-customer" }).click();
  await heading(page, "first-customer");
  await page.getByRole("button", { name: "Actions: first-customer" }).click();
  await page.getByRole("menuitem", { name: "Edit" }).click();
  await page.getByRole("dialog").getByLabel("Schedule").fill("30 4 * * *");
  await press(page, "Save");
  await page.getByText("Next runs").waitFor();
  await page.getByRole("button", { name: "Actions: first-customer" }).click();
  await page.getByRole("menuitem", { name: "Resume" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Resume" }).click();
  await page.getByText("first-customer is running.").waitFor();
  await see(page, "tenant");
  await page.getByRole("menuitem", { name: "Tenants" }).click();
  await page.getByRole("link", { name: "first-customer" }).waitFor();
  await see(page, "tenants");
  await page.getByRole("menuitem", { name: "Integrations" }).click();
  await page.getByRole("heading", { name: "Integrations" }).waitFor();
  await page.getByRole("link", { name: "Birch Sync" }).waitFor();
  await see(page, "portal-integrations");
  await page.getByRole("menuitem", { name: "Home" }).click();
  await heading(page, "Birch");
  await see(page, "portal-home");
});

test("invitations are sent again, corrected, copied and taken back", async () => {
  const { page } = bo;
  await page.getByRole("menuitem", { name: "Settings" }).click();
  await page.getByRole("heading", { level: 1, name: "Settings" }).waitFor();
  const logo = (bytes) => page.locator("input[type=file]").setInputFiles({ name: "logo.png", mimeType: "image/png", buffer: bytes });
  await logo(Buffer.from("not a picture"));
  await page.getByText("Send a picture as PNG, JPEG or WebP.").waitFor();
  assert.match(bo.wrong.pop() ?? "", /422/, "the browser's own word on it");
  await logo(await page.screenshot({ clip: { x: 0, y: 0, width: 120, height: 40 } }));
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
  await vendor.getByRole("dialog").getByRole("button", { name: "Correct address" }).click();
  await vendor.getByRole("dialog").waitFor({ state: "detached" });
  assert.notEqual(await hub.link("cyd@birch.example"), first);
  await act("Take back");
  await vendor.getByRole("dialog").getByRole("button", { name: "Take back" }).click();
  await vendor.getByRole("dialog").waitFor({ state: "detached" });
});

test("settings, activity and one's own account", async () => {
  const { page } = admin;
  await page.getByRole("menuitem", { name: "Settings" }).click();
  await page.getByLabel("Colour of buttons in letters").fill("blue");
  await press(page, "Save");
  await page.locator("[aria-invalid=true]").waitFor();
  await see(page, "settings-company");
  await page.getByLabel("Colour of buttons in letters").fill("#0f766e");
  await page.getByLabel(/Company’s name/).fill("Northwind");
  await press(page, "Save");
  await page.getByText("Saved").waitFor();
  for (const tab of ["Users", "Notifications", "Letters"]) {
    await page.getByRole("tab", { name: tab }).click();
    await see(page, `settings-${tab.toLowerCase()}`);
  }
  await page.getByRole("menuitem", { name: "Activity" }).click();
  await page.getByText("changed the settings").waitFor();
  await see(page, "activity");
  await page.goto("/account");
  await heading(page, "My account");
  await see(page, "account");
  await page.goto("/tenants/nonsense");
  await heading(page, "Nothing here");
  await see(page, "nothing");
});

test("the vendor asks other questions, and makes an API key", async () => {
  const { page } = admin;
  await page.goto("/settings/partner-form");
  await press(page, "Add question");
  const added = page.getByRole("region", { name: "Question 7" });
  await added.getByLabel("Kind of answer").click();
  await page.getByRole("option", { name: "One of a list" }).click();
  await press(page, "Publish");
  await page.getByRole("dialog").getByRole("button", { name: "Publish" }).click();
  await added.locator("[aria-invalid=true]").first().waitFor();
  await see(page, "form-builder-refused");
  await added.getByRole("textbox", { name: "Question", exact: true }).fill("Where do you sell?");
  await added.getByRole("textbox", { name: "Choices" }).fill("Europe\nAsia");
  await press(page, "Publish");
  await page.getByRole("dialog").getByRole("button", { name: "Publish" }).click();
  await page.getByText("Version 2 is published.").waitFor();
  await page.getByRole("region", { name: "Preview" }).getByText("Where do you sell?").waitFor();
  await page.evaluate(() => scrollTo(0, 0));
  await see(page, "form-builder");

  await page.getByRole("tab", { name: "API keys" }).click();
  await heading(page, "No API keys yet");
  await press(page, "Create key");
  await page.getByLabel("What it is for").fill("Billing export");
  await page.getByLabel("See partners").check();
  await see(page, "key-create");
  await page.getByRole("dialog").getByRole("button", { name: "Create key" }).click();
  const token = await page.getByRole("textbox", { name: "API key" }).inputValue();
  assert.match(token, /^ppat_/);
  await press(page, "Close");
  await page.getByRole("cell", { name: "Billing export" }).waitFor();
  await see(page, "keys");
  await press(page, "Revoke");
  await page.getByRole("dialog").getByRole("button", { name: "Revoke" }).click();
  await page.getByRole("cell", { name: "Revoked" }).waitFor();
});

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

const ANSWERS = { "company do": "We saw wood.", website: "https://fir.example", "many people": "11–50", "like to integrate": "Orders become planks.", technical: "tech@fir.example", sell: "Asia" };

test("a partner is approved by hand, asked for changes first, and suspended", async () => {
  const { page } = admin;
  await page.goto("/settings/company");
  await page.getByLabel("Invited partners that").click();
  await page.getByRole("option", { name: "wait until" }).click();
  await press(page, "Save");
  await page.getByText("Saved").waitFor();
  await page.goto("/partners");
  await newPartner(page, "Invite", "Fir", "Fay", "fay@fir.example");
  const { page: fay, wrong } = await visitor(browser, hub.base);
  await setPassword(fay, await hub.link("fay@fir.example"));
  await heading(fay, "Welcome, Fir");
  await answer(fay, ANSWERS);
  await press(fay, "Submit");
  await heading(fay, "Your answers have arrived");
  await see(fay, "waiting");
  const decide = async (name, reason) => {
    await press(page, name);
    await page.getByRole("dialog").getByRole("textbox").fill(reason);
    if (name === "Request changes") await see(page, "partner-changes");
    await page.getByRole("dialog").getByRole("button", { name }).click();
    await page.getByRole("dialog").waitFor({ state: "detached" }).catch(async () => assert.fail(await page.getByRole("dialog").innerText()));
  };
  await page.getByRole("button", { name: "Request changes" }).waitFor();
  await decide("Request changes", "Which wood?");
  await fay.reload();
  await fay.getByText("Which wood?").waitFor();
  await see(fay, "partner-form-again");
  await answer(fay, ANSWERS);
  await page.getByRole("tab", { name: "Activity" }).click();
  await press(fay, "Submit");
  await heading(fay, "Your answers have arrived");
  // The vendor's page loads itself anew, and then one decides on what it shows.
  await page.getByText("submitted the Partner Form").nth(1).waitFor();
  await decide("Approve", "");
  await page.getByText("Approved", { exact: true }).first().waitFor();
  await fay.goto("/log-in");
  await fay.getByLabel("E-mail address").fill("fay@fir.example");
  await fay.getByLabel(/^Password/).fill(PASSWORD);
  await press(fay, "Log in");
  await fay.getByRole("heading", { name: "Fir", exact: true }).waitFor();
  await decide("Suspend", "The wood is wet.");
  await page.getByText("Reason: The wood is wet.").waitFor();
  await see(page, "partner-suspended");
  await fay.getByRole("menuitem", { name: "Tenants" }).click();
  await heading(fay, "Log in");
  await press(page, "Edit");
  await page.getByLabel("Labels").fill("wood, north");
  await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
  await page.getByText("wood, north").waitFor();
  await page.goto("/partners");
  await page.getByRole("tab", { name: "Suspended" }).click();
  await page.getByRole("link", { name: "Fir" }).waitFor();
  await page.getByRole("link", { name: "Acme" }).waitFor({ state: "detached" });
  await page.getByRole("tab", { name: "All" }).click();
  await page.getByLabel("Search").fill("birch");
  await page.getByRole("link", { name: "Acme" }).waitFor({ state: "detached" });
  await page.getByRole("link", { name: "Birch" }).waitFor();
  await see(page, "partners-found");
  assert.deepEqual(wrong, []);
});

test("each role sees what it may, and nothing else", async () => {
  const { page } = admin;
  await page.goto("/settings/users");
  await press(page, "Add user");
  await page.getByLabel("Name").fill("Vera");
  await page.getByLabel("E-mail address").fill("vera@northwind.example");
  await page.getByRole("dialog").getByRole("button", { name: "Add user" }).click();
  await page.getByText("vera@northwind.example", { exact: true }).waitFor();
  const vera = await visitor(browser, hub.base);
  await setPassword(vera.page, await hub.link("vera@northwind.example"));
  await vera.page.getByRole("menuitem", { name: "Partners" }).click();
  await vera.page.getByRole("link", { name: "Acme" }).click();
  await heading(vera.page, "Acme");
  for (const name of ["Add user", /^Actions/]) assert.equal(await vera.page.getByRole("button", { name }).count(), 0);
  await vera.page.getByRole("menuitem", { name: "Partners" }).click();
  await heading(vera.page, "Partners");
  assert.equal(await vera.page.getByRole("link", { name: "Create" }).count(), 0, "staff members read");
  await vera.page.getByRole("menuitem", { name: "Settings" }).click();
  await vera.page.getByRole("tab", { name: "Users" }).waitFor();
  assert.equal(await vera.page.getByRole("tab").count(), 2, "no notifications, no letters");

  await bo.page.goto("/settings/users");
  await press(bo.page, "Add user");
  await bo.page.getByLabel("Name").fill("Dov");
  await bo.page.getByLabel("E-mail address").fill("dov@birch.example");
  await bo.page.getByRole("dialog").getByRole("button", { name: "Add user" }).click();
  await bo.page.getByText("dov@birch.example", { exact: true }).waitFor();
  const dov = await visitor(browser, hub.base);
  await setPassword(dov.page, await hub.link("dov@birch.example"));
  await heading(dov.page, "Birch");
  assert.equal(await dov.page.getByRole("menuitem", { name: "Partners" }).count(), 0);
  await dov.page.goto("/settings/users");
  await dov.page.getByText("dov@birch.example").waitFor();
  for (const name of ["Add user", /^Actions/]) assert.equal(await dov.page.getByRole("button", { name }).count(), 0);
  await page.goto("/partners");
  await page.getByRole("link", { name: "Acme" }).click();
  await heading(page, "Acme");
  await dov.page.goto(page.url());
  await heading(dov.page, "Nothing here");
  for (const { wrong } of [vera, dov]) assert.deepEqual(wrong, []);
});

test("pages are light, and ask little", async () => {
  const { page, context } = await visitor(browser, hub.base);
  const loaded = async (address, title) => {
    await page.goto(address);
    await heading(page, title);
    return page.evaluate(() => performance.getEntriesByType("resource").filter(({ name }) => name.includes("/assets/")).reduce((all, { encodedBodySize }) => all + encodedBodySize, 0));
  };
  const door = await loaded("/accept#t=pinv_none", "This link does not work");
  assert.ok(door > 10_000 && door < 350_000, `the door weighs ${door} bytes`);
  await context.addCookies(await admin.context.cookies());
  const inside = await loaded("/partners", "Partners");
  assert.ok(inside < 350_000, `the list of partners weighs ${inside} bytes`);
  let asked = 0;
  page.on("request", (request) => (asked += new URL(request.url()).pathname === "/graphql" ? 1 : 0));
  for (const [address, title] of [["/", "Home"], ["/partners", "Partners"], ["/invitations", "Invitations"], ["/settings", "Settings"], ["/account", "My account"]]) {
    asked = 0;
    await page.goto(address);
    await heading(page, title);
    await page.waitForLoadState("networkidle");
    assert.ok(asked <= 2, `${address} asks ${asked} times`);
  }
});

test("log out, and in again by a new password", async () => {
  const { page } = ada;
  await page.goto("/account");
  await press(page, "Ada Lovelace");
  await page.getByRole("menuitem", { name: "Log out" }).click();
  await heading(page, "Log in");
  await page.goto("/forgot");
  await page.getByLabel("E-mail address").fill("ada@acme.example");
  await press(page, "Send me a link");
  await page.goto(await hub.link("ada@acme.example", "reset"));
  await page.getByLabel("A new password").fill("an entirely other harbour");
  await see(page, "reset");
  await press(page, "Set password");
  await page.getByRole("link", { name: "Log in with it" }).click();
  await page.getByLabel("E-mail address").fill("ada@acme.example");
  await page.getByLabel(/^Password/).fill("an entirely other harbour");
  await press(page, "Log in");
  await heading(page, "Acme");
});

test("a second factor is set up, asked for, and switched off", async () => {
  const { page } = ada;
  await page.goto("/account");
  await press(page, "Set up a second factor");
  await page.getByRole("img", { name: "The secret as a QR code" }).waitFor();
  const secret = (await page.getByText(/^([A-Z2-7]{4} ){7}[A-Z2-7]{4}$/).textContent()).replaceAll(" ", "");
  await see(page, "second-factor");
  await page.getByLabel(/^Then enter the code/).fill("000000");
  await press(page, "Switch on");
  await page.getByText(/^This is not the code/).waitFor();
  await page.getByLabel(/^Then enter the code/).fill(totp(secret));
  await press(page, "Switch on");
  await heading(page, "Your recovery codes");
  await see(page, "recovery-codes");
  const codes = await page.getByRole("list", { name: "Recovery codes" }).getByRole("listitem").allTextContents();
  assert.equal(codes.length, 10);
  await press(page, "I have kept them");
  await page.getByText("Logging in takes a code of your authenticator beside the password.").waitFor();
  await press(page, "Ada Lovelace");
  await page.getByRole("menuitem", { name: "Log out" }).click();
  await page.getByLabel("E-mail address").fill("ada@acme.example");
  await page.getByLabel(/^Password/).fill("an entirely other harbour");
  await press(page, "Log in");
  await heading(page, "One more step");
  await see(page, "second-step");
  await page.getByLabel("Code").fill("nonsense");
  await press(page, "Log in");
  await page.getByText(/^This code does not work/).waitFor();
  await page.getByLabel("Code").fill(codes[0]);
  await press(page, "Log in");
  await heading(page, "Acme");
  await page.goto("/account");
  await press(page, "Switch off");
  await page.getByRole("dialog").getByLabel(/^Password/).fill("an entirely other harbour");
  await page.getByRole("dialog").getByRole("button", { name: "Switch off" }).click();
  await page.getByText("Logging in takes your password alone.", { exact: false }).waitFor();
});

/** What an authenticator with this secret shows now (RFC 6238). */
function totp(secret) {
  const bits = [...secret].map((letter) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const mac = createHmac("sha1", key).update(step).digest();
  const number = mac.readUInt32BE(mac.at(-1) & 15) & 0x7fffffff;
  return String(number % 1_000_000).padStart(6, "0");
}

test("nothing is wrong on any screen", () => {
  assert.deepEqual(found, []);
  for (const { wrong } of [admin, ada, bo]) assert.deepEqual(wrong, []);
});
