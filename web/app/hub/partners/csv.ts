import Papa from "papaparse";

import type { InvitePartnerRow } from "../../made/graph";
import { words } from "../../words/hub";

/** One row of the file, and what the hub says of it. */
export interface Row {
  id: string;
  /** As a spreadsheet counts. */
  number: number;
  input: InvitePartnerRow;
  wrong?: string;
}

const MOST = 500;

/** Reads a CSV with a head; `,` and `;` and tabs are told apart. */
export function readRows(csv: string): { rows?: Row[]; problem?: string } {
  const { data, meta } = Papa.parse<Record<string, string>>(csv.trim(), {
    header: true,
    skipEmptyLines: "greedy",
    transformHeader: (name) => name.trim().toLowerCase().replace(/[\s-]+/g, "_"),
    transform: (value) => value.trim(),
  });
  const missing = ["company", "name", "email"].filter((name) => !meta.fields?.includes(name));
  if (missing.length) return { problem: words.bulk.missing(missing.join(", ")) };
  if (data.length === 0) return { problem: words.bulk.none };
  if (data.length > MOST) return { problem: words.bulk.tooMany };
  const rows = data.map((row, index) => ({
    id: String(index),
    number: index + 2,
    input: {
      name: row.company ?? "",
      primaryContact: { name: row.name ?? "", email: row.email ?? "" },
      ...(row.website ? { website: row.website } : {}),
      ...(row.external_id ? { externalId: row.external_id } : {}),
      ...(row.message ? { message: row.message } : {}),
    },
  }));
  return { rows };
}

/** As many rows at a time as a request may carry. */
export function portions(rows: Row[], most = 48_000): Row[][] {
  const found: Row[][] = [];
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
