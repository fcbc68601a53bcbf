// The questions, as our graph takes them. The Node peers take those of node/documents/, the Rust peers a path.
import { admin } from "./settings.mjs";

const nested = (totals) => `id name status primaryContact { id name email }
  users(first: 10) { ${totals ? "totalCount " : ""}nodes { id name email } }
  integrations(first: 10) { nodes { id name status tenants(first: 10) { nodes { id name paused } } } }`;
const newest = "orderBy: [{ field: CREATED_AT, direction: DESC }]";
const page = (totals) => `query Partners($after: String) { partners(first: 20, after: $after, ${newest}) {
  ${totals ? "totalCount " : ""}pageInfo { hasNextPage endCursor } nodes { ${nested(totals)} } } }`;

export const documents = {
  w1: page(false),
  w1b: page(true),
  w2: `query One($id: ID!) { partner(id: $id) { ${nested(false)} } }`,
  w3: `{ partners(first: 100, ${newest}) { nodes { id name status } } }`,
  flatPage: `query Flat($after: String) { partners(first: 100, after: $after, ${newest}) {
    pageInfo { endCursor } nodes { id name status } } }`,
  login: "mutation In($input: LoginInput!) { login(input: $input) { session { token } userErrors { code } } }",
  invite: `mutation Invite($input: InvitePartnerInput!) {
    invitePartner(input: $input) { partner { id } userErrors { code } } }`,
};

/** What is measured for every peer: name, document, connections. */
export const reads = [
  { name: "W1", key: "w1", connections: 16 },
  { name: "W1b", key: "w1b", connections: 16 },
  { name: "W2", key: "w2", connections: 16 },
  { name: "W2, one connection", key: "w2", connections: 1 },
  { name: "W3", key: "w3", connections: 16 },
];

/** The body of a request with a document. */
export const body = (query, variables = {}) => JSON.stringify({ query: query.replace(/\s+/g, " "), variables });

const loginOf = (input) => body(documents.login, { input });

/** The log-in of whoever reads. */
export const login = loginOf(admin);

/** Log-ins of many: a user has few sessions at a time, and more would log the reader out. `{{k}}` is 1 to 90. */
export const logins = loginOf({ ...admin, email: "user0@partner{{k}}1.example" });

/** An invitation; the load generator puts a fresh number in the place of `{{n}}`. */
export const invite = body(documents.invite, {
  input: { name: "Bench {{n}}", primaryContact: { name: "Bench {{n}}", email: "bench-{{n}}@bench.example" } },
});
