import {
  Alert, Box, Button, Checkbox, FormControl, FormControlLabel, FormGroup, FormHelperText, FormLabel, Link, MenuItem,
  Stack, TextField,
} from "@mui/material";
import { type FormEvent, type ReactNode, useEffect, useMemo, useRef, useState } from "react";

import type { AnswerInput, QuestionsFragment } from "../made/graph";
import { words } from "../words/door";
import type { UserError } from "./send";
import { webAddress } from "./webAddress";

type Question = QuestionsFragment["questions"][number];
export type Answers = Record<string, unknown>;

interface Props {
  questions: Question[];
  /** What has been answered before. */
  initial?: Answers;
  /** By field, as the graph names it; "" is about the whole. */
  errors: Record<string, string>;
  busy: boolean;
  submit: string;
  /** What stands beside the button that submits. */
  beside?: ReactNode;
  /** What has been said of an answer, to stand under it. */
  note?: (question: string) => ReactNode;
  onChange?: (answers: Answers) => void;
  onSubmit: (answers: AnswerInput[]) => void;
}

/** The questions of a form, each by its kind. The server alone says what is wrong with an answer. */
export function QuestionForm({ questions, initial = {}, errors: told, busy, submit, beside, note, onChange, onSubmit }: Props) {
  const [answers, setAnswers] = useState<Answers>(initial);
  const form = useRef<HTMLFormElement>(null);
  // Once for each refusal: a page that is drawn anew must not move the cursor.
  const errors = useMemo(() => byQuestion(told), [told]);
  useEffect(() => {
    form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [errors]);
  const set = (key: string, value: unknown) => {
    const next = { ...answers, [key]: value };
    setAnswers(next);
    onChange?.(next);
  };
  const send = (event: FormEvent) => {
    event.preventDefault();
    const whole = Object.fromEntries(questions.flatMap(({ key, kind }) => (kind === "URL" && typeof answers[key] === "string" ? [[key, webAddress(answers[key])]] : [])));
    const next = { ...answers, ...whole };
    setAnswers(next);
    onSubmit(given(questions, next));
  };
  const unplaced = errors[""];
  const some = Object.keys(errors).some((key) => key !== "");
  return (
    <Box component="form" ref={form} noValidate onSubmit={send}>
      <Stack spacing={3}>
        {questions.map((question) => (
          <Box key={question.key}>
            <Field
              question={question}
              value={answers[question.key]}
              error={errors[question.key]}
              set={(value) => set(question.key, value)}
            />
            {note?.(question.key)}
          </Box>
        ))}
        {(unplaced || some) && <Alert severity="error">{unplaced ?? words.form.mend}</Alert>}
        <Stack direction="row" spacing={1}>
          <Button type="submit" variant="contained" size="large" loading={busy}>{submit}</Button>
          {beside}
        </Stack>
      </Stack>
    </Box>
  );
}

/** What has been answered, in the graph's words; what is empty is left out. */
export function given(questions: Question[], answers: Answers): AnswerInput[] {
  return questions.flatMap(({ key, kind }) => {
    const value = answers[key];
    if (value === undefined || value === null || value === "" || value === false) return [];
    if (Array.isArray(value) && value.length === 0) return [];
    return [{ question: key, value: kind === "NUMBER" ? Number(value) : value }];
  });
}

/** Answers that the graph has kept. */
export function before(answers: { question: string; value: unknown }[] | undefined): Answers {
  return Object.fromEntries((answers ?? []).map(({ question, value }) => [question, value]));
}

/** Errors of `answers.KEY` under the question's key alone. */
function byQuestion(errors: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(errors).map(([field, message]) => [field.replace(/^answers\./, ""), message]));
}

/** Whether what was answered are the questions of an older version. */
export const outdated = (errors: UserError[]) => errors.some(({ code }) => code === "FORM_OUTDATED");

/** What an answer has to keep to, in words; how long it may be, once most of that is written. */
function limits({ kind, min, max, earliest, latest }: Question, value: unknown): string {
  const { between: say } = words.form;
  if (kind === "DATE") return say.day(earliest, latest);
  if (kind === "MULTI_SELECT") return say.choices(min, max);
  if (kind === "NUMBER") return say.number(min, max);
  if (kind !== "TEXT" && kind !== "LONG_TEXT") return "";
  const full = typeof value === "string" && max != null && value.length > max * 0.75;
  return say.characters(min, full ? max : null);
}

interface FieldProps {
  question: Question;
  value: unknown;
  error: string | undefined;
  set: (value: unknown) => void;
}

const TYPES = { NUMBER: "number", DATE: "date", URL: "url", EMAIL: "email", TEXT: "text" } as const;

function Field({ question, value, error, set }: FieldProps) {
  const { key, kind, label, description, required, options, termsUrl, min, max, earliest, latest } = question;
  const help = error ?? ([description, limits(question, value)].filter(Boolean).join(" ") || undefined);
  const id = `question-${key}`;
  const told = { "aria-invalid": Boolean(error), "aria-describedby": help ? `${id}-help` : undefined };
  if (kind === "TERMS") {
    return (
      <FormControl error={Boolean(error)} required={required}>
        <FormControlLabel
          control={<Checkbox checked={value === true} onChange={(event) => set(event.target.checked)} slotProps={{ input: told }} />}
          label={label}
        />
        <FormHelperText id={`${id}-help`}>
          {help} {termsUrl && <Link href={termsUrl} target="_blank" rel="noopener noreferrer">{words.form.read}</Link>}
        </FormHelperText>
      </FormControl>
    );
  }
  if (kind === "MULTI_SELECT") {
    const chosen = Array.isArray(value) ? (value as string[]) : [];
    const toggle = (option: string, on: boolean) => set(options.filter((each) => (each === option ? on : chosen.includes(each))));
    return (
      <FormControl component="fieldset" error={Boolean(error)} required={required}>
        <FormLabel component="legend" sx={{ color: "text.primary" }}>{label}</FormLabel>
        <FormGroup>
          {options.map((option) => (
            <FormControlLabel
              key={option}
              control={<Checkbox checked={chosen.includes(option)} onChange={(event) => toggle(option, event.target.checked)} slotProps={{ input: told }} />}
              label={option}
            />
          ))}
        </FormGroup>
        <FormHelperText id={`${id}-help`}>{help}</FormHelperText>
      </FormControl>
    );
  }
  const bounds = kind === "NUMBER" ? { min: min ?? undefined, max: max ?? undefined } : kind === "DATE" ? { min: earliest ?? undefined, max: latest ?? undefined } : {};
  // Questions are sentences: above the field they have room, inside it they would be cut off.
  return (
    <Box>
      <FormLabel id={`${id}-label`} htmlFor={id} required={required} error={Boolean(error)} sx={{ display: "block", mb: 1, color: "text.primary" }}>{label}</FormLabel>
      <TextField
        id={id}
        required={required}
        value={typeof value === "string" || typeof value === "number" ? value : ""}
        onChange={(event) => set(event.target.value)}
        error={Boolean(error)}
        helperText={help}
        select={kind === "SELECT"}
        multiline={kind === "LONG_TEXT"}
        minRows={kind === "LONG_TEXT" ? 3 : undefined}
        type={kind in TYPES ? TYPES[kind as keyof typeof TYPES] : undefined}
        placeholder={kind === "URL" ? "https://" : undefined}
        slotProps={{ select: { labelId: `${id}-label` }, htmlInput: { ...bounds, "aria-invalid": Boolean(error) } }}
      >
        {kind === "SELECT" && !required && <MenuItem value="">{words.form.none}</MenuItem>}
        {kind === "SELECT" && options.map((option) => <MenuItem key={option} value={option}>{option}</MenuItem>)}
      </TextField>
    </Box>
  );
}
