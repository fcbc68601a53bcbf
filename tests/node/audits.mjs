// Runs the public audits of GraphQL over HTTP (the package graphql-http) against a server, as a program that knows
// nothing of us would meet it. Prints one line per audit; exits with 1 unless every one is passed.
//   node audits.mjs URL
import { serverAudits } from "graphql-http";

const audits = serverAudits({ url: process.argv[2], fetchFn: fetch });
let passed = 0;
for (const audit of audits) {
  const result = await audit.fn();
  if (result.status === "ok") passed += 1;
  console.log(`${result.status} ${audit.id} ${audit.name}${result.reason ? `: ${result.reason}` : ""}`);
}
console.log(`${passed} of ${audits.length}`);
process.exit(passed === audits.length ? 0 : 1);
