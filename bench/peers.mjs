// The peers, and what each is asked for one of the workloads.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./settings.mjs";
import { body, documents } from "./workloads.mjs";

const node = (name, program = "node") => ({
  name,
  kind: "node",
  file: join(root, `bench/node/${name}.mjs`),
  program,
  needs: [
    join(root, `bench/node/${name}.mjs`),
    join(root, "bench/node/node_modules"),
    ...(program === "node" ? [] : [program]),
  ],
});
const rust = (name) => {
  const file = join(root, `bench/peers/target/release/${name}`);
  return { name, kind: "rust", program: file, needs: [file] };
};
/** The peers: how each is started, and the files that say that it is there. */
export const peers = [
  rust("rows"),
  rust("json"),
  node("postgraphile", join(root, "bench/node/node_modules/node/bin/node")),
  node("yoga"),
  node("apollo"),
];

/** What a peer lacks, or undefined. */
export const lacks = (peer) => peer.needs.find((file) => !existsSync(file));

/** What to send to a server for one of the workloads; undefined if it has no such thing. */
export function request(server, key, uuid, globalId) {
  if (server.token) {
    return { url: server.url, token: server.token, body: body(documents[key], key === "w2" ? { id: globalId } : {}) };
  }
  if (server.kind === "rust") {
    if (server.name === "json" && key === "w1b") return undefined;
    return { url: `${server.base}/${key}${key === "w2" ? `?id=${uuid}` : ""}` };
  }
  const folder = join(root, "bench/node/documents", server.name);
  if (!existsSync(join(folder, `${key}.graphql`))) return undefined;
  const query = readFileSync(join(folder, `${key}.graphql`), "utf8");
  const id = key === "w2" ? idForm(server.name, folder, uuid) : "";
  return id === undefined
    ? undefined
    : { url: server.url, body: JSON.stringify({ query, variables: id ? { id } : {} }) };
}

/** The id that W2 takes: the uuid, or for PostGraphile what its file `ids` says: "uuid", or a pattern with `{uuid}`. */
function idForm(name, folder, uuid) {
  const file = join(folder, "ids");
  if (!existsSync(file)) return name === "postgraphile" ? undefined : uuid;
  const form = readFileSync(file, "utf8").trim();
  if (form === "uuid") return uuid;
  return form.startsWith("base64:")
    ? Buffer.from(form.slice(7).replaceAll("{uuid}", uuid)).toString("base64")
    : form.replaceAll("{uuid}", uuid);
}
