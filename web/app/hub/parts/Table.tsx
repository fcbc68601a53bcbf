import { Box, Table as MuiTable, TableBody, TableCell, TableContainer, TableHead, TableRow } from "@mui/material";
import { visuallyHidden } from "@mui/utils";
import type { ReactNode } from "react";

import { words } from "../../words/hub";
import { useSmall } from "./useSmall";

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

/** A plain table; where the page is narrow, a list of what would stand in its rows. */
export function Table<Row extends { id: string }>(props: Props<Row>) {
  return useSmall() ? <Narrow {...props} /> : <Wide {...props} />;
}

function Wide<Row extends { id: string }>({ label, rows, columns }: Props<Row>) {
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

/** The first column as the head of each, the buttons beside it, and below what there is to say. */
function Narrow<Row extends { id: string }>({ label, rows, columns }: Props<Row>) {
  const [head, ...rest] = columns.filter(({ bare }) => !bare);
  return (
    <Box component="ul" aria-label={label} sx={{ m: 0, p: 0, listStyle: "none" }}>
      {rows.map((row) => (
        <Box component="li" key={row.id} sx={{ px: 2, py: 1.5, display: "flex", gap: 1, alignItems: "start", "&:not(:last-child)": { borderBottom: 1, borderColor: "divider" } }}>
          <Box sx={{ flex: 1, minWidth: 0, overflowWrap: "anywhere" }}>
            <Box sx={{ fontSize: "0.9375rem" }}>{head?.cell(row)}</Box>
            <Box component="dl" sx={{ m: 0, mt: 0.75, display: "grid", gridTemplateColumns: "minmax(96px, max-content) 1fr", columnGap: 2, rowGap: 0.5, fontSize: "0.875rem", alignItems: "center" }}>
              {rest.map(({ title, cell }) => {
                const value = cell(row);
                return value !== words.none && value !== null && value !== "" && (
                  <Box key={title} sx={{ display: "contents" }}>
                    <Box component="dt" sx={{ color: "text.secondary" }}>{title}</Box>
                    <Box component="dd" sx={{ m: 0, minWidth: 0 }}>{value}</Box>
                  </Box>
                );
              })}
            </Box>
          </Box>
          {columns.filter(({ bare }) => bare).map(({ title, cell }) => <Box key={title} sx={{ mt: -0.5, mr: -1 }}>{cell(row)}</Box>)}
        </Box>
      ))}
    </Box>
  );
}
