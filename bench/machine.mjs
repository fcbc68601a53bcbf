// On what, with what and how a run was made.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { availableParallelism, cpus, totalmem } from "node:os";
import { join } from "node:path";
import { ask } from "./database.mjs";
import { connections, given, hub, partners, root, rounds, seconds } from "./settings.mjs";

function said(command, ...args) {
  try {
    return execFileSync(command, args, { cwd: root, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
  } catch (error) {
    return `${error.stdout ?? ""}`.trim(); // wrk says its version and fails
  }
}

function packages() {
  const versions = ["postgraphile", "graphql-yoga", "@apollo/server", "node"].map((name) => {
    const file = join(root, "bench/node/node_modules", name, "package.json");
    return (
      existsSync(file) &&
      `${name === "node" ? "these on Node" : name} ${JSON.parse(readFileSync(file, "utf8")).version}`
    );
  });
  return versions.filter(Boolean);
}

/** Which version of a crate the Rust peers were built with. */
function crate(name) {
  const lock = readFileSync(join(root, "bench/peers/Cargo.lock"), "utf8");
  return `${name} ${lock.match(new RegExp(`name = "${name}"\nversion = "(.*)"`))?.[1]}`;
}

/** A list: date, machine, versions, settings. */
export function machine(url, minutes) {
  const versions = [
    said(hub, "--version") +
      (said("git", "rev-parse", "--short", "HEAD") && ` (${said("git", "rev-parse", "--short", "HEAD")})`),
    `PostgreSQL ${ask(url, "SHOW server_version").split(" ")[0]}`,
    `Node ${process.versions.node}`,
    ...packages(),
    crate("seaography"),
    said("wrk", "--version").split("\n")[0].split(" [")[0],
  ];
  const knobs = Object.entries(process.env).filter(([name]) => /^BENCH_(SECONDS|ROUNDS|PARTNERS|LARGE)$/.test(name));
  const command = [...knobs.map(([name, value]) => `${name}=${value}`), "make bench"].join(" ");
  const settings = ["shared_buffers", "fsync"].map((name) => `${name} ${ask(url, `SHOW ${name}`)}`).join(", ");
  const size = `${partners.toLocaleString("en-US")} partners × 5 users × 4 integrations × 10 tenants`;
  const memory = `${Math.round(totalmem() / 2 ** 30)} GiB`;
  return [
    `- ${new Date().toISOString().slice(0, 10)}, \`${command}\`, ${minutes} min`,
    `- ${availableParallelism()} cores (${cpus()[0].model.trim()}), ${memory}; load generator and PostgreSQL among them`,
    `- ${versions.filter(Boolean).join(", ")}`,
    `- ${given ? "a database that was given" : "a throwaway PostgreSQL"} (${settings}), ${size}`,
    `- ${connections} connections, ${seconds} s for each measurement, ${rounds} ${rounds === 1 ? "round" : "rounds"}`,
  ].join("\n");
}
