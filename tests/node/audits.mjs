// Runs the public audits of GraphQL over HTTP (the package graphql-http) against a server, as a program that knows
// nothing of us would meet it. Prints one line per audit; exits with 1 unless every one is passed.
//   node audits.mjs URL
import { buildClientSchema, getIntrospectionQuery } from "graphql";
import { serverAudits } from "graphql-http";

const audits = serverAudits({ url: process.argv[2], fetchFn: fetch });
let passed = 0;
for (const audit of audits) {
  const result = await audit.fn();
  if (result.status === "ok") passed += 1;
  console.log(`${result.status} ${audit.id} ${audit.name}${result.reason ? `: ${result.reason}` : ""}`);
}
// The standard introspection query, as every tool sends it, passes the gate and makes a schema.
const body = JSON.stringify({ query: getIntrospectionQuery() });
const answer = await fetch(process.argv[2], { method: "POST", headers: { "content-type": "application/json" }, body });
const schema = buildClientSchema((await answer.json()).data);
if (!schema.getType("Partner")) throw new Error("the schema has no Partner");

console.log(`${passed} of ${audits.length}`);
process.exit(passed === audits.length ? 0 : 1);
