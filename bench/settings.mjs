// What a run can be told, by environment. `make bench` alone is the full run.
import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const env = process.env;

/** The project's folder. */
export const root = fileURLToPath(new URL("..", import.meta.url));

/** Seconds of each measurement, and how often each is repeated; figures are medians over the rounds. */
export const seconds = Number(env.BENCH_SECONDS ?? 5);
export const rounds = Number(env.BENCH_ROUNDS ?? 5);
export const connections = 16;

/** Our server. */
export const hub = env.HUB_BIN ?? join(root, "target/release/partner-hub");

/** A PostgreSQL filled by `demo` before; without it a throwaway one is made and filled. */
export const given = env.BENCH_DATABASE_URL;
/** Whether log-ins and invitations may be measured: they leave rows behind. */
export const mayWrite = !given || env.BENCH_WRITES === "1";
export const partners = Number(env.BENCH_PARTNERS ?? 10_000);
/** The second database with 2.5 times the tenants; BENCH_LARGE=0 leaves it out. */
export const large = !given && env.BENCH_LARGE !== "0";
/** BENCH_ONLY=W1,W3 measures these reads and nothing else. */
export const only = env.BENCH_ONLY?.split(",");
/** BENCH_WRITE=0 only prints; a part of a run never becomes the page's. */
export const write = env.BENCH_WRITE !== "0" && !only;

/** Who is signed in: the demonstration's admin. */
export const admin = { email: "admin@demo.example", password: "three-green-harbours" };

/** Where the run keeps its files; gone afterwards. */
export const scratch = tmpdir();

/** Ends the run with a sentence where something is missing. */
export function need(file, how) {
  if (!existsSync(file)) throw new Error(`${file} is missing: ${how}`);
}
