// Starts and stops what is measured.
import { spawn } from "node:child_process";
import { createServer } from "node:net";
import { admin, hub, need, root } from "./settings.mjs";
import { login } from "./workloads.mjs";

const running = new Set();
process.on("exit", () => running.forEach((child) => child.kill("SIGKILL")));

const freePort = () =>
  new Promise((found) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => found(port));
    });
  });

function start(command, args, env) {
  const child = spawn(command, args, {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "inherit"],
  });
  running.add(child);
  child.once("exit", (code, signal) => {
    // Whoever is stopped has left the list before.
    if (running.delete(child)) console.error(`bench: ${command} ${args.join(" ")} ended by itself: ${signal ?? code}`);
  });
  return child;
}

/** Ends a server and waits until it is gone. */
export async function stop({ child }) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((ended) => child.once("exit", ended));
  running.delete(child);
  child.kill("SIGTERM");
  const late = setTimeout(() => child.kill("SIGKILL"), 5000);
  await gone;
  clearTimeout(late);
}

/** Posts a body and answers the JSON. */
export async function post(url, body, token) {
  const headers = { "content-type": "application/json", ...(token ? { authorization: `Bearer ${token}` } : {}) };
  const answer = await (await fetch(url, { method: "POST", headers, body })).json();
  if (answer.errors) throw new Error(`${url}: ${JSON.stringify(answer.errors).slice(0, 400)}`);
  return answer;
}

/** Our server, up to its first answer, which `milliseconds` says how long it took. */
export async function startHub(databaseUrl, folder) {
  need(hub, "`make release` builds it");
  const at = `127.0.0.1:${await freePort()}`;
  const from = performance.now();
  const child = start(hub, [], {
    DATABASE_URL: databaseUrl,
    DATA_DIR: folder,
    LISTEN: at,
    PUBLIC_URL: `http://${at}`,
    // M1 invites more than anybody may.
    LIMIT_INVITATIONS_AN_HOUR: "1000000000",
    LIMIT_INVITATIONS_A_DAY: "1000000000",
    // One user asks for everything here.
    LIMIT_REQUESTS_A_MINUTE: "1000000000",
    LIMIT_OBJECTS_A_MINUTE: "1000000000000",
    LIMIT_STRANGERS_A_MINUTE: "1000000000",
    RUST_LOG: "off", // what is cut off when load stops is no news; load.mjs notices answers that are errors
  });
  child.stdout.resume();
  const url = `http://${at}/graphql`;
  for (;;) {
    if (child.exitCode !== null) throw new Error("our server ended before its first answer");
    const answer = await post(url, JSON.stringify({ query: "{ __typename }" })).catch(() => undefined);
    if (answer) break;
    if (performance.now() - from > 60_000) throw new Error("our server does not answer");
    await new Promise((later) => setTimeout(later, 1));
  }
  return { child, url, milliseconds: performance.now() - from };
}

/** Our server with somebody signed in. */
export async function startSignedIn(databaseUrl, folder) {
  const server = await startHub(databaseUrl, folder);
  return { ...server, token: (await post(server.url, login)).data.login.session.token };
}

/** Starts a peer and waits for its "ready". */
export async function startPeer(peer, databaseUrl) {
  const port = await freePort();
  const child = start(peer.program, peer.file ? [peer.file] : [], {
    DATABASE_URL: databaseUrl,
    PORT: `${port}`,
    NODE_ENV: "production",
  });
  await new Promise((ready, failed) => {
    let said = "";
    const late = setTimeout(() => failed(new Error(`${peer.name} is not ready after 60 s`)), 60_000);
    child.stdout.on(
      "data",
      (text) => /\bready\b/.test((said = (said + text).slice(-1000))) && (clearTimeout(late), ready()),
    );
    child.once("exit", () => (clearTimeout(late), failed(new Error(`${peer.name} ended before it was ready`))));
  });
  return { ...peer, child, base: `http://127.0.0.1:${port}`, url: `http://127.0.0.1:${port}/graphql` };
}
