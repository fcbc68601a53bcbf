// The peers, and what each is asked for one of the workloads.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { root } from "./settings.mjs";
import { body, documents, postgraphile, seaography } from "./workloads.mjs";

// All of them on the Node that the package `node` brings, so that the version is ours to choose.
const node = (name, documents) => {
  const file = join(root, `bench/node/${name}.mjs`);
  const program = join(root, "bench/node/node_modules/node/bin/node");
  return { name, file, program, documents, needs: [file, program] };
};
const rust = (name, documents) => {
  const file = join(root, `bench/peers/target/release/${name}`);
  return { name, program: file, documents, needs: [file] };
};
/** The peers: how each is started, and the files that say that it is there. */
export const peers = [
  rust("rows"),
  rust("json"),
  node("postgraphile", postgraphile),
  node("yoga", documents),
  node("apollo", documents),
  rust("seaography", seaography),
];

/** What a peer lacks, or undefined. */
export const lacks = (peer) => peer.needs.find((file) => !existsSync(file));

/** What the small peers do not answer. */
const without = { rows: ["w3", "w3narrow"], json: ["w1b", "w3narrow"] };

/** What to send to a server for one of the workloads; undefined if it has no such thing. */
export function request(server, key, uuid, globalId) {
  if (server.token) {
    return { url: server.url, token: server.token, body: body(documents[key], key === "w2" ? { id: globalId } : {}) };
  }
  if (!server.documents) {
    if (without[server.name].includes(key)) return undefined;
    return { url: `${server.base}/${key}${key === "w2" ? `?id=${uuid}` : ""}` };
  }
  if (!server.documents[key]) return undefined;
  return { url: server.url, body: body(server.documents[key], key === "w2" ? { id: uuid } : {}) };
}
