import { useState } from "react";

import { together } from "../../shared/said";
import type { Typed, UserError } from "../../shared/send";
import { useChange } from "../parts/useGraph";
import { type Row, portions } from "./csv";

/** A mutation that takes many rows and answers each. */
export type Many<Input> = Typed<
  { done: { rows: { index: number; accepted: boolean; userErrors: UserError[] }[]; userErrors: UserError[] } },
  { input: { rows: Input[]; dryRun: boolean; idempotencyKey?: string } }
>;

interface Outcome<Input> {
  /** Those that were answered; when a portion fails, those before it. */
  rows: Row<Input>[];
  problem?: string;
}

/** Sends rows in portions, and puts what the hub says of each beside it. */
export function useBulk<Input>(document: Many<Input>) {
  const change = useChange();
  const [busy, setBusy] = useState(false);
  const send = async (rows: Row<Input>[], dryRun: boolean): Promise<Outcome<Input>> => {
    const done: Row<Input>[] = [];
    for (const portion of portions(rows)) {
      let answered: { index: number; accepted: boolean; userErrors: UserError[] }[] | undefined;
      const input = { rows: portion.map((row) => row.input), dryRun, ...(dryRun ? {} : { idempotencyKey: crypto.randomUUID() }) };
      const wrong = await change(document, { input }, (data) => {
        answered = data.done.rows;
      });
      if (!answered) return { rows: done, problem: together(wrong) };
      for (const { index, accepted, userErrors } of answered) {
        const row = portion[index];
        if (!row) continue;
        const { wrong: _, ...fine } = row;
        done.push(accepted ? fine : { ...fine, wrong: together(userErrors) });
      }
    }
    return { rows: done };
  };
  const run = async (rows: Row<Input>[], dryRun: boolean) => {
    setBusy(true);
    const outcome = await send(rows, dryRun);
    setBusy(false);
    return outcome;
  };
  return { busy, check: (rows: Row<Input>[]) => run(rows, true), make: (rows: Row<Input>[]) => run(rows, false) };
}
