import type { GraphiQLProps } from "graphiql";
import { getOperationAST } from "graphql";

import { subscribe } from "./subscribe";

/**
 * Posts one operation to the server that served this page. The browser adds the HttpOnly session
 * cookie; `x-partner-csrf` is the header that the server asks of every request that relies on it.
 * Headers typed into the header editor are sent too, but cannot replace the ones set here.
 * Subscriptions go by socket.
 */
export const fetcher: GraphiQLProps["fetcher"] = async (params, options) => {
  const headers = new Headers(options?.headers);
  const operation = options?.documentAST && getOperationAST(options.documentAST, params.operationName);
  if (operation?.operation === "subscription") return subscribe(params, headers.get("authorization"));
  headers.set("content-type", "application/json");
  headers.set("accept", "application/json");
  headers.set("x-partner-csrf", "1");
  const response = await fetch("/graphql", {
    method: "POST",
    credentials: "same-origin",
    headers,
    body: JSON.stringify(params),
  });
  const text = await response.text();
  try {
    return JSON.parse(text);
  } catch {
    // A proxy's error page or a plain-text refusal: show it instead of a parse error.
    const error = new Error(`Status ${response.status}, not JSON: ${text.slice(0, 500)}`);
    delete error.stack; // GraphiQL prints the whole error
    throw error;
  }
};
