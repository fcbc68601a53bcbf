// One hub with an empty database, a browser with pages that may not break any rule, and what is asked of every screen.
import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createRequire } from "node:module";

import { chromium } from "playwright-core";

import { linkIn, startReceiver } from "./letters.mjs";

const root = new URL("../..", import.meta.url).pathname;
const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
/** Where pictures go; none are taken without it. */
const pictures = process.env.SCREENS;
/** Screens of which there are pictures in the dark and on a small telephone too. */
const ALL_WAYS = ["accept", "home", "partner", "partner-form", "partners", "integration-review"];

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((ready) => server.once("listening", ready));
  const { port } = server.address();
  await new Promise((closed) => server.close(closed));
  return port;
}

/** Starts the hub on a database of its own: SQLite, or what DATABASE_URL names. Its letters go over SMTP. */
export async function startHub() {
  const folder = await mkdtemp(join(tmpdir(), "hub-browser."));
  const port = await freePort();
  const receiver = await startReceiver();
  const base = `http://127.0.0.1:${port}`;
  const binary = process.env.HUB_BINARY ?? join(root, "target/debug/partner-hub");
  const env = {
    ...process.env,
    LISTEN: `127.0.0.1:${port}`,
    PUBLIC_URL: base,
    DATA_DIR: folder,
    SMTP_URL: receiver.url,
    // One machine, and faster than people are.
    LIMIT_REQUESTS_A_MINUTE: "1000000",
    LIMIT_STRANGERS_A_MINUTE: "1000000",
    LIMIT_INVITATIONS_AN_HOUR: "1000000",
    LIMIT_INVITATIONS_A_DAY: "1000000",
    DATABASE_URL: process.env.DATABASE_URL ?? `sqlite://${folder}/hub.db`,
  };
  const child = spawn(binary, [], { cwd: folder, env, stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  child.stdout.on("data", (text) => (said += text));
  child.stderr.on("data", (text) => (said += text));
  await until("the hub answers", async () => {
    if (child.exitCode !== null) throw new Error(`The hub ended: ${said}`);
    return (await fetch(`${base}/health`).catch(() => undefined))?.ok;
  });
  return {
    base,
    /** Where its rows are. */
    database: env.DATABASE_URL,
    /** The link that was printed for the first admin. */
    printed: () => until("a link is printed", () => said.match(/https?:\/\/\S+\/accept#t=[\w-]+/)?.[0]),
    /** The newest link in a letter to an address, other than those seen before. */
    link: (to, path = "accept", seen = []) =>
      until(`a letter to ${to}`, () => receiver.to(to).map((letter) => linkIn(letter, path)).find((link) => link && !seen.includes(link))),
    /** The newest letter to an address with these words in its subject. */
    letter: (to, subject) => until(`“${subject}” to ${to}`, () => receiver.to(to).find((letter) => letter.subject.includes(subject))),
    async stop() {
      child.kill("SIGTERM");
      await new Promise((ended) => (child.exitCode === null ? child.once("exit", ended) : ended()));
      await receiver.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Asks again until there is an answer. */
export async function until(what, ask, patience = 30_000) {
  for (const end = Date.now() + patience; Date.now() < end; ) {
    const answer = await ask();
    if (answer) return answer;
    await new Promise((later) => setTimeout(later, 50));
  }
  throw new Error(`In vain: ${what}`);
}

export async function startBrowser() {
  const quiet = ["--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
  const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
  return chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu", ...quiet] });
}

/** What the screen that a page shows has asked of the graph, by name. */
const questions = new WeakMap();

function listen(page) {
  const asked = new Set();
  questions.set(page, asked);
  page.on("framenavigated", (frame) => frame === page.mainFrame() && asked.clear());
  page.on("request", (request) => {
    if (new URL(request.url()).pathname !== "/graphql") return;
    const [, name] = /\bquery (\w+)/.exec(request.postDataJSON()?.query ?? "") ?? [];
    if (name) asked.add(name);
  });
}

/** Somebody with a browser of their own. What breaks the content policy, or is said in the console, is kept in `wrong`. */
export async function visitor(browser, base, { timezoneId = "UTC" } = {}) {
  const context = await browser.newContext({ baseURL: base, viewport: { width: 1280, height: 800 }, locale: "en-GB", timezoneId });
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  const wrong = [];
  listen(page);
  page.on("console", (message) => {
    if (message.type() === "error") wrong.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => wrong.push(`page: ${error.message}`));
  page.on("request", (request) => {
    if (!request.url().startsWith(base) && !/^(blob|data):/.test(request.url())) wrong.push(`another host: ${request.url()}`);
  });
  return { context, page, wrong };
}

/** Every screen: no axe violation in light and dark, nothing wider than a small telephone, and a picture. */
export async function look(page, name) {
  await page.locator("h1").first().waitFor();
  const asked = [...(questions.get(page) ?? [])];
  const found = asked.length > 2 ? [`${name}: asks ${asked.join(", ")}`] : [];
  if (process.env.QUICK) return found;
  const wide = page.viewportSize();
  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    for (const size of [wide, { width: 375, height: 740 }]) {
      await page.setViewportSize(size);
      await settle(page);
      await page.evaluate(`if (!window.axe) { ${axe} }`);
      const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
      for (const { id, nodes } of violations) {
        found.push(`${name} ${colorScheme} ${size.width}: ${id}: ${nodes.slice(0, 3).map((node) => `${node.target} ${node.any[0]?.message ?? ""}`).join(" | ")}`);
      }
      const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      if (over > 0) found.push(`${name} ${size.width}: ${over} pixels too wide`);
      const way = `${size === wide ? "" : "-small"}${colorScheme === "dark" ? "-dark" : ""}`;
      if (pictures && (way === "" || (ALL_WAYS.includes(name) && way !== "-small-dark"))) await picture(page, `${name}${way}`);
    }
  }
  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize(wide);
  return found;
}

/** A picture alone, of what is not ours to hold to the rules: the playground's editor. */
export async function photograph(page, name) {
  if (!pictures) return;
  await settle(page);
  await picture(page, name);
}

/** As WebP, which Chromium writes itself: a third of the size. */
async function picture(page, name) {
  const session = await page.context().newCDPSession(page);
  const { data } = await session.send("Page.captureScreenshot", { format: "webp", quality: 70 });
  await writeFile(join(pictures, `${name}.webp`), Buffer.from(data, "base64"));
  await session.detach();
}

/** Until nothing moves and nothing loads. */
async function settle(page) {
  await page.waitForLoadState("networkidle").catch(() => {});
  await page.evaluate(() => Promise.all(document.getAnimations().filter((each) => each.effect?.getTiming().iterations !== Infinity).map((each) => each.finished.catch(() => {}))));
  // A menu that has faded out goes a moment after its animation has ended.
  await page.waitForFunction(() => [...document.querySelectorAll(".MuiModal-root .MuiPaper-root")].every((paper) => getComputedStyle(paper).opacity !== "0"));
}
