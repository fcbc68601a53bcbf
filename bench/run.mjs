// `make bench`: our server and its peers on the same rows, in turns. See docs/PERFORMANCE.md.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { check, contents, uuidOf } from "./check.mjs";
import { create, fill, postmaster } from "./database.mjs";
import { gate, memory, onLarge, sqlite, statements, storm } from "./extras.mjs";
import { measure } from "./load.mjs";
import { machine } from "./machine.mjs";
import { lacks, peers, request } from "./peers.mjs";
import { goals } from "./goals.mjs";
import { keep, measured, memories, summed } from "./report.mjs";
import { post, startPeer, startSignedIn, stop } from "./servers.mjs";
import * as settings from "./settings.mjs";
import { body, documents, invite, logins, reads } from "./workloads.mjs";

const say = (text) => console.error(`bench: ${text}`);
const { given, mayWrite, rounds, connections } = settings;

settings.need(settings.hub, "`make release` builds it");
if (spawnSync("wrk", ["--version"]).error) throw new Error("wrk is missing: Debian's package `wrk` has it");

// Without a database of somebody's, the run starts itself again inside a throwaway cluster.
if (!given && process.env.BENCH_CLUSTER !== "1") {
  const cluster = join(settings.root, "tests/postgres.sh");
  if (spawnSync("bash", [cluster, "--available"]).status) throw new Error("PostgreSQL's programs are missing");
  const again = [cluster, "node", fileURLToPath(import.meta.url)];
  const options = `-c shared_buffers=${process.env.BENCH_SHARED_BUFFERS ?? "1GB"}`;
  const env = { ...process.env, BENCH_CLUSTER: "1", POSTGRES_OPTIONS: options };
  process.exit(spawnSync("bash", again, { stdio: "inherit", env }).status ?? 1);
}
process.on("SIGINT", () => process.exit(130));
process.on("SIGTERM", () => process.exit(143));

const folder = mkdtempSync(join(settings.scratch, "hub-bench-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));

function filled(name, tenants) {
  say(`filling ${name}`);
  const url = create(process.env.TEST_DATABASE_URL, name);
  fill(url, folder, tenants);
  return url;
}

const began = Date.now();
const notes = [];
const url = given ?? filled("hub_bench");
const postgres = postmaster(url);
if (!postgres) notes.push("PostgreSQL runs elsewhere: its CPU was not measured.");

// Everybody is up at once and idle while others are measured.
const ours = await startSignedIn(url, folder);
const newest = (await post(ours.url, body(documents.w3), ours.token)).data.partners.nodes[0].id;
const uuid = uuidOf(newest);
say(`W1 holds ${contents(await post(ours.url, body(documents.w1), ours.token))}`);
const servers = { hub: ours };
for (const peer of peers) {
  const missing = lacks(peer);
  if (missing) {
    notes.push(`${peer.name} was left out: ${missing.replace(settings.root, "")} is missing.`);
    continue;
  }
  servers[peer.name] = await startPeer(peer, url);
  await check(servers[peer.name], ours, uuid, newest);
  say(`${peer.name} answers as we do`);
}

/** Measures one request of one server and keeps the figures of each round. */
const kept = {};
async function turn(workload, name, what, width) {
  say(`${workload} · ${name}`);
  const figures = await measure(what, width, servers[name].child.pid, postgres);
  ((kept[workload] ??= {})[name] ??= []).push(figures);
}

const wanted = reads.filter(({ name }) => !settings.only || settings.only.includes(name));
for (let round = 1; round <= rounds; round++) {
  say(`round ${round} of ${rounds}`);
  for (const workload of wanted) {
    for (const [name, server] of Object.entries(servers)) {
      const what = request(server, workload.key, uuid, newest);
      if (what) await turn(workload.name, name, what, workload.connections);
    }
  }
}
for (const { name, key } of wanted) {
  const without = Object.values(servers)
    .filter((server) => !request(server, key, uuid, newest))
    .map((server) => server.name);
  if (without.length) notes.push(`${name}: no such request for ${without.join(", ")}.`);
}
for (const [name, server] of Object.entries(servers)) if (name !== "hub") await stop(server);

if (settings.only) {
  await stop(ours);
  console.log(measured(summed(kept)), "\n");
  console.log(goals({ kept }));
  process.exit(0);
}

say("statements, gate, memory, SQLite");
const extra = { statements: await statements(url, folder, uuid, newest), gate: await gate(folder) };
extra.memory = await memory(url, folder);
extra.sqlite = await sqlite(ours, postgres);
if (settings.large) Object.assign(extra, await onLarge(filled("hub_bench_large", 25), folder, ours, postgres));

// What writes comes last.
if (mayWrite) {
  say("log-ins and invitations");
  extra.storm = await storm(ours);
  for (let round = 1; round <= rounds; round++) {
    await turn("L1", "hub", { url: ours.url, body: logins, expect: '"token":"' }, connections);
  }
  for (let round = 1; round <= rounds; round++) {
    await turn("M1", "hub", { url: ours.url, body: invite, token: ours.token, expect: '"userErrors":[]' }, connections);
  }
} else notes.push("L1, M1 and the log-in storm write rows and were left out; BENCH_WRITES=1 allows them.");
await stop(ours);

const report = [
  machine(url, Math.round((Date.now() - began) / 60_000)),
  measured(summed(kept)),
  "Peak memory in MiB after W1 at 64 connections, each server in a fresh process:",
  memories(extra.memory),
  "The goals, and what this run says of them:",
  goals({ kept, ...extra }),
  notes.map((note) => `- ${note}`).join("\n"),
]
  .filter(Boolean)
  .join("\n\n");
console.log(report);
if (settings.write) keep(report);
process.exit(0);
