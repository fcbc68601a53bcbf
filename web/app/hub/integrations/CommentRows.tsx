import AddIcon from "@mui/icons-material/Add";
import { Box, Button, MenuItem, Stack, TextField } from "@mui/material";
import { useState } from "react";

import type { ReviewCommentInput } from "../../made/graph";
import { words } from "../../words/rounds";
import type { FieldSpec } from "../parts/fields";

interface Row {
  field: string;
  text: string;
}

interface Props {
  places: NonNullable<FieldSpec["options"]>;
  /** Told what is to be sent: rows without a word are left out. */
  onChange: (comments: ReviewCommentInput[]) => void;
}

/** As many comments as one likes, each beside a field. */
export function CommentRows({ places, onChange }: Props) {
  const [rows, setRows] = useState<Row[]>([{ field: "", text: "" }]);
  const set = (next: Row[]) => {
    setRows(next);
    onChange(next.filter(({ text }) => text.trim()).map(({ field, text }) => ({ text, field: field || null })));
  };
  const edit = (at: number, with_: Partial<Row>) => set(rows.map((row, index) => (index === at ? { ...row, ...with_ } : row)));
  return (
    <Stack spacing={2.5}>
      {rows.map(({ field, text }, at) => (
        // Rows are only added, at the end.
        <Stack key={at} spacing={2} role="group" aria-label={words.requestChanges.row(at + 1)} sx={{ pl: 1.5, borderLeft: 3, borderColor: "divider" }}>
          <TextField select id={`place-${at}`} label={words.requestChanges.field} value={field} onChange={(event) => edit(at, { field: event.target.value })} slotProps={{ select: { displayEmpty: true }, inputLabel: { shrink: true } }}>
            {places.map(({ value, label }) => <MenuItem key={value} value={value}>{label}</MenuItem>)}
          </TextField>
          <TextField id={`comment-${at}`} label={words.requestChanges.comment} multiline minRows={2} value={text} onChange={(event) => edit(at, { text: event.target.value })} />
        </Stack>
      ))}
      <Box><Button startIcon={<AddIcon />} onClick={() => set([...rows, { field: "", text: "" }])}>{words.requestChanges.more}</Button></Box>
    </Stack>
  );
}
