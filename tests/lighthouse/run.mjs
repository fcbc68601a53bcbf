// Lighthouse on two pages of a hub with 10,000 partners: where an invitation is accepted, and the list of partners.
//   make lighthouse    prints a table for docs/PERFORMANCE.md; HUB_BINARY names another program, CHROMIUM another browser
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { launch } from "chrome-launcher";
import lighthouse, { desktopConfig } from "lighthouse";

const root = new URL("../..", import.meta.url).pathname;
const binary = process.env.HUB_BINARY ?? join(root, "target/release/partner-hub");
const partners = process.env.PARTNERS ?? "10000";
const WAYS = { desktop: desktopConfig, mobile: undefined };
const KINDS = ["performance", "accessibility", "best-practices"];

const server = createServer().listen(0, "127.0.0.1");
await once(server, "listening");
const { port } = server.address();
await new Promise((closed) => server.close(closed));
const base = `http://127.0.0.1:${port}`;
const folder = await mkdtemp(join(tmpdir(), "hub-lighthouse."));
const env = { ...process.env, LISTEN: `127.0.0.1:${port}`, PUBLIC_URL: base, DATA_DIR: folder, DATABASE_URL: `sqlite://${folder}/hub.db` };

const demo = spawn(binary, ["demo", "--partners", partners], { cwd: folder, env, stdio: ["ignore", "pipe", "inherit"] });
let said = "";
demo.stdout.on("data", (text) => (said += text));
const [code] = await once(demo, "exit");
if (code !== 0) throw new Error(`The demonstration ended with ${code}: ${said}`);
const email = said.match(/[\w.+-]+@[\w.-]+/)[0];
const password = said.match(/password\W+(.+?)[.\s]*$/im)[1];

const hub = spawn(binary, [], { cwd: folder, env, stdio: "ignore" });
const chrome = await launch({
  ...(process.env.CHROMIUM ? { chromePath: process.env.CHROMIUM } : {}),
  chromeFlags: ["--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"],
});
try {
  while (!(await fetch(`${base}/health`).catch(() => undefined))?.ok) await new Promise((later) => setTimeout(later, 50));
  let cookie = "";
  const ask = async (query, variables) => {
    const headers = { "content-type": "application/json", accept: "application/json", "x-partner-csrf": "1", origin: base, cookie };
    const answer = await fetch(`${base}/graphql`, { method: "POST", headers, body: JSON.stringify({ query, variables }) });
    cookie ||= answer.headers.getSetCookie().map((each) => each.split(";")[0]).join("; ");
    const { data, errors } = await answer.json();
    if (errors) throw new Error(JSON.stringify(errors));
    return data;
  };
  await ask("mutation($e: EmailAddress!, $p: Secret!) { login(input: { email: $e, password: $p, setCookie: true }) { userErrors { message } } }", { e: email, p: password });
  const { invitePartner } = await ask("mutation($i: InvitePartnerInput!) { invitePartner(input: $i) { partner { invitations { nodes { id } } } userErrors { message } } }", {
    i: { name: "Acme", primaryContact: { name: "Ada Lovelace", email: "ada@acme.example" } },
  });
  const [{ id }] = invitePartner.partner.invitations.nodes;
  const { createInvitationLink } = await ask("mutation($id: ID!) { createInvitationLink(input: { id: $id }) { link userErrors { message } } }", { id });

  console.log(`| Page | Way | ${KINDS.join(" | ")} | first paint, s | largest paint, s | blocked, ms | shifts |\n| --- | --- | --- | --- | --- | --- | --- | --- | --- |`);
  let low = false;
  for (const [page, url, headers] of [["accept", createInvitationLink.link, {}], [`list of ${Number(partners).toLocaleString("en")} partners`, `${base}/partners`, { Cookie: cookie }]]) {
    for (const [way, config] of Object.entries(WAYS)) {
      const look = async () => (await lighthouse(url, { port: chrome.port, onlyCategories: KINDS, extraHeaders: headers, logLevel: "error" }, config)).lhr;
      let lhr = await look();
      // A busy machine now and then records nothing.
      if (lhr.runtimeError) lhr = await look();
      if (lhr.runtimeError) throw new Error(lhr.runtimeError.message);
      const scores = KINDS.map((kind) => Math.round(lhr.categories[kind].score * 100));
      const took = (audit, unit = 1) => (lhr.audits[audit].numericValue / unit).toFixed(unit === 1000 ? 1 : 0);
      console.log(`| ${page} | ${way} | ${scores.join(" | ")} | ${took("first-contentful-paint", 1000)} | ${took("largest-contentful-paint", 1000)} | ${took("total-blocking-time")} | ${lhr.audits["cumulative-layout-shift"].numericValue.toFixed(3)} |`);
      low ||= scores[1] < 95 || scores[2] < 95;
      for (const kind of KINDS.slice(1)) {
        for (const { id: audit } of lhr.categories[kind].auditRefs) {
          const { score, title } = lhr.audits[audit];
          if (score !== null && score < 1) console.error(`${page}, ${way}, ${kind}: ${title}`);
        }
      }
    }
  }
  // Speed depends on the machine; the other two do not.
  if (low) process.exitCode = 1;
} finally {
  chrome.kill();
  hub.kill("SIGTERM");
  await once(hub, "exit");
  await rm(folder, { recursive: true, force: true });
}
