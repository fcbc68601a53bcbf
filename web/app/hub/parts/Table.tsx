import { Table as MuiTable, TableBody, TableCell, TableContainer, TableHead, TableRow } from "@mui/material";
import { visuallyHidden } from "@mui/utils";
import type { ReactNode } from "react";

export interface Column<Row> {
  title: string;
  /** Without words: a column of buttons. */
  bare?: boolean;
  number?: boolean;
  cell: (row: Row) => ReactNode;
}

interface Props<Row> {
  label: string;
  rows: Row[];
  columns: Column<Row>[];
}

/** A plain table that scrolls by itself where the page is narrow. */
export function Table<Row extends { id: string }>({ label, rows, columns }: Props<Row>) {
  return (
    <TableContainer sx={{ position: "relative" }} tabIndex={0} role="region" aria-label={label}>
      <MuiTable size="small">
        <TableHead>
          <TableRow>
            {columns.map(({ title, bare, number }) => (
              <TableCell key={title} align={number ? "right" : "left"}>
                {bare ? <span style={visuallyHidden}>{title}</span> : title}
              </TableCell>
            ))}
          </TableRow>
        </TableHead>
        <TableBody>
          {rows.map((row) => (
            <TableRow key={row.id} hover>
              {columns.map(({ title, number, cell }) => <TableCell key={title} align={number ? "right" : "left"}>{cell(row)}</TableCell>)}
            </TableRow>
          ))}
        </TableBody>
      </MuiTable>
    </TableContainer>
  );
}
