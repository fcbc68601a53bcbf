import { createClient, type SubscribePayload } from "graphql-ws";

/**
 * Subscribes by a socket of its own, which closes when the play button is pressed again. The cookie
 * travels with the handshake; a token typed into the header editor goes into the greeting instead.
 */
export async function* subscribe(payload: SubscribePayload, authorization: string | null) {
  const client = createClient({
    url: `${location.origin.replace(/^http/, "ws")}/graphql/ws`,
    connectionParams: authorization ? { authorization } : undefined,
    retryAttempts: 0,
  });
  try {
    yield* client.iterate(payload);
  } catch (problem) {
    // A close says why in its reason; GraphiQL would print an empty object.
    if (!(problem instanceof CloseEvent)) throw problem;
    const error = new Error(`The socket was closed: ${problem.code} ${problem.reason}`);
    delete error.stack; // GraphiQL prints the whole error
    throw error;
  } finally {
    await client.dispose();
  }
}
