import { Alert, Box, Button, Link, Stack, TextField } from "@mui/material";
import { type FormEvent, useState } from "react";

import { CompleteLogInDocument } from "../made/graph";
import { send } from "../shared/send";
import { words } from "../words/factor";
import { Frame } from "./Frame";
import { useAct } from "./useAct";

interface Props {
  challenge: string;
  onIn: (step: string) => Promise<never>;
  onBack: () => void;
}

/** The second step of a log-in. */
export function Code({ challenge, onIn, onBack }: Props) {
  const [code, setCode] = useState("");
  const { busy, errors, run } = useAct();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void run(async () => {
      const { completeLogin: done } = await send(CompleteLogInDocument, { challenge, code });
      return done.viewer ? onIn(done.viewer.onboardingStep) : done.userErrors;
    });
  };
  const problem = errors[""] ?? errors.challenge;
  return (
    <Frame title={words.logIn.title}>
      <Box component="form" onSubmit={submit} noValidate>
        <Stack spacing={2.5} sx={{ mt: 2 }}>
          {problem && <Alert severity="error">{problem}</Alert>}
          <TextField
            label={words.code} value={code} required autoFocus autoComplete="one-time-code" error={Boolean(errors.code)}
            helperText={errors.code ?? words.codeHelp} onChange={(event) => setCode(event.target.value)}
          />
          <Button type="submit" variant="contained" size="large" loading={busy}>{words.logIn.submit}</Button>
          <Link component="button" type="button" onClick={onBack} sx={{ alignSelf: "start" }}>{words.logIn.back}</Link>
        </Stack>
      </Box>
    </Frame>
  );
}
