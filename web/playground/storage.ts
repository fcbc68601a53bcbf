import type { GraphiQLProps } from "graphiql";

/**
 * GraphiQL keeps its tabs and its history in local storage. Variables are where passwords go when
 * signing in, so they are taken out of everything before it is written.
 */
export const storage: GraphiQLProps["storage"] = {
  getItem: (key) => localStorage.getItem(key),
  setItem: (key, value) => {
    if (key === "graphiql:variables") return;
    localStorage.setItem(key, withoutVariables(value));
  },
  removeItem: (key) => localStorage.removeItem(key),
  clear: () => ownKeys().forEach((key) => localStorage.removeItem(key)),
  get length() {
    return ownKeys().length;
  },
};

function ownKeys(): string[] {
  return Object.keys(localStorage).filter((key) => key.startsWith("graphiql:"));
}

function withoutVariables(value: string): string {
  // Only the tab state and the history are JSON objects; query text is stored as it is.
  let parsed: unknown;
  try {
    parsed = JSON.parse(value);
  } catch {
    return value;
  }
  if (typeof parsed !== "object") return value;
  return JSON.stringify(parsed, (name, inner: unknown) =>
    name === "variables" || name === "hash" ? null : inner,
  );
}
