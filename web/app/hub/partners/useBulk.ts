import { useState } from "react";

import { BulkInviteDocument, type BulkInviteMutation } from "../../made/graph";
import { together } from "../../shared/said";
import { useChange } from "../parts/useGraph";
import { type Row, portions } from "./csv";

interface Outcome {
  /** Those that were answered; when a portion fails, those before it. */
  rows: Row[];
  problem?: string;
}

/** Sends rows in portions, and puts what the hub says of each beside it. */
export function useBulk() {
  const change = useChange();
  const [busy, setBusy] = useState(false);
  const send = async (rows: Row[], dryRun: boolean): Promise<Outcome> => {
    const done: Row[] = [];
    for (const portion of portions(rows)) {
      let answer: BulkInviteMutation["done"] | undefined;
      const input = { rows: portion.map((row) => row.input), dryRun, ...(dryRun ? {} : { idempotencyKey: crypto.randomUUID() }) };
      const wrong = await change(BulkInviteDocument, { input }, (data) => {
        answer = data.done;
      });
      if (!answer) return { rows: done, problem: together(wrong) };
      for (const { index, accepted, userErrors } of answer.rows) {
        const row = portion[index];
        if (!row) continue;
        const { wrong: _, ...fine } = row;
        done.push(accepted ? fine : { ...fine, wrong: userErrors.map((error) => error.message).join(" ") });
      }
    }
    return { rows: done };
  };
  const run = async (rows: Row[], dryRun: boolean) => {
    setBusy(true);
    const outcome = await send(rows, dryRun);
    setBusy(false);
    return outcome;
  };
  return { busy, check: (rows: Row[]) => run(rows, true), invite: (rows: Row[]) => run(rows, false) };
}
