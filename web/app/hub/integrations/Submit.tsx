import { Alert, Button, Typography } from "@mui/material";
import { type ReactNode, useState } from "react";
import { useNotify } from "react-admin";

import { type AnswerInput, type QuestionsFragment, SaveIntegrationDocument, SubmitIntegrationDocument } from "../../made/graph";
import { DraftNote } from "../../shared/DraftNote";
import { QuestionForm, before, given, outdated as isOutdated } from "../../shared/QuestionForm";
import { byField, send } from "../../shared/send";
import { useDraft } from "../../shared/useDraft";
import { words } from "../../words/hub";
import { words as rounded } from "../../words/rounds";
import { Room } from "../parts/bits";
import { useChange } from "../parts/useGraph";
import { useHubName } from "../parts/useHub";
import type { Integration } from "./IntegrationPage";

const { integrations: say } = words;

interface Props {
  integration: Integration;
  form: QuestionsFragment | null;
  /** Whether the questions have changed since the page was opened. */
  outdated: boolean;
  /** What the vendor has said of an answer. */
  note: (question: string) => ReactNode;
  /** Changes what it says of itself. */
  onEdit: (() => void) | undefined;
  onOutdated: () => void;
  onTheirs: () => void;
}

/** Hands a draft in, with the answers to the Integration Form; what was written before is there again. */
export function Submit({ integration, form, outdated, note, onEdit, onOutdated, onTheirs }: Props) {
  const { id, version, submission, draft, status } = integration;
  const vendor = useHubName();
  const change = useChange();
  const notify = useNotify();
  const [busy, setBusy] = useState(false);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const { state, keep, again, overwrite, handIn } = useDraft(draft?.version ?? 0, async (answers, expectedVersion) => {
    const input = { id, formId: form?.id ?? "", answers: given(form?.questions ?? [], answers), ...(expectedVersion === undefined ? {} : { expectedVersion }) };
    const { done } = await send(SaveIntegrationDocument, { input });
    if (!done.draft) throw new Error(done.userErrors.map((error) => error.message).join(" "));
    return done.draft.version;
  });
  const submit = async (answers: AnswerInput[]) => {
    setBusy(true);
    const input = { id, ...(form ? { formId: form.id } : {}), answers, expectedVersion: version };
    const found = await handIn(
      () => change(SubmitIntegrationDocument, { input }, () => notify(say.submitted, { type: "success" })),
      // What answers an older version is kept by the server as the draft.
      (wrong) => wrong.length === 0 || isOutdated(wrong),
    );
    setBusy(false);
    if (isOutdated(found)) return onOutdated();
    setErrors(byField(found));
  };
  const questions = form?.questions ?? [];
  return (
    <Room title={say.submitTitle} narrow>
      <Typography color="textSecondary" sx={{ mb: 3 }}>{(questions.length > 0 ? say.submitLead : say.noForm)(vendor)}</Typography>
      {outdated && <Alert severity="info" sx={{ mb: 3 }}>{say.outdated}</Alert>}
      <QuestionForm
        questions={questions} initial={before(draft?.answers ?? submission?.answers)} errors={errors} busy={busy} note={note}
        submit={status === "CHANGES_REQUESTED" ? say.submitAgain : say.submit} beside={onEdit && <Button size="large" onClick={onEdit}>{rounded.edit.submit}</Button>}
        onChange={keep} onSubmit={(answers) => void submit(answers)}
      />
      {questions.length > 0 && <div style={{ marginTop: 16 }}><DraftNote state={state} onAgain={() => void again()} onTheirs={onTheirs} onMine={overwrite} /></div>}
    </Room>
  );
}
