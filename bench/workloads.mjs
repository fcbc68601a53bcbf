// The questions. The Node peers are asked in GraphQL too; what the Rust peers take is a path.
import { admin } from "./settings.mjs";

/** What a table of partners shows beside their names. */
const shown = "statusReason origin website externalId version approvedAt createdAt updatedAt";

/** The reads, in the words of one graph; aliases give all answers one shape. */
function asked({ id, contact, partner, partners, users, integrations, tenants, types }) {
  const nested = (totals) => `${id} name status ${contact} { ${id} name email }
    ${users} { ${totals ? "totalCount " : ""}nodes { ${id} name email } }
    ${integrations} { nodes { ${id} name status ${tenants} { nodes { ${id} name paused } } } }`;
  const after = types.cursor ? `($after: ${types.cursor})` : "";
  const page = (totals) => `query Partners${after} { ${partners(20, after && ", after: $after")} {
    ${totals ? "totalCount " : ""}pageInfo { hasNextPage endCursor } nodes { ${nested(totals)} } } }`;
  return {
    w1: page(false),
    w1b: page(true),
    w2: `query One($id: ${types.id}!) { ${partner} { ${nested(false)} } }`,
    w3: `{ ${partners(100, "")} { nodes { ${id} name status ${shown} } } }`,
    w3narrow: `{ ${partners(100, "")} { nodes { ${id} name status } } }`,
  };
}

const numbered = (limit) => `pagination: { page: { limit: ${limit}, page: 0 } }`;
const newest = "orderBy: [{ field: CREATED_AT, direction: DESC }]";

/** As our graph takes them, and the peers that share its shape. */
export const documents = {
  ...asked({
    id: "id",
    contact: "primaryContact",
    partner: "partner(id: $id)",
    partners: (first, after) => `partners(first: ${first}${after}, ${newest})`,
    users: "users(first: 10)",
    integrations: "integrations(first: 10)",
    tenants: "tenants(first: 10)",
    types: { id: "ID", cursor: "String" },
  }),
  tenantPage: `query Tenants($after: String) { tenants(first: 100, after: $after, ${newest}) {
    pageInfo { endCursor hasNextPage } nodes { id name paused } } }`,
  login: "mutation In($input: LoginInput!) { login(input: $input) { session { token } userErrors { code } } }",
  invite: `mutation Invite($input: InvitePartnerInput!) {
    invitePartner(input: $input) { partner { id } userErrors { code } } }`,
};

/** As PostGraphile names the same tables. */
export const postgraphile = asked({
  id: "id: rowId",
  contact: "primaryContact: userByPrimaryContactIdAndRowId",
  partner: "partner: partnerByRowId(rowId: $id)",
  partners: (first, after) => `partners: allPartners(first: ${first}${after}, orderBy: [CREATED_AT_DESC, ROW_ID_DESC])`,
  users: "users: usersByPartnerId(first: 10)",
  integrations: "integrations: integrationsByPartnerId(first: 10)",
  tenants: "tenants: tenantsByIntegrationId(first: 10)",
  types: { id: "UUID", cursor: "Cursor" },
});

/**
 * As Seaography names them. Only its numbered pages keep the order that is asked for; each counts all rows. Its totals
 * have another shape, hence no W1b.
 */
export const seaography = asked({
  id: "id",
  contact: "primaryContact",
  partner: "partner(id: $id)",
  partners: (first) => `partners(orderBy: { createdAt: DESC, id: DESC }, ${numbered(first)})`,
  users: `users(orderBy: { id: ASC }, ${numbered(10)})`,
  integrations: `integrations(orderBy: { id: ASC }, ${numbered(10)})`,
  tenants: `tenants(orderBy: { id: ASC }, ${numbered(10)})`,
  types: { id: "String" },
});
delete seaography.w1b;

/** What is measured for every peer: name, document, connections. */
export const reads = [
  { name: "W1", key: "w1", connections: 16 },
  { name: "W1b", key: "w1b", connections: 16 },
  { name: "W2", key: "w2", connections: 16 },
  { name: "W2, one connection", key: "w2", connections: 1 },
  { name: "W3", key: "w3", connections: 16 },
  { name: "W3, three columns", key: "w3narrow", connections: 16 },
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
