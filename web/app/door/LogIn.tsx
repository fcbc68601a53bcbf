import { Alert, Box, Button, Link, Stack, TextField, Typography } from "@mui/material";
import { type FormEvent, useState } from "react";

import { LogInDocument } from "../made/graph";
import { Password } from "../shared/NewPassword";
import { afterLogIn, whyLogIn } from "../shared/next";
import { send } from "../shared/send";
import { words } from "../words/door";
import { Code } from "./Code";
import { Frame } from "./Frame";
import { useAct } from "./useAct";

/** Leaves for where one wanted to go, or for what is left to be done; busy until that page is there. */
function goIn(step: string): Promise<never> {
  location.assign(step === "DONE" ? afterLogIn(location.search) : `/welcome${location.search}`);
  return new Promise(() => {});
}

/** Address and password; leads back to where one wanted to go. */
export function LogIn() {
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [challenge, setChallenge] = useState("");
  const { busy, errors, run } = useAct();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void run(async () => {
      const { login } = await send(LogInDocument, { email, password });
      if (login.challenge) setChallenge(login.challenge.token);
      return login.viewer ? goIn(login.viewer.onboardingStep) : login.userErrors;
    });
  };
  const why = whyLogIn(location.search);
  if (challenge) return <Code challenge={challenge} onIn={goIn} onBack={() => setChallenge("")} />;
  return (
    <Frame title={words.logIn.title}>
      <Box component="form" onSubmit={submit} noValidate>
        <Stack spacing={2.5} sx={{ mt: 2 }}>
          {why && <Alert severity="info" role="status">{words.logIn.why[why]}</Alert>}
          {errors[""] && <Alert severity="error">{errors[""]}</Alert>}
          <TextField
            label={words.email} type="email" autoComplete="username" autoFocus required value={email}
            error={Boolean(errors.email)} helperText={errors.email} onChange={(event) => setEmail(event.target.value)}
          />
          <Password
            label={words.password} autoComplete="current-password" required value={password}
            error={Boolean(errors.password)} helperText={errors.password} onChange={(event) => setPassword(event.target.value)}
          />
          <Button type="submit" variant="contained" size="large" loading={busy}>{words.logIn.submit}</Button>
          <Link href="/forgot">{words.logIn.forgot}</Link>
          <Typography variant="body2" color="textSecondary">{words.logIn.invited}</Typography>
        </Stack>
      </Box>
    </Frame>
  );
}
