// Whether a change of the contract that breaks clients is announced.
import { buildSchema, findBreakingChanges } from "graphql";

/**
 * What breaks clients of the promised schema and stands nowhere below "### Breaking" of the changelog's unreleased part.
 * An announcement names what it is about as the schema does, like `Partner.name` or `PartnerStatus.PENDING`.
 */
export function unannounced(promised, schema, changelog) {
  const unreleased = changelog.split(/^## /m).find((part) => part.startsWith("[Unreleased]")) ?? "";
  const breaking = unreleased.split(/^### /m).find((part) => part.startsWith("Breaking")) ?? "";
  const named = new Set([...breaking.matchAll(/`([\w.]+)`/g)].map(([, name]) => name));
  // "Partner.name was removed.": what is broken comes first, or stands as "… removed from enum type PartnerStatus."
  const names = ({ description }) => description.match(/[A-Z]\w*(\.\w+)*/g) ?? [];
  return findBreakingChanges(buildSchema(promised), buildSchema(schema)).filter((change) => !names(change).some((name) => named.has(name)));
}
