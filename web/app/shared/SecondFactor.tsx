import { Alert, Box, Button, Stack, TextField, Typography } from "@mui/material";
import { type FormEvent, useMemo, useState } from "react";
import { encode } from "uqr";

import { BeginSecondFactorDocument, ConfirmSecondFactorDocument } from "../made/graph";
import { words } from "../words/factor";
import { type Typed, type UserError, byField, send } from "./send";

type Send = <Data, Variables>(document: Typed<Data, Variables>, variables?: Variables) => Promise<Data>;

interface Props {
  /** Asks the graph; inside the hub, with the password once more where that is wanted. */
  ask?: Send;
  /** Says a fault in words. */
  said: (error: unknown) => string;
  /** The second factor is on. Whoever takes the recovery codes shows them; else they are shown here. */
  onCodes?: (codes: string[]) => void;
  /** The second factor is on, and the recovery codes are kept. */
  onDone: () => void;
}

/** Setting a second factor up, in three steps: the secret, a code, the recovery codes. */
export function SecondFactor({ ask = send, said, onCodes, onDone }: Props) {
  const [begun, setBegun] = useState<{ secret: string; uri: string }>();
  const [codes, setCodes] = useState<string[]>();
  const [code, setCode] = useState("");
  const [busy, setBusy] = useState(false);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const run = async (step: () => Promise<UserError[]>) => {
    setBusy(true);
    setErrors(await step().then(byField, (error: unknown) => ({ "": said(error) })));
    setBusy(false);
  };
  const begin = () => run(async () => {
    const { done } = await ask(BeginSecondFactorDocument, {});
    if (done.secret && done.uri) setBegun({ secret: done.secret, uri: done.uri });
    return done.userErrors;
  });
  const confirm = (event: FormEvent) => {
    event.preventDefault();
    void run(async () => {
      const { done } = await ask(ConfirmSecondFactorDocument, { code });
      if (done.recoveryCodes) (onCodes ?? setCodes)(done.recoveryCodes);
      return done.userErrors;
    });
  };
  // What was begun is worth nothing without its code, and makes room for the next secret.
  const stop = () => {
    setBegun(undefined);
    setCode("");
    setErrors({});
  };
  const problem = errors[""] && <Alert severity="error">{errors[""]}</Alert>;
  if (codes) return <RecoveryCodes codes={codes} onDone={onDone} />;
  if (!begun) {
    return <Stack spacing={2.5}>{problem}<div><Button variant="contained" loading={busy} onClick={() => void begin()}>{words.setUp.begin}</Button></div></Stack>;
  }
  return (
    <Box component="form" noValidate onSubmit={confirm}>
      <Stack spacing={2.5}>
        {problem}
        <Typography>{words.setUp.scan}</Typography>
        <Picture of={begun.uri} />
        <div>
          <Typography variant="body2" color="textSecondary">{words.setUp.typed}</Typography>
          <Typography sx={{ fontFamily: "monospace", overflowWrap: "anywhere" }}>{begun.secret.match(/.{1,4}/g)?.join(" ")}</Typography>
        </div>
        <TextField
          label={words.setUp.confirm} value={code} required autoFocus autoComplete="one-time-code" error={Boolean(errors.code)}
          helperText={errors.code ?? words.setUp.confirmHelp} onChange={(event) => setCode(event.target.value)} slotProps={{ htmlInput: { inputMode: "numeric" } }}
        />
        <Stack direction="row" spacing={1}>
          <Button type="submit" variant="contained" loading={busy}>{words.setUp.submit}</Button>
          <Button disabled={busy} onClick={stop}>{words.cancel}</Button>
        </Stack>
      </Stack>
    </Box>
  );
}

/** Dark on light whatever the theme: cameras want it so. */
function Picture({ of }: { of: string }) {
  const { data, size } = useMemo(() => encode(of, { border: 2 }), [of]);
  const path = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : []))).join("");
  return (
    <Box component="svg" role="img" aria-label={words.setUp.picture} viewBox={`0 0 ${size} ${size}`} sx={{ width: 208, height: 208, maxWidth: 1, borderRadius: 1 }}>
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" shapeRendering="crispEdges" />
    </Box>
  );
}

/** Ten codes that are shown this once. */
export function RecoveryCodes({ codes, onDone }: { codes: string[]; onDone: () => void }) {
  const [copied, setCopied] = useState(false);
  return (
    <Stack spacing={2.5}>
      <Typography variant="h2">{words.codes.title}</Typography>
      <Typography>{words.codes.lead}</Typography>
      <Box component="ul" aria-label={words.codes.list} sx={{ m: 0, p: 0, listStyle: "none", columns: 2, fontFamily: "monospace" }}>
        {codes.map((code) => <li key={code}>{code}</li>)}
      </Box>
      <Stack direction="row" spacing={1} useFlexGap sx={{ flexWrap: "wrap", alignItems: "center" }}>
        <Button variant="contained" onClick={onDone}>{words.codes.done}</Button>
        <Button onClick={() => void navigator.clipboard.writeText(codes.join("\n")).then(() => setCopied(true))}>{words.codes.copy}</Button>
        <span role="status">{copied && words.codes.copied}</span>
      </Stack>
    </Stack>
  );
}
