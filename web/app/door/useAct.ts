import { useState } from "react";

import { Fault, type UserError, byField } from "../shared/send";
import { words } from "../words/door";

/** Runs one change at a time and keeps what is to be mended, by field; "" is about the whole. */
export function useAct() {
  const [busy, setBusy] = useState(false);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const run = async (change: () => Promise<UserError[] | void>) => {
    setBusy(true);
    setErrors({});
    try {
      setErrors(byField((await change()) ?? []));
    } catch (error) {
      setErrors({ "": said(error) });
    } finally {
      setBusy(false);
    }
  };
  return { busy, errors, run };
}

/** A fault in words. */
export function said(error: unknown): string {
  if (error instanceof Fault && typeof error.extensions.retryAfter === "number") {
    return words.wait(Math.ceil(error.extensions.retryAfter));
  }
  return error instanceof Error ? error.message : String(error);
}
