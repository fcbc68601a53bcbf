// What is measured of our server alone.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { peak } from "./cpu.mjs";
import { fill } from "./database.mjs";
import { drive, measure, median } from "./load.mjs";
import { lacks, peers, request } from "./peers.mjs";
import { post, startHub, startPeer, startSignedIn, stop } from "./servers.mjs";
import { connections, hub, rounds, scratch, seconds } from "./settings.mjs";
import { countingProxy } from "./statements.mjs";
import { body, documents, logins } from "./workloads.mjs";

const each = async (count, make) => {
  const made = [];
  for (let at = 0; at < count; at++) made.push(await make(at));
  return made;
};

/** Peak memory of everybody after W1 at 64 connections, each in a fresh process. */
export async function memory(url, folder) {
  const after = async (server) => {
    await drive(request(server, "w1"), 64, Math.min(seconds, 5));
    const mib = peak(server.child.pid);
    await stop(server);
    return mib;
  };
  const found = { hub: await after(await startSignedIn(url, folder)) };
  for (const peer of peers.filter((peer) => !lacks(peer))) found[peer.name] = await after(await startPeer(peer, url));
  return found;
}

/** Statements of one request, its log-in read included. The worker also looks for letters: hence the median of nine. */
export async function statements(url, folder, uuid, globalId) {
  const proxy = await countingProxy(url);
  const server = await startSignedIn(proxy.url, folder);
  const found = {};
  for (const key of ["w1", "w1b", "w2", "w3"]) {
    const { body, token } = request(server, key, uuid, globalId);
    // Each connection of the pool learns a statement at its first use; the first requests are not counted.
    await each(8, () => post(server.url, body, token));
    const counts = await each(9, async () => {
      const before = proxy.count();
      await post(server.url, body, token);
      return proxy.count() - before;
    });
    found[key] = median(counts);
  }
  await stop(server);
  proxy.close();
  return found;
}

/** Microseconds that the gate takes for W1 once it keeps the document, as `partner-hub weigh` measures them. */
export async function gate(folder) {
  const file = join(folder, "w1.graphql");
  writeFileSync(file, documents.w1);
  const said = () => execFileSync(hub, ["weigh", file], { encoding: "utf8" });
  return median(await each(rounds, () => Number(/in ([\d.]+) µs once/.exec(said())[1])));
}

/** Throughput of W1 while four others log in without a break, as a share of that without. */
export async function storm(server) {
  const reads = request(server, "w1");
  const rate = ({ requests, microseconds }) => requests / microseconds;
  const shares = await each(rounds, async () => {
    const calm = rate(await drive(reads, connections));
    const [stormy] = await Promise.all([
      drive(reads, connections),
      drive({ url: server.url, body: logins, expect: '"token":"' }, 4),
    ]);
    return rate(stormy) / calm;
  });
  return median(shares);
}

/** Pages of 100 that are walked to the deep one. */
const DEEP = 5_000;

/** CPU of page 5,000 of all tenants, as a share of the first page's. */
async function depth(server, postgres) {
  let after = null;
  for (let page = 1; page < DEEP; page++) {
    const answer = await post(server.url, body(documents.tenantPage, { after }), server.token);
    const { endCursor, hasNextPage } = answer.data.tenants.pageInfo;
    if (!hasNextPage) return undefined; // fewer tenants than that
    after = endCursor;
  }
  const cost = async (after) => {
    const page = { url: server.url, token: server.token, body: body(documents.tenantPage, { after }) };
    const { server: ours, postgres: theirs } = await measure(page, connections, server.child.pid, postgres);
    return ours + theirs;
  };
  return median(await each(rounds, async () => (await cost(after)) / (await cost(null))));
}

/** CPU of W1 on `other`, as a share of that on `ours`, in turns; each with its PostgreSQL, if it has one. */
async function shareOfW1(other, ours, postgres, othersPostgres) {
  const cost = async (server, database) => {
    const figures = await measure(request(server, "w1"), connections, server.child.pid, database);
    return figures.server + (database ? figures.postgres : 0);
  };
  return median(await each(rounds, async () => (await cost(other, othersPostgres)) / (await cost(ours, postgres))));
}

/** W1 on a SQLite file of the same rows, and how long a start on that file takes to the first answer. */
export async function sqlite(ours, postgres) {
  const folder = mkdtempSync(join(scratch, "hub-bench-sqlite-"));
  const url = `sqlite://${join(folder, "hub.db")}`;
  try {
    fill(url, folder);
    const starts = await each(5, async () => {
      const server = await startHub(url, folder);
      await stop(server);
      return server.milliseconds;
    });
    const server = await startSignedIn(url, folder);
    const share = postgres ? await shareOfW1(server, ours, postgres) : undefined;
    await stop(server);
    return { firstAnswer: median(starts), share };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** W1 on a database with more tenants, and a page of them that is far from the first. */
export async function onLarge(url, folder, ours, postgres) {
  const server = await startSignedIn(url, folder);
  const found = { large: await shareOfW1(server, ours, postgres, postgres), depth: await depth(server, postgres) };
  await stop(server);
  return found;
}
