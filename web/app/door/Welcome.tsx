import { Alert, AlertTitle, Button, LinearProgress, Stack, Typography } from "@mui/material";
import { useCallback, useEffect, useState } from "react";

import {
  type AnswerInput, LogOutDocument, PartnerFormDocument, type QuestionsFragment, SubmitPartnerFormDocument,
  WhoDocument, type WhoQuery,
} from "../made/graph";
import { type Answers, QuestionForm, byQuestion } from "../shared/QuestionForm";
import { send } from "../shared/send";
import { words } from "../words/door";
import { Frame } from "./Frame";
import { said, useAct } from "./useAct";

type Viewer = NonNullable<WhoQuery["viewer"]>;

/** What a partner does before the hub opens: answer the Partner Form, or wait. */
export function Welcome() {
  const [viewer, setViewer] = useState<Viewer>();
  const [problem, setProblem] = useState("");
  const look = useCallback(() => {
    send(WhoDocument).then(({ viewer: found }) => {
      setProblem("");
      if (!found) location.replace("/log-in");
      else if (found.onboardingStep === "DONE") location.replace("/");
      else setViewer(found);
    }, (error) => setProblem(said(error)));
  }, []);
  useEffect(look, [look]);
  if (problem && !viewer) {
    return (
      <Frame title={words.product}>
        <Alert severity="error" action={<Button color="inherit" onClick={look}>{words.tryAgain}</Button>}>{problem}</Alert>
      </Frame>
    );
  }
  if (!viewer) return <Frame title={words.oneMoment}><LinearProgress aria-label={words.oneMoment} /></Frame>;
  if (viewer.onboardingStep === "AWAITING_APPROVAL") return <Waiting look={look} />;
  return <PartnerForm viewer={viewer} look={look} />;
}

/** Looks now and then whether the hub has opened. */
function Waiting({ look }: { look: () => void }) {
  useEffect(() => {
    const timer = setInterval(look, 30_000);
    return () => clearInterval(timer);
  }, [look]);
  return (
    <Frame title={words.welcome.waiting}>
      <Stack spacing={2.5}>
        <Typography role="status">{words.welcome.waitingLead}</Typography>
        <LogOut />
      </Stack>
    </Frame>
  );
}

function PartnerForm({ viewer, look }: { viewer: Viewer; look: () => void }) {
  const [form, setForm] = useState<QuestionsFragment | null>();
  const [outdated, setOutdated] = useState(false);
  const { busy, errors, run } = useAct();
  const draft = useDraft(viewer.user.id);
  const load = useCallback(() => run(async () => setForm((await send(PartnerFormDocument)).partnerForm)), []);
  useEffect(() => void load(), [load]);
  const submit = (answers: AnswerInput[]) => run(async () => {
    if (!form) return;
    const { submitPartnerForm } = await send(SubmitPartnerFormDocument, { input: { formId: form.id, answers } });
    if (submitPartnerForm.partner) {
      draft.drop();
      look();
      return;
    }
    if (submitPartnerForm.userErrors.some((error) => error.code === "FORM_OUTDATED")) {
      setOutdated(true);
      setForm((await send(PartnerFormDocument)).partnerForm);
      return;
    }
    return submitPartnerForm.userErrors;
  });
  return (
    <Frame title={words.welcome.title(viewer.organization?.name ?? viewer.user.name)} wide>
      <Stack spacing={3}>
        <Typography>{words.welcome.lead}</Typography>
        {viewer.organization?.__typename === "Partner" && viewer.organization.statusReason && (
          <Alert severity="info"><AlertTitle>{words.welcome.changes}</AlertTitle>{viewer.organization.statusReason}</Alert>
        )}
        {outdated && <Alert severity="info">{words.welcome.outdated}</Alert>}
        {form === undefined && !errors[""] && <LinearProgress aria-label={words.oneMoment} />}
        {form === undefined && errors[""] && (
          <Alert severity="error" action={<Button color="inherit" onClick={() => void load()}>{words.tryAgain}</Button>}>{errors[""]}</Alert>
        )}
        {form === null && <Alert severity="info">{words.welcome.noForm}</Alert>}
        {form && (
          <QuestionForm
            questions={form.questions} initial={draft.initial} errors={byQuestion(errors)} busy={busy}
            submit={words.welcome.submit} onChange={draft.keep} onSubmit={(answers) => void submit(answers)}
          />
        )}
        <Typography variant="body2" color="textSecondary">{words.welcome.kept}</Typography>
        <LogOut />
      </Stack>
    </Frame>
  );
}

/** Answers live through a reload of this tab. */
function useDraft(user: string) {
  const key = `partner-form:${user}`;
  const [initial] = useState<Answers>(() => JSON.parse(sessionStorage.getItem(key) ?? "{}"));
  return {
    initial,
    keep: (answers: Answers) => sessionStorage.setItem(key, JSON.stringify(answers)),
    drop: () => sessionStorage.removeItem(key),
  };
}

function LogOut() {
  const leave = async () => {
    await send(LogOutDocument).catch(() => undefined);
    location.assign("/log-in");
  };
  return <Button onClick={() => void leave()} sx={{ alignSelf: "start" }}>{words.welcome.logOut}</Button>;
}
