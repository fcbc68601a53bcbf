import { Alert, Typography } from "@mui/material";
import { useState } from "react";
import { useNotify } from "react-admin";

import { type AnswerInput, type QuestionsFragment, SubmitIntegrationDocument } from "../../made/graph";
import { type Answers, QuestionForm, byQuestion } from "../../shared/QuestionForm";
import { byField } from "../../shared/send";
import { words } from "../../words/hub";
import { Room } from "../parts/bits";
import { useChange } from "../parts/useGraph";
import type { Integration } from "./IntegrationPage";

const { integrations: say } = words;

/** Hands a draft in, with the answers to the Integration Form; what was answered before is there again. */
export function Submit({ integration, form }: { integration: Integration; form: QuestionsFragment | null }) {
  const { id, version, submission, status } = integration;
  const change = useChange();
  const notify = useNotify();
  const [busy, setBusy] = useState(false);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [outdated, setOutdated] = useState(false);
  const draft = useKept(`integration:${id}`, Object.fromEntries(submission?.answers.map(({ question, value }) => [question, value]) ?? []));
  const submit = async (answers: AnswerInput[]) => {
    setBusy(true);
    const input = { id, formId: form?.id ?? "", answers, expectedVersion: version };
    const found = await change(SubmitIntegrationDocument, { input }, () => {
      draft.drop();
      notify(say.submitted, { type: "success" });
    });
    setBusy(false);
    setOutdated(found.some((error) => error.code === "FORM_OUTDATED"));
    setErrors(byQuestion(byField(found)));
  };
  if (!form) return <Room title={say.submitTitle}><Typography>{say.noForm}</Typography></Room>;
  return (
    <Room title={say.submitTitle}>
      <Typography color="textSecondary" sx={{ mb: 3 }}>{say.submitLead}</Typography>
      {outdated && <Alert severity="info" sx={{ mb: 3 }}>{say.outdated}</Alert>}
      <div style={{ maxWidth: 640 }}>
        <QuestionForm
          questions={form.questions} initial={draft.initial} errors={errors} busy={busy}
          submit={status === "CHANGES_REQUESTED" ? say.submitAgain : say.submit} onChange={draft.keep} onSubmit={(answers) => void submit(answers)}
        />
      </div>
    </Room>
  );
}

/** What is written here lives through a reload of this tab. */
function useKept(key: string, before: Answers) {
  const [initial] = useState<Answers>(() => JSON.parse(sessionStorage.getItem(key) ?? "null") ?? before);
  return {
    initial,
    keep: (answers: Answers) => sessionStorage.setItem(key, JSON.stringify(answers)),
    drop: () => sessionStorage.removeItem(key),
  };
}
