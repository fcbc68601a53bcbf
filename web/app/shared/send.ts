import type { DocumentTypeDecoration } from "@graphql-typed-document-node/core";

import { words } from "../words/door";

/** A typed document, as made from `app/graph/*.graphql`. */
export type Typed<Data, Variables> = DocumentTypeDecoration<Data, Variables> & { toString(): string };

/** What a person can mend, as the graph tells it. */
export interface UserError {
  field?: string[] | null;
  message: string;
  code?: string;
}

/** Everything else: no network, no session, no such object, too often, or a fault of the server. */
export class Fault extends Error {
  constructor(
    message: string,
    readonly code: string,
    readonly extensions: Record<string, unknown> = {},
  ) {
    super(message);
  }
}

interface Answer<Data> {
  data?: Data | null;
  errors?: { message: string; path?: unknown[]; extensions?: Record<string, unknown> }[];
}

/** Asks the graph with the cookie of this browser. The header says that it is a page of ours who asks. */
export async function send<Data, Variables>(document: Typed<Data, Variables>, variables?: Variables): Promise<Data> {
  let response: Response;
  try {
    response = await fetch("/graphql", {
      method: "POST",
      credentials: "same-origin",
      headers: { "content-type": "application/json", accept: "application/json", "x-partner-csrf": "1" },
      body: JSON.stringify({ query: document.toString(), variables }),
    });
  } catch {
    throw new Fault(words.offline, "OFFLINE");
  }
  const answer: Answer<Data> = await response.json().catch(() => ({}));
  const [first] = answer.errors ?? [];
  // Single fields that one may not see are null; the rest of the answer counts.
  const partial = answer.data && answer.errors?.every(isUnseen);
  if (first && !(partial && !isMutation(document))) {
    const { code = "INTERNAL", ...extensions } = first.extensions ?? {};
    throw new Fault(first.message, String(code), extensions);
  }
  if (!answer.data) throw new Fault(words.status(response.status), "INTERNAL");
  return answer.data;
}

/** Also the company of one's own account, for the vendor's people who have a second factor still to set up. */
function isUnseen({ path, extensions }: NonNullable<Answer<unknown>["errors"]>[number]) {
  return extensions?.code === "FORBIDDEN" ? Boolean(path) : extensions?.code === "ONBOARDING_INCOMPLETE" && path?.[0] === "viewer";
}

function isMutation(document: { toString(): string }) {
  return /^\s*mutation/.test(document.toString());
}

/** The errors by the dotted path of their field; those without a field under "". */
export function byField(errors: UserError[]): Record<string, string> {
  const found: Record<string, string> = {};
  for (const error of errors) {
    const field = error.field?.join(".") ?? "";
    found[field] = found[field] ? `${found[field]} ${error.message}` : error.message;
  }
  return found;
}
