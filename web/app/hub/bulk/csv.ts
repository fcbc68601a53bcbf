import Papa from "papaparse";

import { words } from "../../words/bulk";

/** One row of the file, and what is said of it. */
export interface Row<Input> {
  id: string;
  /** As a spreadsheet counts. */
  number: number;
  input: Input;
  wrong?: string;
}

/** What stands in a file, or why nothing can be done with it. */
export type Read<Input> = { rows: Row<Input>[]; problem?: never } | { rows?: never; problem: string };

const MOST = 500;

/** Reads a CSV with a head; `,` and `;` and tabs are told apart. What a row says, and what is wrong with it, `take` answers. */
export function readRows<Input>(csv: string, needed: string[], take: (row: Record<string, string>) => { input: Input; wrong?: string }): Read<Input> {
  const { data, meta } = Papa.parse<Record<string, string>>(csv.trim(), {
    header: true,
    skipEmptyLines: "greedy",
    transformHeader: (name) => name.trim().toLowerCase().replace(/[\s-]+/g, "_"),
    transform: (value) => value.trim(),
  });
  const missing = needed.filter((name) => !meta.fields?.includes(name));
  if (missing.length) return { problem: words.missing(missing.join(", ")) };
  if (data.length === 0) return { problem: words.none };
  if (data.length > MOST) return { problem: words.tooMany };
  return { rows: data.map((row, index) => ({ id: String(index), number: index + 2, ...take(row) })) };
}

/** As many rows at a time as a request may carry. */
export function portions<Input>(rows: Row<Input>[], most = 48_000): Row<Input>[][] {
  const found: Row<Input>[][] = [];
  let size = most;
  for (const row of rows) {
    const own = new TextEncoder().encode(JSON.stringify(row.input)).length + 1;
    if (size + own > most) {
      found.push([]);
      size = 0;
    }
    found.at(-1)?.push(row);
    size += own;
  }
  return found;
}
