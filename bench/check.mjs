// Before anything is measured: does each peer give the answer that we give?
import { isDeepStrictEqual } from "node:util";
import { request } from "./peers.mjs";
import { post } from "./servers.mjs";

/** The uuid inside one of our ids. */
export function uuidOf(globalId) {
  const hex = Buffer.from(globalId, "base64url").toString().split(":")[1];
  return hex.replaceAll("-", "").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/** An answer with plain uuids and times, without what is each server's own business: cursors and the order of keys. */
const plain = (answer) =>
  JSON.parse(JSON.stringify(answer.data), (key, value) => {
    if (key === "endCursor") return value !== null;
    if (key === "id" && !/^[0-9a-f]{8}-/.test(value)) return uuidOf(value);
    if (key.endsWith("At") && value !== null) return Date.parse(value);
    return value;
  });

async function ask({ url, body, token }) {
  return body ? post(url, body, token) : (await fetch(url)).json();
}

/** How much W1 holds: an empty database would be answered alike by everybody. */
export function contents({ data }) {
  const partners = data.partners.nodes;
  const below = (rows, name) => rows.flatMap((row) => row[name].nodes);
  const integrations = below(partners, "integrations");
  const [users, tenants] = [below(partners, "users"), below(integrations, "tenants")];
  if (!users.length || !tenants.length) throw new Error("W1 finds no users or no tenants: nothing could be measured");
  return `${partners.length} partners, ${users.length} users, ${integrations.length} integrations, ${tenants.length} tenants`;
}

/** Ends the run if a peer answers something else than we do. */
export async function check(peer, ours, uuid, globalId) {
  for (const key of ["w1", "w1b", "w2", "w3", "w3narrow"]) {
    const theirs = request(peer, key, uuid, globalId);
    if (!theirs) continue;
    const [a, b] = [plain(await ask(theirs)), plain(await ask(request(ours, key, uuid, globalId)))];
    if (!isDeepStrictEqual(a, b)) throw new Error(`${peer.name} answers ${key} otherwise than we do`);
  }
}
