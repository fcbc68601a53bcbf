// Lets graphql-js judge the answers of a server: random documents over a hub whose rows never change are executed by
// both, and the two answers must be the same text: order, merged fields, fragments, directives, nulls that spread.
// Then documents are spoilt at random, and server and judge must agree on which of them are still in order.
//   node judge.mjs URL TOKEN HOW_MANY
import {
  buildClientSchema, execute, getIntrospectionQuery, getNamedType, GraphQLError, isAbstractType, isLeafType,
  isObjectType, parse, validate,
} from "graphql";

const [url, token, many] = process.argv.slice(2);

async function ask(query, variables) {
  const headers = { "content-type": "application/json", authorization: `Bearer ${token}` };
  const answer = await fetch(url, { method: "POST", headers, body: JSON.stringify({ query, variables }) });
  return { text: await answer.clone().text(), ...(await answer.json()) };
}

const schema = buildClientSchema((await ask(getIntrospectionQuery())).data);
const isNode = (type) => type.name === "Node" || (type.getInterfaces?.() ?? []).some((other) => other.name === "Node")
  || (isAbstractType(type) && schema.getPossibleTypes(type).every(isNode));
const isConnection = (type) => type.name.endsWith("Connection");
const withArguments = (field) => field.args.some((argument) => argument.name === "first");

// The whole hub as plain objects, read field by field.
const known = new Map();
function everything(type) {
  const fields = Object.values(type.getFields()).filter((field) => field.args.every((argument) => argument.name !== "id" && argument.name !== "ids" && argument.name !== "token" && argument.name !== "kind"));
  return fields.map((field) => {
    const below = getNamedType(field.type);
    if (isLeafType(below)) return field.name;
    if (isConnection(below)) {
      return `${field.name}(first: 9) { totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor } edges { cursor node { __typename id } } }`;
    }
    return isNode(below) ? `${field.name} { __typename id }` : `${field.name} { __typename ${everything(below)} }`;
  }).join(" ");
}
async function read(name, id) {
  if (known.has(id)) return known.get(id);
  const object = { __typename: name };
  known.set(id, object);
  const { data, errors } = await ask(`query R($id: ID!) { node(id: $id) { ... on ${name} { ${everything(schema.getType(name))} } } }`, { id });
  if (errors) throw new Error(JSON.stringify(errors));
  await link(schema.getType(name), data.node, object);
  return object;
}
async function link(type, data, object) {
  for (const [key, value] of Object.entries(data)) {
    if (key === "__typename") continue;
    const field = type.getFields()[key];
    const below = getNamedType(field.type);
    if (value === null || isLeafType(below)) object[key] = value;
    else if (isConnection(below)) {
      const edges = [];
      for (const edge of value.edges) edges.push({ ...edge, node: await read(edge.node.__typename, edge.node.id) });
      const connection = { ...value, edges, nodes: edges.map((edge) => edge.node) };
      object[key] = ({ first }) => {
        if (first === 0) throw new GraphQLError("refused");
        return connection;
      };
    } else if (Array.isArray(value) && isNode(below)) {
      object[key] = [];
      for (const one of value) object[key].push(await read(one.__typename, one.id));
    } else if (Array.isArray(value)) object[key] = value;
    else if (isNode(below)) object[key] = await read(value.__typename, value.id);
    else await link(below, value, (object[key] = { __typename: below.name }));
  }
}
const root = {};
const start = await ask(`{ ${everything(schema.getQueryType())} }`);
if (start.errors) throw new Error(JSON.stringify(start.errors));
await link(schema.getQueryType(), start.data, root);
root.node = root.partner = ({ id }) => known.get(id) ?? null;
root.nodes = ({ ids }) => ids.map((id) => known.get(id) ?? null);

// Documents, the same in every run.
let seed = 20261123;
function random(below) {
  // mulberry32
  seed = (seed + 0x6d2b79f5) | 0;
  let mixed = Math.imul(seed ^ (seed >>> 15), seed | 1);
  mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
  return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
}
const pick = (list) => list[random(list.length)];
const ids = [...known.keys()];
const partners = ids.filter((id) => known.get(id).__typename === "Partner");
let aliases, fragments;
function selection(type, depth) {
  if (isAbstractType(type)) {
    const one = pick(schema.getPossibleTypes(type));
    const own = random(2) ? `${fields(type, depth)} ` : "";
    return `{ __typename ${own}... on ${one.name} { ${fields(one, depth)} } }`;
  }
  return `{ ${fields(type, depth)} }`;
}
function fields(type, depth) {
  const chosen = [];
  for (let left = 1 + random(4); left > 0; left -= 1) {
    const kind = random(12);
    if (kind === 0) chosen.push("__typename");
    else if (kind === 1) chosen.push(`... @include(if: $${pick(["yes", "no"])}) { ${field(type, depth)} }`);
    else if (kind === 2 && type.name !== "Query") {
      const on = pick([type, ...(type.getInterfaces?.() ?? [])]);
      chosen.push(`... on ${on.name} { ${field(on, depth)} ${field(on, depth)} }`);
    } else if (kind === 3 && fragments.length < 5) {
      const name = `F${fragments.length}`;
      fragments.push("");
      fragments[Number(name.slice(1))] = `fragment ${name} on ${type.name} { ${fields(type, depth)} }`;
      chosen.push(`...${name}`);
    } else chosen.push(field(type, depth));
  }
  return chosen.join(" ");
}
function field(type, depth) {
  const all = Object.values(type.getFields()).filter((field) => !["invitationPreview", "previewLetter", "invitation"].includes(field.name) && (depth > 0 || isLeafType(getNamedType(field.type))));
  if (all.length === 0) return "__typename";
  const chosen = pick(all);
  const below = getNamedType(chosen.type);
  const again = () => `a${(aliases += 1)}: `;
  let head = chosen.name;
  if (chosen.name === "partner") head = `${again()}partner(id: "${pick(partners)}")`;
  else if (chosen.name === "node") head = `${again()}node(id: "${pick([...ids, "nonsense"])}")`;
  else if (chosen.name === "nodes") head = `${again()}nodes(ids: ["${pick(ids)}", "nonsense", "${pick(ids)}"])`;
  else if (withArguments(chosen)) head = random(5) === 0 ? `${again()}${head}(first: 0)` : `${head}(first: 9)`;
  else if (random(9) === 0) head = `${again()}${head}${random(2) ? " @skip(if: $no)" : ""}`;
  return isLeafType(below) ? head : `${head} ${selection(below, depth - 1)}`;
}

function document() {
  [aliases, fragments] = [0, []];
  const query = `query Q($yes: Boolean! = true, $no: Boolean! = false) { u1: viewer @include(if: $yes) { __typename } u2: viewer @skip(if: $no) { __typename } ${fields(schema.getQueryType(), 5)} }`;
  return `${query} ${fragments.join(" ")}`;
}
const bounded = /too many|answer holds at most|Send passwords|one operation|Check one link|nested deeper|lists inside lists/;

let judged = 0, nulled = 0, skipped = 0;
while (judged < Number(many)) {
  const query = document();
  const parsed = parse(query);
  if (aliases > 12 || validate(schema, parsed).length > 0) { skipped += 1; continue; }
  const judge = await execute({ schema, document: parsed, rootValue: root });
  const answer = await ask(query);
  if (answer.data === undefined && bounded.test(answer.errors[0].message)) { skipped += 1; continue; }
  const expected = JSON.stringify(judge.data);
  const got = JSON.stringify(answer.data);
  const at = (errors) => (errors ?? []).map((error) => JSON.stringify(error.path));
  const untold = answer.errors?.length >= 10 ? [] : at(judge.errors).filter((path) => !at(answer.errors).includes(path));
  if (expected !== got || untold.length > 0 || !judge.errors !== !answer.errors) {
    console.log(`${query}\n\nexpected ${expected}\n\ngot      ${got}\n\n${JSON.stringify(judge.errors)}\n${JSON.stringify(answer.errors)}`);
    process.exit(1);
  }
  judged += 1;
  if (judge.errors) nulled += 1;
}
console.log(`${judged} judged, ${nulled} with errors, ${skipped} skipped`);

// Spoilt documents: one to three lexemes are dropped, doubled, or replaced by what stands elsewhere.
const others = ["{", "}", "(", ")", "[", "]", ":", "!", "@include", "@skip", "@deprecated", "if", "...", "on", "$yes", "$no",
  "$other", "first", "after", "id", "ids", "orderBy", "field", "NAME", "CREATED_AT", "1", "-1", "1.5", "9999999999", "true", "null",
  "\"text\"", "[]", "{}", "{ field: NAME, field: NAME }", "{ field: NAME }", "[{ field: NAME, direction: UP }]", "name", "status",
  "nodes", "partners", "viewer", "Partner", "User", "Node", "Organization", "Query", "UserStatus", "Int", "Boolean", "= null", "= true",
  "query", "fragment", "F0", "F9", "__typename", "__type(name: \"User\") { name }", "partner", "role", "unknown"];
const lexemes = (text) => text.match(/"[^"]*"|\.\.\.|[@$]?[A-Za-z_][A-Za-z0-9_]*|-?[0-9.]+|\S/g);
let agreed = 0, accepted = 0;
const verdict = (query) => {
  try {
    return validate(schema, parse(query)).length === 0;
  } catch {
    return false;
  }
};
while (agreed < Number(many)) {
  const parts = lexemes(document());
  for (let spoilt = 1 + random(3); spoilt > 0; spoilt -= 1) {
    const at = random(parts.length);
    const how = random(3);
    if (how === 0) parts.splice(at, 1);
    else if (how === 1) parts.splice(at, 0, parts[at]);
    else parts[at] = pick(others);
  }
  const query = parts.join(" ");
  const answer = await ask(query);
  const message = answer.errors?.[0].message ?? "";
  if (bounded.test(message)) continue;
  // Variables without a value are no matter of the document.
  if (/non-null variable/.test(message)) continue;
  const ours = answer.data !== undefined;
  if (ours !== verdict(query)) {
    console.log(`${ours ? "accepted" : "refused"}: ${query}\n${answer.text.slice(0, 600)}`);
    try { console.log(validate(schema, parse(query)).map((error) => error.message)); } catch (error) { console.log(error.message); }
    process.exit(1);
  }
  agreed += 1;
  if (ours) accepted += 1;
}
console.log(`${agreed} spoilt, ${accepted} of them still in order`);
