import ArrowDownwardIcon from "@mui/icons-material/ArrowDownward";
import ArrowUpwardIcon from "@mui/icons-material/ArrowUpward";
import DeleteIcon from "@mui/icons-material/DeleteOutlined";
import { Box, Checkbox, FormControlLabel, IconButton, MenuItem, Stack, TextField, type TextFieldProps, Typography } from "@mui/material";
import { useEffect, useRef } from "react";

import type { QuestionKind } from "../../made/graph";
import { words as say } from "../../words/forms";
import { type Editing, bounds, hasOptions } from "./questions";

interface Props {
  question: Editing;
  number: number;
  first: boolean;
  last: boolean;
  errors: Record<string, string>;
  /** Whether it has just been added: one goes on there. */
  added: boolean;
  onChange: (question: Editing) => void;
  onMove: (by: number) => void;
  onRemove: () => void;
}

/** One question: what belongs to its kind, and nothing else. */
export function QuestionEditor({ question, number, first, last, errors, added, onChange, onMove, onRemove }: Props) {
  const section = useRef<HTMLElement>(null);
  useEffect(() => {
    if (added) section.current?.scrollIntoView({ block: "center" });
  }, [added]);
  const { kind, label } = question;
  const name = label || say.untitled;
  const bound = bounds(kind);
  const set = (part: Partial<Editing>) => onChange({ ...question, ...part });
  const text = (field: keyof Editing, title: string, more: TextFieldProps = {}) => (
    <TextField
      size="small" label={title} value={question[field]} error={Boolean(errors[field])} {...more} helperText={errors[field] ?? more.helperText}
      onChange={(event) => set({ [field]: event.target.value })}
    />
  );
  const day = { type: "date", slotProps: { inputLabel: { shrink: true } } } as const;
  return (
    <Box component="section" ref={section} aria-label={say.question(number)} sx={{ p: 2, border: 1, borderColor: Object.keys(errors).length ? "error.main" : "divider", borderRadius: 1 }}>
      <Stack direction="row" sx={{ alignItems: "center", mb: 1.5 }}>
        <Typography variant="h3" component="h2" sx={{ flex: 1 }}>{say.question(number)}</Typography>
        <IconButton size="small" aria-label={say.up(name)} disabled={first} onClick={() => onMove(-1)}><ArrowUpwardIcon fontSize="small" /></IconButton>
        <IconButton size="small" aria-label={say.down(name)} disabled={last} onClick={() => onMove(1)}><ArrowDownwardIcon fontSize="small" /></IconButton>
        <IconButton size="small" aria-label={say.remove(name)} onClick={onRemove}><DeleteIcon fontSize="small" /></IconButton>
      </Stack>
      <Stack spacing={2}>
        {text("label", say.fields.label, { required: true, autoFocus: added })}
        <TextField size="small" select label={say.fields.kind} value={kind} onChange={(event) => set({ kind: event.target.value as QuestionKind })}>
          {Object.entries(say.kinds).map(([value, title]) => <MenuItem key={value} value={value}>{title}</MenuItem>)}
        </TextField>
        {hasOptions(kind) && text("options", say.fields.options, { required: true, multiline: true, minRows: 3 })}
        {kind === "TERMS" && text("termsUrl", say.fields.termsUrl, { required: true, type: "url", placeholder: "https://" })}
        {text("description", say.fields.description)}
        {bound && (
          <Stack direction={{ xs: "column", sm: "row" }} spacing={2}>
            {text("min", say.fields.min[bound], { type: "number" })}
            {text("max", say.fields.max[bound], { type: "number" })}
          </Stack>
        )}
        {kind === "DATE" && (
          <Stack direction={{ xs: "column", sm: "row" }} spacing={2}>
            {text("earliest", say.fields.earliest, day)}
            {text("latest", say.fields.latest, day)}
          </Stack>
        )}
        <TextField
          size="small" label={say.fields.key} value={question.key} error={Boolean(errors.key)} helperText={errors.key ?? say.keyHelp}
          onChange={(event) => set({ key: event.target.value, fresh: false })}
        />
        <Stack direction="row" useFlexGap sx={{ flexWrap: "wrap" }}>
          <FormControlLabel control={<Checkbox checked={question.required} onChange={(event) => set({ required: event.target.checked })} />} label={say.fields.required} />
          {kind === "TERMS" && (
            <FormControlLabel control={<Checkbox checked={question.askAgain} onChange={(event) => set({ askAgain: event.target.checked })} />} label={say.fields.askAgain} />
          )}
        </Stack>
      </Stack>
    </Box>
  );
}
