import { Alert, Box, Button, LinearProgress, Link, Stack, Typography } from "@mui/material";
import { type FormEvent, useCallback, useEffect, useState } from "react";

import { AcceptDocument, AskForLinkDocument, PreviewDocument, type PreviewQuery } from "../made/graph";
import { NewPassword } from "../shared/NewPassword";
import { said } from "../shared/said";
import { send } from "../shared/send";
import { words } from "../words/door";
import { Decline } from "./Decline";
import { Frame } from "./Frame";
import { dropToken, takeToken } from "./token";
import { useAct } from "./useAct";

type Shown = NonNullable<PreviewQuery["invitationPreview"]>;

/** An invitation's link. Looking does not use it up; setting the password does. */
export function Accept() {
  const [token] = useState(takeToken);
  const [found, setFound] = useState<PreviewQuery>();
  const [problem, setProblem] = useState("");
  const [declined, setDeclined] = useState(false);
  const look = useCallback(() => {
    setProblem("");
    send(PreviewDocument, { token }).then(
      setFound,
      (error) => setProblem(said(error)),
    );
  }, [token]);
  useEffect(look, [look]);
  if (declined) return <Frame title={words.decline.done}><Typography role="status">{words.decline.doneLead}</Typography></Frame>;
  if (problem) {
    return (
      <Frame title={words.product}>
        <Alert severity="error" action={<Button color="inherit" onClick={look}>{words.tryAgain}</Button>}>{problem}</Alert>
      </Frame>
    );
  }
  if (!found) return <Frame title={words.oneMoment}><LinearProgress aria-label={words.oneMoment} /></Frame>;
  const { invitationPreview: shown, passwordRules: { minLength } } = found;
  if (!shown) return <Dead token={token} />;
  return <Open token={token} shown={shown} least={minLength} onDeclined={() => { dropToken(); setDeclined(true); }} />;
}

function Open({ token, shown, least, onDeclined }: { token: string; shown: Shown; least: number; onDeclined: () => void }) {
  const [password, setPassword] = useState("");
  const [asking, setAsking] = useState(false);
  const { busy, errors, run } = useAct();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void run(async () => {
      const { acceptInvitation } = await send(AcceptDocument, { token, password });
      if (acceptInvitation.viewer) {
        dropToken();
        location.replace(acceptInvitation.viewer.onboardingStep === "DONE" ? "/" : "/welcome");
        return new Promise(() => {});
      }
      return acceptInvitation.userErrors;
    });
  };
  const whole = errors[""] ?? errors.token;
  return (
    <Frame title={words.accept.welcome(shown.name)} vendor={{ name: shown.vendorName, logoUrl: shown.vendorLogoUrl }}>
      <Box component="form" onSubmit={submit} noValidate>
        <Stack spacing={2.5}>
          <Typography>{words.accept.lead(shown.vendorName, shown.organizationName)} {shown.opensHub ? words.accept.opens : words.accept.begins}</Typography>
          {shown.message && (
            <Box component="blockquote" sx={{ m: 0, pl: 2, borderLeft: 3, borderColor: "primary.main", whiteSpace: "pre-line" }}>
              <Typography variant="body2" color="textSecondary">{words.accept.from}</Typography>
              {shown.message}
            </Box>
          )}
          <Typography color="textSecondary">{words.accept.account(shown.maskedEmail)}</Typography>
          {whole && <Alert severity="error">{whole}</Alert>}
          <NewPassword least={least} value={password} error={errors.password} autoFocus onChange={setPassword} />
          <Button type="submit" variant="contained" size="large" loading={busy}>{words.accept.submit}</Button>
          <Typography variant="body2" color="textSecondary">
            {words.accept.until(new Date(shown.expiresAt).toLocaleString(undefined, { dateStyle: "long", timeStyle: "short" }))}
          </Typography>
          {(shown.termsUrl || shown.privacyUrl) && (
            <Stack direction="row" spacing={2}>
              {shown.termsUrl && <Link href={shown.termsUrl} target="_blank" rel="noopener noreferrer">{words.accept.terms}</Link>}
              {shown.privacyUrl && <Link href={shown.privacyUrl} target="_blank" rel="noopener noreferrer">{words.accept.privacy}</Link>}
            </Stack>
          )}
          {/* The first admin was invited by nobody who could be told. */}
          {shown.hasInviter && <Link component="button" type="button" onClick={() => setAsking(true)} sx={{ alignSelf: "start" }}>{words.accept.decline}</Link>}
        </Stack>
      </Box>
      <Decline open={asking} token={token} onClose={() => setAsking(false)} onDone={onDeclined} />
    </Frame>
  );
}

/** To the same address, and only if there is such an invitation: nobody learns whether there is. */
function Dead({ token }: { token: string }) {
  const [done, setDone] = useState(false);
  const { busy, errors, run } = useAct();
  const lead = [words.accept.deadLead, token && words.accept.againLead, words.accept.logInLead].filter(Boolean).join(" ");
  const again = () => run(async () => {
    await send(AskForLinkDocument, { token });
    setDone(true);
  });
  return (
    <Frame title={words.accept.dead}>
      <Stack spacing={2.5}>
        {done ? <Alert severity="success" role="status">{words.accept.againDone}</Alert> : <Typography>{lead}</Typography>}
        {errors[""] && <Alert severity="error">{errors[""]}</Alert>}
        {token && !done && <Button variant="contained" size="large" loading={busy} onClick={() => void again()}>{words.accept.again}</Button>}
        <Link href="/log-in">{words.logIn.submit}</Link>
      </Stack>
    </Frame>
  );
}
