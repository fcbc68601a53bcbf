import { useQueryClient } from "@tanstack/react-query";
import { type Client, createClient } from "graphql-ws";
import { useEffect } from "react";

import type { Typed } from "../../shared/send";

let client: Client | undefined;

/** One socket for all that is listened to; the browser's cookie opens it. */
function socket() {
  client ??= createClient({
    url: `${location.origin.replace(/^http/, "ws")}/graphql/ws`,
    lazy: true,
    lazyCloseTimeout: 5_000,
    // For as long as the page is open, at most half a minute apart.
    retryAttempts: Infinity,
    retryWait: (times) => new Promise((again) => setTimeout(again, Math.min(1_000 * 2 ** times, 30_000) * (0.5 + Math.random() / 2))),
    // Without a session nothing is told; the next request leads to the log-in.
    shouldRetry: (problem) => !(problem instanceof CloseEvent && [4403, 4429].includes(problem.code)),
  });
  return client;
}

/**
 * Loads what is shown anew when something changes, at most once in a second. After a break of the connection, too:
 * changes are told at most once.
 */
export function useLive<Variables extends Record<string, unknown>>(
  document: Typed<unknown, Variables>,
  variables: Variables,
  keys: string[],
) {
  const queries = useQueryClient();
  const query = document.toString();
  const told = JSON.stringify(variables);
  const stale = keys.join();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const refresh = () => {
      timer ??= setTimeout(() => {
        timer = undefined;
        for (const key of stale.split(",")) void queries.invalidateQueries({ queryKey: [key] });
      }, 1_000);
    };
    const live = socket();
    const unlisten = live.on("connected", (_socket, _payload, again) => {
      if (again) refresh();
    });
    const end = live.subscribe(
      { query, operationName: query.match(/subscription (\w+)/)?.[1] ?? null, variables: JSON.parse(told) as Record<string, unknown> },
      { next: refresh, error: () => {}, complete: () => {} },
    );
    return () => {
      clearTimeout(timer);
      unlisten();
      end();
    };
  }, [queries, query, told, stale]);
}
