// Programs that are installed here, and folders for what they make.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const here = fileURLToPath(new URL(".", import.meta.url));

/** Runs a program to its good end. */
export function run(program, args, cwd) {
  const { status, stdout, stderr } = spawnSync(join(here, "node_modules/.bin", program), args, { cwd, encoding: "utf8" });
  assert.equal(status, 0, `${program}: ${stdout}${stderr}`);
}

/** A folder below this one, so that programs find what is installed here; it goes when the test or the process ends. */
export function workshop(t, name) {
  mkdirSync(join(here, ".work"), { recursive: true });
  const made = mkdtempSync(join(here, ".work", `${name}.`));
  const remove = () => rmSync(made, { recursive: true, force: true });
  if (t) t.after(remove);
  else process.on("exit", remove);
  return made;
}

/** Compiles what a Relay app asks into a workshop. */
export function compileRelay(folder) {
  const config = {
    src: "../../relay", schema: "../../../../schema.graphql", language: "javascript", eagerEsModules: true,
    artifactDirectory: ".", noSourceControl: true,
  };
  writeFileSync(join(folder, "relay.config.json"), JSON.stringify(config));
  run("relay-compiler", ["relay.config.json"], folder);
}
