// The questions. The Node peers are asked in GraphQL too; what the Rust peers take is a path.
import { admin } from "./settings.mjs";

/** The four reads, in the words of one graph. */
function asked({ id, partner, partners, contact, users, integrations, tenants, newest, key }) {
  const nested = (totals) => `${id} name status ${contact} { ${id} name email }
    ${users}(first: 10) { ${totals ? "totalCount " : ""}nodes { ${id} name email } }
    ${integrations}(first: 10) { nodes { ${id} name status ${tenants}(first: 10) { nodes { ${id} name paused } } } }`;
  const page = (
    totals,
  ) => `query Partners($after: ${key.cursor}) { ${partners}(first: 20, after: $after, orderBy: ${newest}) {
    ${totals ? "totalCount " : ""}pageInfo { hasNextPage endCursor } nodes { ${nested(totals)} } } }`;
  return {
    w1: page(false),
    w1b: page(true),
    w2: `query One($id: ${key.id}!) { ${partner} { ${nested(false)} } }`,
    w3: `{ ${partners}(first: 100, orderBy: ${newest}) { nodes { ${id} name status } } }`,
  };
}

const newest = "[{ field: CREATED_AT, direction: DESC }]";

/** As our graph takes them, and the peers that share its shape. */
export const documents = {
  ...asked({
    id: "id",
    partner: "partner(id: $id)",
    partners: "partners",
    contact: "primaryContact",
    users: "users",
    integrations: "integrations",
    tenants: "tenants",
    newest,
    key: { id: "ID", cursor: "String" },
  }),
  flatPage: `query Flat($after: String) { partners(first: 100, after: $after, orderBy: ${newest}) {
    pageInfo { endCursor } nodes { id name status } } }`,
  login: "mutation In($input: LoginInput!) { login(input: $input) { session { token } userErrors { code } } }",
  invite: `mutation Invite($input: InvitePartnerInput!) {
    invitePartner(input: $input) { partner { id } userErrors { code } } }`,
};

/** As PostGraphile names the same tables; aliases give the answers our shape. */
export const postgraphile = asked({
  id: "id: rowId",
  partner: "partner: partnerByRowId(rowId: $id)",
  partners: "partners: allPartners",
  contact: "primaryContact: userByPrimaryContactIdAndRowId",
  users: "users: usersByPartnerId",
  integrations: "integrations: integrationsByPartnerId",
  tenants: "tenants: tenantsByIntegrationId",
  newest: "[CREATED_AT_DESC, ROW_ID_DESC]",
  key: { id: "UUID", cursor: "Cursor" },
});

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
