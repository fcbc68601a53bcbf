// The part of our graph that is measured, as one would write it with `dataloader` and `pg`: one prepared statement for
// each level, whatever the number of parents.
import DataLoader from "dataloader";
import { openPool } from "./pool.mjs";

const query = openPool();

export const typeDefs = /* GraphQL */ `
  type Query {
    partner(id: ID!): Partner
    partners(first: Int = 50, after: String, orderBy: [PartnerOrderBy!]): PartnerConnection!
  }
  input PartnerOrderBy { field: PartnerOrderField!, direction: OrderDirection! = ASC }
  enum PartnerOrderField { CREATED_AT }
  enum OrderDirection { ASC DESC }
  enum PartnerStatus { APPROVED ARCHIVED PENDING REJECTED SUSPENDED }
  enum IntegrationStatus { ARCHIVED CHANGES_REQUESTED DRAFT IN_REVIEW PUBLISHED }
  type PageInfo { hasNextPage: Boolean!, endCursor: String }
  type Partner {
    id: ID!
    name: String!
    status: PartnerStatus!
    statusReason: String
    origin: String!
    website: String
    externalId: String
    version: Int!
    approvedAt: String
    createdAt: String!
    updatedAt: String!
    primaryContact: User
    users(first: Int = 50): UserConnection!
    integrations(first: Int = 50): IntegrationConnection!
  }
  type User { id: ID!, name: String!, email: String! }
  type Integration { id: ID!, name: String!, status: IntegrationStatus!, tenants(first: Int = 50): TenantConnection! }
  type Tenant { id: ID!, name: String!, paused: Boolean! }
  type PartnerConnection { totalCount: Int!, pageInfo: PageInfo!, nodes: [Partner!]! }
  type UserConnection { totalCount: Int!, pageInfo: PageInfo!, nodes: [User!]! }
  type IntegrationConnection { totalCount: Int!, pageInfo: PageInfo!, nodes: [Integration!]! }
  type TenantConnection { totalCount: Int!, pageInfo: PageInfo!, nodes: [Tenant!]! }
`;

const partner = ([id, name, status, contact, statusReason, origin, website, externalId, version, ...times]) => {
  const [approvedAt, createdAt, updatedAt] = times.map((time) => time?.toISOString() ?? null);
  const shown = { statusReason, origin, website, externalId, version, approvedAt, createdAt, updatedAt };
  return { id, name, status, contact, ...shown };
};
const partnerColumns = `id, name, status, primary_contact_id, status_reason, origin, website, external_id, version,
  approved_at, created_at, updated_at`;
const user = ([id, name, email]) => ({ id, name, email });
const integration = ([id, name, status]) => ({ id, name, status });
const tenant = ([id, name, paused]) => ({ id, name, paused });

/** One page: the row too many says whether others follow. */
const page = (rows, first) => ({
  nodes: rows.slice(0, first),
  pageInfo: { hasNextPage: rows.length > first, endCursor: rows[Math.min(first, rows.length) - 1]?.id ?? null },
});

/** What is found for each key, in the order of keys. A row's first column says whose it is. */
function grouped(keys, rows, make) {
  const of = new Map(keys.map((key) => [key, []]));
  for (const [key, ...row] of rows) of.get(key).push(make(row));
  return keys.map((key) => of.get(key));
}

/** The first children of each parent. */
const children = (table, parent, columns, make) => (first) =>
  new DataLoader(async (parents) => {
    const statement = `SELECT p.id, c.* FROM unnest($1::uuid[]) AS p (id) CROSS JOIN LATERAL
      (SELECT ${columns} FROM ${table} WHERE ${parent} = p.id ORDER BY id LIMIT $2) c`;
    const rows = await query(`${table} of ${parent}`, statement, [parents, first + 1]);
    return grouped(parents, rows, make).map((found) => page(found, first));
  });

/** How many children each parent has. */
const totals = (table, parent) => () =>
  new DataLoader(async (parents) => {
    const statement = `SELECT ${parent}, count(*)::int FROM ${table} WHERE ${parent} = ANY ($1) GROUP BY 1`;
    const found = new Map(await query(`total ${table} of ${parent}`, statement, [parents]));
    return parents.map((id) => found.get(id) ?? 0);
  });

/** Rows by their ids. */
const byId = (table, columns, make) => () =>
  new DataLoader(async (ids) => {
    const rows = await query(`${table} by id`, `SELECT ${columns} FROM ${table} WHERE id = ANY ($1)`, [ids]);
    const found = new Map(rows.map((row) => [row[0], make(row)]));
    return ids.map((id) => found.get(id) ?? null);
  });

const kinds = {
  contacts: byId('"user"', "id, name, email", user),
  users: children('"user"', "partner_id", "id, name, email", user),
  integrations: children("integration", "partner_id", "id, name, status", integration),
  tenants: children("tenant", "integration_id", "id, name, paused", tenant),
  userTotals: totals('"user"', "partner_id"),
  integrationTotals: totals("integration", "partner_id"),
  tenantTotals: totals("tenant", "integration_id"),
};

/** What every request begins with: loaders of its own, one for each kind and page size, made when they are needed. */
export function context() {
  const made = new Map();
  return {
    load(kind, key, first) {
      const name = `${kind} ${first}`;
      if (!made.has(name)) made.set(name, kinds[kind](first));
      return made.get(name).load(key);
    },
  };
}

/** A connection whose rows and total are loaded apart, and only if they are asked for. */
const connection = (rows, total) => (parent, { first }, { load }) => ({ rows, total, id: parent.id, first, load });
const connected = {
  totalCount: ({ total, id, load }) => load(total, id),
  nodes: async ({ rows, id, first, load }) => (await load(rows, id, first)).nodes,
  pageInfo: async ({ rows, id, first, load }) => (await load(rows, id, first)).pageInfo,
};

export const resolvers = {
  Query: {
    async partner(_, { id }) {
      const [row] = await query("partner", `SELECT ${partnerColumns} FROM partner WHERE id = $1`, [id]);
      return row ? partner(row) : null;
    },
    async partners(_, { first, after, orderBy }) {
      const order = orderBy?.[0]?.direction === "DESC" ? "DESC" : "ASC";
      const cursor = "(SELECT created_at, id FROM partner WHERE id = $2)";
      const beyond = after ? `WHERE (created_at, id) ${order === "DESC" ? "<" : ">"} ${cursor}` : "";
      const statement = `SELECT ${partnerColumns} FROM partner ${beyond} ORDER BY created_at ${order}, id ${order} LIMIT $1`;
      const name = `partners ${order}${after ? " after" : ""}`;
      const rows = await query(name, statement, after ? [first + 1, after] : [first + 1]);
      return page(rows.map(partner), first);
    },
  },
  PartnerConnection: { totalCount: async () => (await query("total", "SELECT count(*)::int FROM partner", []))[0][0] },
  UserConnection: connected,
  IntegrationConnection: connected,
  TenantConnection: connected,
  Partner: {
    primaryContact: ({ contact }, _, { load }) => contact && load("contacts", contact),
    users: connection("users", "userTotals"),
    integrations: connection("integrations", "integrationTotals"),
  },
  Integration: { tenants: connection("tenants", "tenantTotals") },
};
