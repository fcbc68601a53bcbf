// Documents that touch every object type of a schema: each root field, with all that has no arguments to be made up.
import { getNamedType, isAbstractType, isCompositeType, isObjectType, isRequiredArgument } from "graphql";

/** How far below a root field is looked. */
const DEPTH = 4;

/** One document with an operation for each root field. */
export function everything(schema) {
  const operations = [];
  for (const [kind, type] of [["query", schema.getQueryType()], ["mutation", schema.getMutationType()], ["subscription", schema.getSubscriptionType()]]) {
    for (const field of Object.values(type?.getFields() ?? {})) operations.push(operation(schema, kind, field));
  }
  return operations.join("\n\n");
}

function operation(schema, kind, field) {
  const required = field.args.filter(isRequiredArgument);
  const variables = required.length ? `(${required.map(({ name, type }) => `$${name}: ${type}`).join(", ")})` : "";
  const values = required.length ? `(${required.map(({ name }) => `${name}: $${name}`).join(", ")})` : "";
  const name = `${kind}_${field.name}`.replace(/_(.)/g, (_, letter) => letter.toUpperCase());
  return `${kind} ${name}${variables} {\n  ${field.name}${values}${below(schema, field.type, DEPTH, "  ")}\n}`;
}

/** What is selected of a type: its leaves, and what is below it for as long as it is looked. */
function below(schema, type, depth, indent) {
  const named = getNamedType(type);
  if (!isCompositeType(named)) return "";
  const inner = `${indent}  `;
  const lines = ["__typename"];
  if (isAbstractType(named)) {
    for (const possible of schema.getPossibleTypes(named)) lines.push(`... on ${possible.name}${below(schema, possible, 1, inner)}`);
  } else if (isObjectType(named)) {
    for (const field of Object.values(named.getFields())) {
      if (field.args.some(isRequiredArgument)) continue;
      const isLeaf = !isCompositeType(getNamedType(field.type));
      // Two types of one interface may say differently whether a field is always there: aliases keep them apart.
      const alias = `${named.name.charAt(0).toLowerCase()}${named.name.slice(1)}_${field.name}`;
      if (isLeaf) lines.push(`${alias}: ${field.name}`);
      else if (depth > 1) lines.push(`${alias}: ${field.name}${below(schema, field.type, depth - 1, inner)}`);
    }
  }
  return ` {\n${lines.map((line) => `${inner}${line}`).join("\n")}\n${indent}}`;
}
