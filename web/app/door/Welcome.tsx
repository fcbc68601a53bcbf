import { Alert, AlertTitle, Button, LinearProgress, Link, Stack, Typography } from "@mui/material";
import { useCallback, useEffect, useState } from "react";

import {
  type AnswerInput, LogOutDocument, PartnerFormDocument, type PartnerFormQuery, type QuestionsFragment,
  SavePartnerFormDocument, SubmitPartnerFormDocument, WhoDocument, type WhoQuery,
} from "../made/graph";
import { DraftNote } from "../shared/DraftNote";
import { SecondFactor } from "../shared/SecondFactor";
import { QuestionForm, before, given, outdated } from "../shared/QuestionForm";
import { afterLogIn, logInWith } from "../shared/next";
import { said } from "../shared/said";
import { send } from "../shared/send";
import { useDraft } from "../shared/useDraft";
import { words } from "../words/door";
import { words as factor } from "../words/factor";
import { Frame } from "./Frame";
import { useAct } from "./useAct";

type Viewer = NonNullable<WhoQuery["viewer"]>;

/** What a partner does before the hub opens: answer the Partner Form, or wait. */
export function Welcome() {
  const [viewer, setViewer] = useState<Viewer>();
  const [problem, setProblem] = useState("");
  const look = useCallback(() => {
    send(WhoDocument).then(({ viewer: found }) => {
      setProblem("");
      if (!found) location.replace(logInWith(new URLSearchParams(location.search).get("next"), hasWaited() ? "waited" : undefined));
      else if (found.onboardingStep === "DONE") location.replace(afterLogIn(location.search));
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
  if (viewer.onboardingStep === "AWAITING_APPROVAL") return <Waiting hub={viewer.hub} look={look} />;
  if (viewer.onboardingStep === "SECOND_FACTOR") return <Factor hub={viewer.hub} />;
  return <PartnerForm viewer={viewer} look={look} />;
}

/** What the vendor asks of its own people before the hub opens. */
function Factor({ hub }: Pick<Viewer, "hub">) {
  return (
    <Frame title={factor.setUp.must} vendor={hub}>
      <Stack spacing={2.5}>
        <Typography>{factor.setUp.mustLead}</Typography>
        <SecondFactor said={said} onDone={() => location.replace(afterLogIn(location.search))} />
        <LogOut />
      </Stack>
    </Frame>
  );
}

/** Kept with this entry of the tab's history, as a reload finds nobody signed in: whoever is approved has to log in anew. */
const hasWaited = () => Boolean((history.state as { waited?: boolean } | null)?.waited);

/** Looks now and then, and when somebody comes back to this page, whether the hub has opened. */
function Waiting({ hub, look }: Pick<Viewer, "hub"> & { look: () => void }) {
  useEffect(() => {
    history.replaceState({ waited: true }, "");
    const timer = setInterval(look, 30_000);
    document.addEventListener("visibilitychange", look);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", look);
    };
  }, [look]);
  return (
    <Frame title={words.welcome.waiting} vendor={hub}>
      <Stack spacing={2.5}>
        <Typography role="status">{words.welcome.waitingLead(hub.name)}</Typography>
        <Help hub={hub} />
        <LogOut />
      </Stack>
    </Frame>
  );
}

function PartnerForm({ viewer, look }: { viewer: Viewer; look: () => void }) {
  const [loaded, setLoaded] = useState<PartnerFormQuery>();
  const [times, setTimes] = useState(0);
  const [outdated, setOutdated] = useState(false);
  const [problem, setProblem] = useState("");
  const load = useCallback(() => {
    setProblem("");
    send(PartnerFormDocument).then((found) => {
      setLoaded(found);
      setTimes((number) => number + 1);
    }, (error) => setProblem(said(error)));
  }, []);
  useEffect(load, [load]);
  const again = () => {
    setOutdated(true);
    load();
  };
  return (
    <Frame title={words.welcome.title(viewer.organization?.name ?? viewer.user.name)} vendor={viewer.hub} wide>
      <Stack spacing={3}>
        <Typography>{words.welcome.lead(viewer.hub.name)}</Typography>
        {viewer.organization?.__typename === "Partner" && viewer.organization.statusReason && (
          <Alert severity="info"><AlertTitle>{words.welcome.changes}</AlertTitle>{viewer.organization.statusReason}</Alert>
        )}
        {outdated && <Alert severity="info">{words.welcome.outdated}</Alert>}
        {problem && <Alert severity="error" action={<Button color="inherit" onClick={load}>{words.tryAgain}</Button>}>{problem}</Alert>}
        {!loaded && !problem && <LinearProgress aria-label={words.oneMoment} />}
        {loaded && !loaded.partnerForm && <Alert severity="info">{words.welcome.noForm}</Alert>}
        {loaded?.partnerForm && (
          <Questions
            key={times} form={loaded.partnerForm} draft={loaded.partnerFormDraft ?? null} onDone={look} onOutdated={again} onTheirs={load}
            website={viewer.organization?.__typename === "Partner" ? viewer.organization.website ?? undefined : undefined}
          />
        )}
        <Help hub={viewer.hub} />
        <LogOut />
      </Stack>
    </Frame>
  );
}

/** Whom one asks who does not know how to go on. */
function Help({ hub: { supportEmail } }: Pick<Viewer, "hub">) {
  if (!supportEmail) return null;
  return <Typography variant="body2" color="textSecondary">{words.welcome.help} <Link href={`mailto:${supportEmail}`}>{supportEmail}</Link></Typography>;
}

interface QuestionsProps {
  form: QuestionsFragment;
  draft: PartnerFormQuery["partnerFormDraft"] | null;
  /** What is known of the company since it was invited. */
  website: string | undefined;
  onDone: () => void;
  onOutdated: () => void;
  onTheirs: () => void;
}

function Questions({ form, draft, website, onDone, onOutdated, onTheirs }: QuestionsProps) {
  const { busy, errors, run } = useAct();
  const { state, keep, again, overwrite, handIn } = useDraft(draft?.version ?? 0, async (answers, expectedVersion) => {
    const input = { formId: form.id, answers: given(form.questions, answers), ...(expectedVersion === undefined ? {} : { expectedVersion }) };
    const { savePartnerFormDraft: done } = await send(SavePartnerFormDocument, { input });
    if (!done.draft) throw new Error(done.userErrors.map((error) => error.message).join(" "));
    return done.draft.version;
  });
  const submit = (answers: AnswerInput[]) => run(async () => {
    const { submitPartnerForm: done } = await handIn(
      () => send(SubmitPartnerFormDocument, { input: { formId: form.id, answers } }),
      // What answers an older version is kept by the server as the draft.
      ({ submitPartnerForm: { partner, userErrors } }) => Boolean(partner) || outdated(userErrors),
    );
    if (done.partner) onDone();
    else if (outdated(done.userErrors)) onOutdated();
    else return done.userErrors;
  });
  // Nobody has written yet: as the question of the first form asks, under its key, for what the vendor has typed.
  const known = !draft && website && form.questions.some(({ key, kind }) => key === "website" && kind === "URL") ? { website } : {};
  return (
    <>
      <QuestionForm
        questions={form.questions} initial={{ ...known, ...before(draft?.answers) }} errors={errors} busy={busy}
        submit={words.welcome.submit} onChange={keep} onSubmit={(answers) => void submit(answers)}
      />
      <DraftNote state={state} onAgain={() => void again()} onTheirs={onTheirs} onMine={overwrite} />
    </>
  );
}

function LogOut() {
  const leave = async () => {
    await send(LogOutDocument).catch(() => undefined);
    location.assign("/log-in");
  };
  return <Button onClick={() => void leave()} sx={{ alignSelf: "start", "&&": { ml: -1 } }}>{words.welcome.logOut}</Button>;
}
