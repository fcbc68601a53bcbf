import { Button, Dialog, DialogActions, DialogContent, DialogContentText, DialogTitle } from "@mui/material";
import { type ReactNode, useId, useRef, useState } from "react";

import type { UserError } from "../../shared/send";
import { words } from "../../words/hub";
import { FieldsForm } from "./FieldsForm";
import type { FieldSpec, Values } from "./fields";

export interface Ask {
  title: string;
  lead?: string;
  fields?: FieldSpec[];
  /** What is there already; a function where it may be changed by others meanwhile. */
  initial?: Values | (() => Values);
  /** Which version is changed: the one that was seen, until it has turned out that there is a newer one. */
  version?: () => number;
  submit: string;
  cancel?: string;
  danger?: boolean;
  /** Tells something: there is nothing to cancel. */
  tells?: boolean;
  children?: ReactNode;
  /** `key` is the same for as long as the dialog is open: what is sent twice is done once. */
  onSubmit: (values: Values, key: string, version: number) => Promise<UserError[]>;
}

/** Asks for what a change needs, or only once more. Closes when it is done. */
export function FormDialog({ ask, onClose }: { ask: Ask; onClose: () => void }) {
  const id = useId();
  const [key] = useState(() => crypto.randomUUID());
  const [busy, setBusy] = useState(false);
  const [seen] = useState(() => ({ version: ask.version?.() ?? 0, initial: read(ask) }));
  const [late, setLate] = useState(false);
  const typed = useRef(false);
  const submit = async (values: Values) => {
    const errors = await ask.onSubmit(values, key, late ? (ask.version?.() ?? 0) : seen.version);
    if (errors.length === 0) onClose();
    else if (errors.some(({ code }) => code === "CONFLICT")) setLate(true);
    return errors;
  };
  const [leaving, setLeaving] = useState(false);
  // A click beside the dialog and a key are soon done, and must not cost what was typed.
  const close = (_: unknown, reason: string) => {
    if (!typed.current) onClose();
    else if (reason === "escapeKeyDown") setLeaving(true);
  };
  const leave = async () => {
    onClose();
    return [];
  };
  return (
    <Dialog open onClose={close} aria-labelledby={`${id}-title`} fullWidth maxWidth="sm">
      <DialogTitle id={`${id}-title`}>{ask.title}</DialogTitle>
      {/* Also what is typed below the fields. */}
      <DialogContent onInput={() => (typed.current = true)}>
        {ask.lead && <DialogContentText sx={{ mb: 1 }}>{ask.lead}</DialogContentText>}
        <FieldsForm id={id} fields={ask.fields ?? []} initial={late ? read(ask) : seen.initial} onSubmit={submit} onBusy={setBusy} onChange={() => (typed.current = true)}>
          {ask.children}
        </FieldsForm>
      </DialogContent>
      <DialogActions>
        {!ask.tells && <Button onClick={onClose}>{ask.cancel ?? words.cancel}</Button>}
        <Button type="submit" form={id} variant="contained" color={ask.danger ? "error" : "primary"} loading={busy} autoFocus={!ask.fields}>
          {ask.submit}
        </Button>
      </DialogActions>
      {leaving && <FormDialog ask={{ ...LEAVING, onSubmit: leave }} onClose={() => setLeaving(false)} />}
    </Dialog>
  );
}

/** What is asked of whoever is about to lose what was typed. */
export const LEAVING = { title: words.leaving.title, lead: words.leaving.lead, submit: words.leaving.leave, cancel: words.leaving.stay, danger: true };

const read = ({ initial = {} }: Ask) => (typeof initial === "function" ? initial() : initial);

/** A dialog that is open while there is something to ask. */
export function useAsk(): [ReactNode, (ask: Ask) => void] {
  const [asked, setAsked] = useState<{ ask: Ask; key: number }>();
  const open = (ask: Ask) => setAsked((before) => ({ ask, key: (before?.key ?? 0) + 1 }));
  // What one dialog leads to stays open when that one closes.
  const close = () => setAsked((now) => (now === asked ? undefined : now));
  return [asked && <FormDialog key={asked.key} ask={asked.ask} onClose={close} />, open];
}
