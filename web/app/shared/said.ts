import { words } from "../words/door";
import { Fault, type UserError } from "./send";

/** A fault in words. */
export function said(error: unknown): string {
  if (error instanceof Fault && typeof error.extensions.retryAfter === "number") return words.wait(error.extensions.retryAfter);
  return error instanceof Error ? error.message : String(error);
}

/** What is to be mended, in one breath. */
export const together = (errors: UserError[]) => errors.map(({ message }) => message).join(" ");
