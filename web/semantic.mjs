// The schema for the web app's types. What is null only where a program's key is refused it is never null for somebody who
// has logged in (docs/adr/0018): such fields are taken as non-null here, so that no page asks for what cannot be missing.
import { Kind, parse, visit } from "graphql";
import { readFileSync } from "node:fs";

const FIELDS = { Query: ["vendor", "partnersOverTime"], Tenant: ["integration"] };

const isList = ({ type }) => type.kind === Kind.NAMED_TYPE && type.name.value.endsWith("Connection");
const needed = (type) => ({ kind: Kind.NON_NULL_TYPE, type });

export default function schema(path) {
  const demand = (node) => ({
    ...node,
    fields: node.fields.map((field) => {
      const known = isList(field) || (FIELDS[node.name.value] ?? []).includes(field.name.value);
      return known && field.type.kind !== Kind.NON_NULL_TYPE ? { ...field, type: needed(field.type) } : field;
    }),
  });
  const document = parse(readFileSync(path, "utf8"));
  return visit(document, { ObjectTypeDefinition: demand, InterfaceTypeDefinition: demand });
}
