import { Alert, Button, Link, Stack, Typography } from "@mui/material";
import { useState } from "react";

import { ConfirmEmailDocument, WhoDocument } from "../made/graph";
import { send } from "../shared/send";
import { words } from "../words/door";
import { Frame } from "./Frame";
import { dropToken, takeToken } from "./token";
import { useAct } from "./useAct";

const { address: say } = words;

const ownAddress = () => send(WhoDocument).then(({ viewer }) => viewer?.user.email, () => undefined);

/** Gives an account another address by a link. Opening it uses nothing up: programs that read letters open links, too. */
export function Address() {
  const [token] = useState(takeToken);
  const [state, setState] = useState<"open" | "done" | "dead">(token ? "open" : "dead");
  // Known where one is signed in, in that account and no other.
  const [own, setOwn] = useState<string>();
  const { busy, errors, run } = useAct();
  const confirm = () => run(async () => {
    const before = await ownAddress();
    const { confirmEmail: { userErrors } } = await send(ConfirmEmailDocument, { token });
    if (userErrors.length === 0) {
      dropToken();
      const now = await ownAddress();
      if (before && now !== before) setOwn(now);
    }
    setState(userErrors.length === 0 ? "done" : "dead");
    // What else is wrong the server says itself, as that somebody got the address meanwhile.
    return userErrors.filter(({ code }) => code !== "INVALID_TOKEN");
  });
  return (
    <Frame title={say.title}>
      {state === "open" && (
        <Stack spacing={2.5}>
          <Typography>{say.lead}</Typography>
          {errors[""] && <Alert severity="error">{errors[""]}</Alert>}
          <Button variant="contained" size="large" loading={busy} onClick={() => void confirm()}>{say.submit}</Button>
        </Stack>
      )}
      {state === "done" && (
        <Stack spacing={2.5}>
          <Alert severity="success" role="status" sx={{ overflowWrap: "anywhere" }}>{say.done(own)}</Alert>
          {own
            ? <Button href="/" variant="contained" size="large">{say.hub}</Button>
            : <Button href="/log-in" variant="contained" size="large">{say.logIn}</Button>}
        </Stack>
      )}
      {state === "dead" && (
        <Stack spacing={2.5}>
          <Alert severity="warning">{errors.token ?? errors[""] ?? say.dead}</Alert>
          <Button href="/account" variant="contained" size="large">{say.account}</Button>
          <Link href="/log-in">{words.forgot.back}</Link>
        </Stack>
      )}
    </Frame>
  );
}
