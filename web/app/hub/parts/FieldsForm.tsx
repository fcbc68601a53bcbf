import { Alert, Box, Checkbox, FormControl, FormControlLabel, FormGroup, FormHelperText, FormLabel, MenuItem, TextField } from "@mui/material";
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from "react";

import { type UserError, byField } from "../../shared/send";
import { type FieldSpec, type Value, type Values, meanwhile, refusable, ticked, unreadable } from "./fields";
import { useUnsaved } from "./unsaved";

interface Props {
  id?: string;
  fields: FieldSpec[];
  /** What is there; it may be changed by others while this form is open, and what was typed stays all the same. */
  initial?: Values;
  /** Answers what is to be mended; nothing when it is done. */
  onSubmit: (values: Values) => Promise<UserError[]>;
  onBusy?: (busy: boolean) => void;
  onChange?: (values: Values) => void;
  /** Two fields beside each other where there is room. */
  wide?: boolean;
  children?: ReactNode;
}

/** A form whose errors come from the graph and stand at their fields; the first of them is given the focus. */
export function FieldsForm({ id, fields, initial = {}, onSubmit, onBusy, onChange, wide = false, children }: Props) {
  const [typed, setTyped] = useState<Record<string, { value: Value; over: Value | undefined }>>({});
  const [busy, setBusy] = useState(false);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [refusals, setRefusals] = useState(0);
  const form = useRef<HTMLFormElement>(null);
  // Once for each refusal: an error that goes away must not move the cursor to the next one.
  useEffect(() => {
    form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [refusals]);
  const values: Values = { ...initial, ...Object.fromEntries(Object.entries(typed).map(([name, { value }]) => [name, value])) };
  useUnsaved(!busy && Object.entries(typed).some(([name, { value }]) => value !== (initial[name] ?? "")));
  const set = (name: string, value: Value) => {
    setTyped((before) => ({ ...before, [name]: { value, over: before[name] ? before[name].over : initial[name] } }));
    // What was said was said of what stood there before.
    setErrors((before) => Object.fromEntries(Object.entries(before).filter(([path]) => path !== name && !path.startsWith(`${name}.`))));
    onChange?.({ ...values, [name]: value });
  };
  const work = (now: boolean) => {
    setBusy(now);
    onBusy?.(now);
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    // Portals bubble: a dialog inside another form must not submit that one too.
    event.stopPropagation();
    const wrong = unreadable(fields, values);
    work(true);
    const told = await onSubmit(refusable(values, wrong));
    const found = [...wrong, ...told.filter(({ field }) => !wrong.some((own) => own.field?.[0] === field?.join(".")))];
    if (found.length === 0) setTyped({});
    work(false);
    setErrors(byField(found));
    setRefusals((before) => before + 1);
  };
  const names = new Set(fields.map((field) => field.name));
  // An error deep inside a field, as of one entry of a list, stands at the field.
  const at = (name: string) => errors[name] ?? Object.entries(errors).find(([path]) => path.startsWith(`${name}.`))?.[1];
  const placed = (path: string) => names.has(path) || fields.some((field) => path.startsWith(`${field.name}.`));
  const unplaced = Object.entries(errors).filter(([path]) => !placed(path)).map(([, message]) => message);
  /** Whoever types over what a colleague has just put there is told what it was. */
  const beside = (field: FieldSpec): FieldSpec => {
    const own = typed[field.name];
    const now = initial[field.name];
    return own && now !== own.over && now !== own.value ? { ...field, help: meanwhile(field, now) } : field;
  };
  return (
    <Box component="form" id={id} ref={form} noValidate onSubmit={(event) => void submit(event)}>
      <Box sx={{ pt: 1, display: "grid", gap: 2.5, alignItems: "start", gridTemplateColumns: { xs: "minmax(0, 1fr)", md: wide ? "repeat(2, minmax(0, 1fr))" : "minmax(0, 1fr)" }, "& > .whole": { gridColumn: "1 / -1" } }}>
        {unplaced.length > 0 && <Alert severity="error" className="whole">{unplaced.join(" ")}</Alert>}
        {fields.map((field) => (
          <Field key={field.name} field={beside(field)} value={values[field.name]} error={at(field.name)} set={(value) => set(field.name, value)} />
        ))}
        {children && <div className="whole">{children}</div>}
      </Box>
    </Box>
  );
}

interface FieldProps {
  field: FieldSpec;
  value: Value | undefined;
  error: string | undefined;
  set: (value: Value) => void;
}

function Field({ field, value, error, set }: FieldProps) {
  const { name, label, kind = "text", options = [], required, help, autoFocus } = field;
  if (kind === "check") {
    return (
      <Box>
        <FormControlLabel control={<Checkbox checked={value === true} onChange={(event) => set(event.target.checked)} />} label={label} />
        <FormHelperText error={Boolean(error)}>{error ?? help}</FormHelperText>
      </Box>
    );
  }
  if (kind === "checks") {
    const chosen = ticked(value);
    const toggle = (option: string, on: boolean) => set(options.map((each) => each.value).filter((each) => (each === option ? on : chosen.includes(each))).join());
    return (
      <FormControl component="fieldset" error={Boolean(error)} required={required ?? false}>
        <FormLabel component="legend">{label}</FormLabel>
        <FormGroup>
          {options.map((option) => (
            <FormControlLabel
              key={option.value} label={option.label}
              control={<Checkbox size="small" checked={chosen.includes(option.value)} onChange={(event) => toggle(option.value, event.target.checked)} />}
            />
          ))}
        </FormGroup>
        <FormHelperText>{error ?? help}</FormHelperText>
      </FormControl>
    );
  }
  const lines = kind === "long" || kind === "code";
  return (
    <TextField
      id={`field-${name}`}
      label={label}
      required={required ?? false}
      autoFocus={autoFocus ?? false}
      value={value ?? ""}
      onChange={(event) => set(event.target.value)}
      error={Boolean(error)}
      helperText={error ?? help}
      select={kind === "select"}
      multiline={lines}
      minRows={lines ? 3 : undefined}
      type={["email", "url", "number", "password"].includes(kind) ? kind : undefined}
      placeholder={kind === "url" ? "https://" : undefined}
      autoComplete={kind === "password" ? "current-password" : "off"}
      slotProps={{ htmlInput: { "aria-invalid": Boolean(error), ...(kind === "code" ? { style: { fontFamily: "monospace" }, spellCheck: false } : {}) } }}
    >
      {options.map((option) => <MenuItem key={option.value} value={option.value}>{option.label}</MenuItem>)}
    </TextField>
  );
}
