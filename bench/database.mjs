// PostgreSQL: where it is, what is in it, which process it is.
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { parent } from "./cpu.mjs";
import { hub, partners } from "./settings.mjs";

function program() {
  const folder = "/usr/lib/postgresql";
  const installed = existsSync(folder) ? readdirSync(folder).map((version) => `${folder}/${version}/bin/psql`) : [];
  return installed.filter((file) => existsSync(file)).pop() ?? "psql";
}

/** One value, or what a statement prints. */
export const ask = (url, statement) =>
  execFileSync(program(), ["-X", "-A", "-t", "-q", "-c", statement, url], { encoding: "utf8" }).trim();

/** Makes a database beside the one that `url` names. */
export function create(url, name) {
  ask(url, `CREATE DATABASE ${name}`);
  const made = new URL(url);
  made.pathname = `/${name}`;
  return made.href;
}

/** Fills an empty database as the product's demonstration, `tenants` for each integration. */
export function fill(url, folder, tenants = 10) {
  const size = { partners, users: 5, integrations: 4, tenants };
  execFileSync(hub, ["demo", ...Object.entries(size).flatMap(([name, count]) => [`--${name}`, `${count}`])], {
    env: { ...process.env, DATABASE_URL: url, DATA_DIR: folder, RUST_LOG: "error" },
    stdio: ["ignore", "ignore", "inherit"],
  });
  if (url.startsWith("postgres")) ask(url, "VACUUM (ANALYZE)");
}

/** The process above all of this cluster's; undefined if it runs on another machine. */
export function postmaster(url) {
  if (process.env.BENCH_POSTMASTER_PID) return Number(process.env.BENCH_POSTMASTER_PID);
  const checkpointer = Number(ask(url, "SELECT pid FROM pg_stat_activity WHERE backend_type = 'checkpointer'"));
  const found = parent(checkpointer);
  const isOne = found && readFileSync(`/proc/${found}/comm`, "utf8").startsWith("postgres");
  return isOne ? found : undefined;
}
