// The schema as others read it: linted, compiled against by Relay and by graphql-codegen, and not broken in silence.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { TypeInfo, buildSchema, getNamedType, isIntrospectionType, isObjectType, parse, validate, visit, visitWithTypeInfo } from "graphql";

import { unannounced } from "./announced.mjs";
import { everything } from "./everything.mjs";
import { compileRelay, here, run, workshop } from "./workshop.mjs";

const root = join(here, "../..");
const read = (path) => readFileSync(join(root, path), "utf8");

test("the linter finds nothing", () => {
  run("eslint", ["--config", "tests/contract/eslint.config.mjs", "--max-warnings", "0", "schema.graphql"], root);
});

test("the linter would find something", (t) => {
  const folder = workshop(t, "lint");
  const config = readFileSync(join(here, "eslint.config.mjs"), "utf8").replace('schema: "schema.graphql"', `schema: ${JSON.stringify(join(folder, "bad.graphql"))}`);
  writeFileSync(join(folder, "bad.graphql"), `type Query { things: [thing!]! }\ntype thing { name: String @deprecated }\n`);
  writeFileSync(join(folder, "eslint.config.mjs"), config);
  const program = join(here, "node_modules/.bin/eslint");
  const { status, stdout } = spawnSync(program, ["--config", "eslint.config.mjs", "bad.graphql"], { cwd: folder, encoding: "utf8" });
  assert.equal(status, 1, stdout);
  for (const rule of ["naming-convention", "require-description", "strict-id-in-types"]) assert.match(stdout, new RegExp(rule));
});

test("Relay compiles against it", (t) => {
  compileRelay(workshop(t, "relay"));
});

test("types made of documents that touch everything satisfy a strict compiler", (t) => {
  const schema = buildSchema(read("schema.graphql"));
  const text = everything(schema);
  const document = parse(text);
  assert.deepEqual(validate(schema, document), []);
  const seen = new Set();
  const info = new TypeInfo(schema);
  visit(document, visitWithTypeInfo(info, { Field: () => void seen.add(getNamedType(info.getType())?.name).add(info.getParentType()?.name) }));
  const missing = Object.values(schema.getTypeMap()).filter((type) => isObjectType(type) && !isIntrospectionType(type) && !seen.has(type.name));
  assert.deepEqual(missing.map((type) => type.name), []);

  const folder = workshop(t, "codegen");
  writeFileSync(join(folder, "everything.graphql"), text);
  const config = { strictScalars: true, scalars: { DateTime: "string", Date: "string", URL: "string", EmailAddress: "string", JSON: "unknown", Secret: "string" }, useTypeImports: true };
  writeFileSync(join(folder, "codegen.json"), JSON.stringify({
    schema: "../../../../schema.graphql",
    documents: "everything.graphql",
    generates: { "graph.ts": { plugins: ["typescript-operations", "typed-document-node"], config } },
  }));
  run("graphql-codegen", ["--config", "codegen.json"], folder);
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({
    compilerOptions: { strict: true, noEmit: true, module: "esnext", moduleResolution: "bundler", target: "es2022", skipLibCheck: true, types: [] },
    include: ["graph.ts"],
  }));
  run("tsc", ["--project", "."], folder);
});

test("nothing that was promised is broken in silence", () => {
  const broken = unannounced(read("tests/contract/promised.graphql"), read("schema.graphql"), read("CHANGELOG.md"));
  assert.deepEqual(broken.map((change) => change.description), [], "Announce it below “### Breaking” in CHANGELOG.md, or leave it as it was.");
});

test("the watch over promises watches", () => {
  const promised = `type Query { a(x: Int): Int b: E } enum E { ONE TWO }`;
  const changed = `type Query { a(x: Int, y: Int!): Int } enum E { ONE }`;
  const silent = unannounced(promised, changed, "## [Unreleased]\n\n### Added\n\n- `Query.b`, `E`, `Query.a`\n");
  assert.equal(silent.length, 3, JSON.stringify(silent));
  const half = unannounced(promised, changed, "## [Unreleased]\n\n### Breaking\n\n- `Query.b` is gone.\n\n## [1.0.0]\n\n### Breaking\n\n- `E`\n");
  assert.equal(half.length, 2);
  assert.deepEqual(unannounced(promised, changed, "## [Unreleased]\n\n### Breaking\n\n- `Query.b`, `Query.a` and `E`.\n"), []);
  assert.deepEqual(unannounced(promised, `${promised.replace("b: E", "b: E c: Int")}`, ""), [], "what is added breaks nobody");
});
