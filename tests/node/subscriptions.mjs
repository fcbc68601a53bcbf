// Subscribes with the package graphql-ws, as a dashboard does, and prints what it is told, a line of JSON each.
//   node subscriptions.mjs URL TOKEN
// It prints "ready" when the server listens for it, completes after one event, and then asks a query on the same socket.
import { createClient } from "graphql-ws";
import WebSocket from "ws";

const [url, token] = process.argv.slice(2);
const say = (what) => console.log(JSON.stringify(what));
const client = createClient({
  url,
  webSocketImpl: WebSocket,
  connectionParams: { authorization: `Bearer ${token}` },
  keepAlive: 1_000,
  retryAttempts: 0,
});

const viewer = async () => {
  for await (const result of client.iterate({ query: "{ viewer { role } }" })) return result;
};

const changes = client.iterate({ query: "subscription { partnerChanged { name status } }" });
const first = changes.next();
// Answered after the subscription was heard of, since the socket keeps the order.
say(await viewer());
say("ready");
say((await first).value);
await changes.return();
// The id is completed, the socket goes on.
say(await viewer());

// A document that is refused is an error of this operation alone.
const refused = client.iterate({ query: "subscription { nowhere }" });
say(await refused.next().then(() => "not refused", (errors) => errors.map((error) => error.extensions.code)));
await client.dispose();

// A token that does not work is refused with 4403.
const stranger = createClient({ url, webSocketImpl: WebSocket, connectionParams: { authorization: "Bearer x" }, retryAttempts: 0 });
say(await stranger.iterate({ query: "{ viewer { role } }" }).next().then(() => "let in", (event) => event.code));
