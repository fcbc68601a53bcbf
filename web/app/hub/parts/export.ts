import Papa from "papaparse";

/** A column of a file: its head, and what stands below. */
export type Cells<Row> = Record<string, (row: Row) => string | number | boolean | null | undefined>;

/** Hands rows over as a CSV. What a spreadsheet would take for a formula is marked as text. */
export function download<Row>(name: string, rows: Row[], cells: Cells<Row>) {
  const heads = Object.keys(cells);
  const data = rows.map((row) => heads.map((head) => cells[head]?.(row) ?? ""));
  const csv = Papa.unparse({ fields: heads, data }, { escapeFormulae: true, newline: "\r\n" });
  const url = URL.createObjectURL(new Blob(["\uFEFF", csv], { type: "text/csv;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = `${name}-${new Date().toISOString().slice(0, 10)}.csv`;
  link.click();
  URL.revokeObjectURL(url);
}
