// One measurement: wrk drives a server, and the CPU of both sides is read before and after.
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { used } from "./cpu.mjs";
import { root, scratch, seconds } from "./settings.mjs";

const run = promisify(execFile);
let runs = 0;

/** Sends `request` ({ url, body, token, expect }) over and over; answers what wrk counted. */
export async function drive(request, connections, duration = seconds) {
  const length = request.expect ? 0 : await lengthOf(request);
  const folder = mkdtempSync(join(scratch, "hub-bench-body-"));
  const file = join(folder, "body");
  writeFileSync(file, request.body ?? "");
  const env = {
    ...process.env,
    METHOD: request.body ? "POST" : "GET",
    BODY_FILE: request.body ? file : "",
    TOKEN: request.token ?? "",
    EXPECT: request.expect ?? "",
    RUN: `${process.pid}-${++runs}`,
  };
  const script = join(root, "bench/wrk.lua");
  const flags = [
    "-t1",
    `-c${connections}`,
    `-d${duration}s`,
    "--latency",
    "--timeout",
    "10s",
    "-s",
    script,
    request.url,
  ];
  const { stdout } = await run("wrk", flags, { env }).finally(() => rmSync(folder, { recursive: true }));
  const counted = JSON.parse(/^RESULT (.*)$/m.exec(stdout)[1]);
  if (counted.failed > 0) throw new Error(`${request.url}: ${counted.failed} of ${counted.requests} requests failed`);
  if (length && counted.bytes < 0.98 * length * counted.requests) {
    throw new Error(`${request.url}: ${counted.requests} answers were shorter than the first, so some were errors`);
  }
  return counted;
}

/** How long the answer to a request is. GraphQL says 200 to errors too: shorter answers under load betray them. */
async function lengthOf({ url, body, token }) {
  const headers = { "content-type": "application/json", ...(token ? { authorization: `Bearer ${token}` } : {}) };
  const answer = await fetch(url, { method: body ? "POST" : "GET", headers: body ? headers : {}, body });
  return (await answer.arrayBuffer()).byteLength;
}

/** Throughput, latency and CPU for each request. `postgres` is the postmaster's process, or undefined. */
export async function measure(request, connections, server, postgres) {
  await drive(request, connections, 1); // warm
  const before = [used(server), postgres ? used(postgres) : 0];
  const counted = await drive(request, connections);
  const after = [used(server), postgres ? used(postgres) : 0];
  return {
    rate: counted.requests / (counted.microseconds / 1e6),
    p50: counted.p50 / 1000,
    p99: counted.p99 / 1000,
    server: (after[0] - before[0]) / counted.requests,
    postgres: postgres ? (after[1] - before[1]) / counted.requests : NaN,
    refused: counted.refused / counted.requests,
  };
}

/** The middle one; of two middle ones, their mean. */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length / 2;
  return sorted.length % 2 ? sorted[Math.floor(half)] : (sorted[half - 1] + sorted[half]) / 2;
}

/** The median of each figure over the rounds. */
export function middle(rounds) {
  return Object.fromEntries(Object.keys(rounds[0]).map((key) => [key, median(rounds.map((round) => round[key]))]));
}
