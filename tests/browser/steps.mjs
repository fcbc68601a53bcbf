// What people do again and again.
import { createHmac } from "node:crypto";

export const PASSWORD = "seven quiet harbours at dawn";

export const heading = (page, name) => page.getByRole("heading", { name }).waitFor();
export const press = (page, name) => page.getByRole("button", { name, exact: true }).click();

export async function setPassword(page, link) {
  await page.goto(link);
  await page.getByLabel("A new password").fill(PASSWORD);
  await press(page, "Set password and go on");
}

export async function logIn(page, email, password = PASSWORD) {
  await page.getByLabel("E-mail address").fill(email);
  await page.getByLabel(/^Password/).fill(password);
  await press(page, "Log in");
}

/** Adds a colleague on a page with a table of users. */
export async function addUser(page, name, email, { says } = {}) {
  await press(page, "Add user");
  if (says) await page.getByRole("dialog").getByText(says, { exact: false }).waitFor();
  await page.getByLabel("Name").fill(name);
  await page.getByLabel("E-mail address").fill(email);
  await page.getByRole("dialog").getByRole("button", { name: "Add user" }).click();
  await page.getByText(email, { exact: true }).waitFor();
}

/** Does what the menu of one row offers, and says yes where it is asked. */
export async function act(page, name, action, { asked = true } = {}) {
  await page.getByRole("button", { name: `Actions: ${name}` }).click();
  await page.getByRole("menuitem", { name: action, exact: true }).click();
  if (!asked) return;
  await page.getByRole("dialog").getByRole("button", { name: action, exact: true }).click();
  await page.getByRole("dialog").waitFor({ state: "detached" });
}

/** Sets a second factor up on a page that offers it; answers its secret and its recovery codes. */
export async function secondFactor(page) {
  await press(page, "Set up a second factor");
  const secret = (await page.getByText(/^([A-Z2-7]{4} ){7}[A-Z2-7]{4}$/).textContent()).replaceAll(" ", "");
  await page.getByLabel(/^Then enter the code/).fill(totp(secret));
  await press(page, "Switch on");
  await heading(page, "Your recovery codes");
  const codes = await page.getByRole("list", { name: "Recovery codes" }).getByRole("listitem").allTextContents();
  await press(page, "I have kept them");
  return { secret, codes };
}

/** Asks the graph as whoever is logged in there: what a story needs before it begins. */
export async function ask(page, query, variables = {}) {
  const { data, errors } = await page.evaluate(async (body) => {
    const headers = { "content-type": "application/json", accept: "application/json", "x-partner-csrf": "1" };
    return (await fetch("/graphql", { method: "POST", headers, body: JSON.stringify(body) })).json();
  }, { query, variables });
  if (errors) throw new Error(JSON.stringify(errors));
  return data;
}

/** A partner that comes in at once, made without a page; answers its id. */
export async function madePartner(page, name, person, email) {
  const query = "mutation($i: CreatePartnerInput!) { createPartner(input: $i) { partner { id } userErrors { message } } }";
  const { createPartner } = await ask(page, query, { i: { name, primaryContact: { name: person, email } } });
  if (!createPartner.partner) throw new Error(JSON.stringify(createPartner.userErrors));
  return createPartner.partner.id;
}

/** Somebody of an organisation, invited without a page. */
export async function madeUser(page, organizationId, name, email, role = "MEMBER") {
  const query = "mutation($i: InviteUserInput!) { inviteUser(input: $i) { user { id } userErrors { message } } }";
  const { inviteUser } = await ask(page, query, { i: { organizationId, name, email, role } });
  if (!inviteUser.user) throw new Error(JSON.stringify(inviteUser.userErrors));
}

export async function newPartner(page, way, company, person, email, { website } = {}) {
  await page.getByRole("link", { name: way, exact: true }).first().click();
  await page.getByLabel("Company's name").fill(company);
  await page.getByLabel("Primary contact's name").fill(person);
  await page.getByLabel("Primary contact's e-mail").fill(email);
  if (website) await page.getByLabel("Website").fill(website);
  await press(page, `${way} partner`);
  await heading(page, company);
}

/** A company's logo, drawn by the browser: a mark and its name, 120 by 40. */
export async function drawn(page, name, colour) {
  const url = await page.evaluate(([text, fill]) => {
    const canvas = Object.assign(document.createElement("canvas"), { width: 120, height: 40 });
    const pen = canvas.getContext("2d");
    pen.fillStyle = fill;
    pen.arc(20, 20, 14, 0, 7);
    pen.fill();
    pen.font = "bold 15px sans-serif";
    pen.fillText(text, 40, 25, 78);
    return canvas.toDataURL("image/png");
  }, [name, colour]);
  return Buffer.from(url.split(",")[1], "base64");
}

/** Chooses from the menu of a row or of a page. */
export async function choose(page, of, name) {
  await page.getByRole("button", { name: `Actions: ${of}`, exact: true }).click();
  await page.getByRole("menuitem", { name, exact: true }).click();
}

/** Fills the fields of a form by a word of their label. */
export async function answer(page, answers) {
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

/** What an authenticator with this secret shows now (RFC 6238). */
export function totp(secret) {
  const bits = [...secret].map((letter) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const mac = createHmac("sha1", key).update(step).digest();
  const number = mac.readUInt32BE(mac.at(-1) & 15) & 0x7fffffff;
  return String(number % 1_000_000).padStart(6, "0");
}
