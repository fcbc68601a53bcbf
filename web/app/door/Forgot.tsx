import { Alert, Box, Button, Link, Stack, TextField, Typography } from "@mui/material";
import { type FormEvent, useState } from "react";

import { AskForResetDocument } from "../made/graph";
import { send } from "../shared/send";
import { words } from "../words/door";
import { Frame } from "./Frame";
import { useAct } from "./useAct";

/** Asks for a link by letter. The answer is the same whether or not there is such an account. */
export function Forgot() {
  const [email, setEmail] = useState("");
  const [done, setDone] = useState(false);
  const { busy, errors, run } = useAct();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void run(async () => {
      const { requestPasswordReset } = await send(AskForResetDocument, { email });
      setDone(requestPasswordReset.userErrors.length === 0);
      return requestPasswordReset.userErrors;
    });
  };
  return (
    <Frame title={words.forgot.title}>
      <Box component="form" onSubmit={submit} noValidate>
        <Stack spacing={2.5} sx={{ mt: 1 }}>
          {done ? <Alert severity="success" role="status">{words.forgot.done}</Alert> : (
            <>
              <Typography color="textSecondary">{words.forgot.lead}</Typography>
              {errors[""] && <Alert severity="error">{errors[""]}</Alert>}
              <TextField
                label={words.email} type="email" autoComplete="username" autoFocus required value={email}
                error={Boolean(errors.email)} helperText={errors.email} onChange={(event) => setEmail(event.target.value)}
              />
              <Button type="submit" variant="contained" size="large" loading={busy}>{words.forgot.submit}</Button>
            </>
          )}
          <Link href="/log-in">{words.forgot.back}</Link>
        </Stack>
      </Box>
    </Frame>
  );
}
