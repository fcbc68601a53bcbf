import { useState } from "react";

import { said } from "../shared/said";
import { type UserError, byField } from "../shared/send";

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
