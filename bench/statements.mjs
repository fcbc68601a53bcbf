// Counts the statements of a connection to PostgreSQL, as a proxy that reads the types of the messages it passes on.
import { connect, createServer } from "node:net";

const SSL_REQUEST = 80_877_103;

/** Listens; `count()` is how many statements were executed so far, `url` what to connect to instead. */
export async function countingProxy(url) {
  const target = new URL(url);
  let executed = 0;
  const server = createServer((client) => {
    const upstream = connect(Number(target.port || 5432), target.hostname);
    const watch = watcher(() => executed++);
    client.on("data", (chunk) => (watch(chunk), upstream.write(chunk)));
    upstream.on("data", (chunk) => client.write(chunk));
    for (const [one, other] of [
      [client, upstream],
      [upstream, client],
    ]) {
      one.on("error", () => other.destroy());
      one.on("close", () => other.end());
    }
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  const through = new URL(url);
  [through.hostname, through.port] = ["127.0.0.1", server.address().port];
  return { url: through.href, count: () => executed, close: () => server.close() };
}

/** Reads one connection's messages: a type (none at the start), four bytes of length, the rest. */
function watcher(onStatement) {
  let rest = Buffer.alloc(0);
  let started = false;
  return (chunk) => {
    rest = Buffer.concat([rest, chunk]);
    for (;;) {
      const head = started ? 1 : 0;
      if (rest.length < head + 4 + (started ? 0 : 4)) return;
      const length = head + rest.readUInt32BE(head);
      if (rest.length < length) return;
      if (!started) started = rest.readUInt32BE(4) !== SSL_REQUEST;
      else if (rest[0] === 0x45 || rest[0] === 0x51) onStatement(); // Execute, or a simple Query
      rest = rest.subarray(length);
    }
  };
}
