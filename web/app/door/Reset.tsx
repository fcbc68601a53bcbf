import { Alert, Box, Button, Link, Stack } from "@mui/material";
import { type FormEvent, useEffect, useState } from "react";

import { PasswordRulesDocument, type RulesFragment, ResetDocument } from "../made/graph";
import { NewPassword } from "../shared/NewPassword";
import { send } from "../shared/send";
import { words } from "../words/door";
import { Frame } from "./Frame";
import { dropToken, takeToken } from "./token";
import { useAct } from "./useAct";

/** Sets a new password by a link; without one, asks for it. */
export function Reset() {
  const [token] = useState(takeToken);
  const [password, setPassword] = useState("");
  const [state, setState] = useState<"open" | "done" | "dead">(token ? "open" : "dead");
  const [rules, setRules] = useState<RulesFragment>();
  const { busy, errors, run } = useAct();
  // Only a hint hangs on them: without it the server says what is too short.
  useEffect(() => void send(PasswordRulesDocument).then((found) => setRules(found.passwordRules), () => undefined), []);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void run(async () => {
      const { resetPassword } = await send(ResetDocument, { token, password });
      const dead = resetPassword.userErrors.some((error) => error.code === "INVALID_TOKEN");
      if (dead) setState("dead");
      if (resetPassword.userErrors.length === 0) {
        dropToken();
        setState("done");
      }
      return resetPassword.userErrors;
    });
  };
  return (
    <Frame title={words.reset.title}>
      {state === "open" && (
        <Box component="form" onSubmit={submit} noValidate>
          <Stack spacing={2.5} sx={{ mt: 2 }}>
            {errors[""] && <Alert severity="error">{errors[""]}</Alert>}
            <NewPassword
              least={rules?.minLengthWithSecondFactor ?? 0} hint={rules ? words.strength.either(rules.minLength, rules.minLengthWithSecondFactor) : " "}
              value={password} error={errors.password} autoFocus onChange={setPassword}
            />
            <Button type="submit" variant="contained" size="large" loading={busy}>{words.reset.submit}</Button>
          </Stack>
        </Box>
      )}
      {state === "done" && (
        <Stack spacing={2.5}>
          <Alert severity="success" role="status">{words.reset.done}</Alert>
          <Button href="/log-in" variant="contained" size="large">{words.reset.logIn}</Button>
        </Stack>
      )}
      {state === "dead" && (
        <Stack spacing={2.5}>
          <Alert severity="warning">{words.reset.dead}</Alert>
          <Button href="/forgot" variant="contained" size="large">{words.reset.another}</Button>
          <Link href="/log-in">{words.forgot.back}</Link>
        </Stack>
      )}
    </Frame>
  );
}
