import { Button, Dialog, DialogActions, DialogContent, DialogContentText, DialogTitle } from "@mui/material";
import { type ReactNode, useId, useState } from "react";

import type { UserError } from "../../shared/send";
import { words } from "../../words/hub";
import { FieldsForm } from "./FieldsForm";
import type { FieldSpec, Values } from "./fields";

export interface Ask {
  title: string;
  lead?: string;
  fields?: FieldSpec[];
  initial?: Values;
  submit: string;
  danger?: boolean;
  /** Tells something: there is nothing to cancel. */
  tells?: boolean;
  children?: ReactNode;
  /** `key` is the same for as long as the dialog is open: what is sent twice is done once. */
  onSubmit: (values: Values, key: string) => Promise<UserError[]>;
}

/** Asks for what a change needs, or only once more. Closes when it is done. */
export function FormDialog({ ask, onClose }: { ask: Ask; onClose: () => void }) {
  const id = useId();
  const [key] = useState(() => crypto.randomUUID());
  const [busy, setBusy] = useState(false);
  const submit = async (values: Values) => {
    const errors = await ask.onSubmit(values, key);
    if (errors.length === 0) onClose();
    return errors;
  };
  return (
    <Dialog open onClose={onClose} aria-labelledby={`${id}-title`} fullWidth maxWidth="sm">
      <DialogTitle id={`${id}-title`}>{ask.title}</DialogTitle>
      <DialogContent>
        {ask.lead && <DialogContentText sx={{ mb: 1 }}>{ask.lead}</DialogContentText>}
        <FieldsForm id={id} fields={ask.fields ?? []} initial={ask.initial ?? {}} onSubmit={submit} onBusy={setBusy}>
          {ask.children}
        </FieldsForm>
      </DialogContent>
      <DialogActions>
        {!ask.tells && <Button onClick={onClose}>{words.cancel}</Button>}
        <Button type="submit" form={id} variant="contained" color={ask.danger ? "error" : "primary"} loading={busy} autoFocus={!ask.fields}>
          {ask.submit}
        </Button>
      </DialogActions>
    </Dialog>
  );
}

/** A dialog that is open while there is something to ask. */
export function useAsk(): [ReactNode, (ask: Ask) => void] {
  const [asked, setAsked] = useState<{ ask: Ask; key: number }>();
  const open = (ask: Ask) => setAsked((before) => ({ ask, key: (before?.key ?? 0) + 1 }));
  // What one dialog leads to stays open when that one closes.
  const close = () => setAsked((now) => (now === asked ? undefined : now));
  return [asked && <FormDialog key={asked.key} ask={asked.ask} onClose={close} />, open];
}
