import AddIcon from "@mui/icons-material/Add";
import { Alert, Box, Button, Stack, Typography } from "@mui/material";
import { useState } from "react";
import { useNotify } from "react-admin";

import { type FormKind, FormsDocument, PublishFormDocument, type AskedFragment } from "../../made/graph";
import { QuestionForm } from "../../shared/QuestionForm";
import { byField } from "../../shared/send";
import { words as say } from "../../words/forms";
import { useAsk } from "../parts/FormDialog";
import { Loading, moment } from "../parts/bits";
import { useChange, useGraph } from "../parts/useGraph";
import { QuestionEditor } from "./QuestionEditor";
import { type Editing, asInput, begin, blank, keyOf } from "./questions";

/** The vendor's questions: edited beside a preview, and published as the next version. */
export function FormBuilder({ kind }: { kind: FormKind }) {
  const { data, error, refetch } = useGraph("forms", FormsDocument);
  if (!data) return <Loading error={error} again={() => void refetch()} />;
  const form = (kind === "PARTNER" ? data.vendor.partnerForm : data.vendor.integrationForm) ?? null;
  return <Builder key={form?.version ?? 0} kind={kind} form={form} />;
}

function Builder({ kind, form }: { kind: FormKind; form: AskedFragment | null }) {
  const [questions, setQuestions] = useState(() => begin(form));
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [dialog, ask] = useAsk();
  const change = useChange();
  const notify = useNotify();
  const version = form?.version ?? 0;
  const changed = JSON.stringify(questions) !== JSON.stringify(begin(form));
  const edit = (at: number, next: Editing) => setQuestions(questions.map((each, index) => {
    if (index !== at) return each;
    if (!next.fresh) return next;
    const taken = questions.filter((_, other) => other !== at).map(({ key }) => key);
    return { ...next, key: keyOf(next.label, taken) };
  }));
  const move = (at: number, by: number) => {
    const next = [...questions];
    const [moved] = next.splice(at, 1);
    if (moved) next.splice(at + by, 0, moved);
    setQuestions(next);
  };
  const publish = () => ask({
    title: say.publishTitle(version + 1), lead: say.publishLead, submit: say.publish,
    onSubmit: async (_, idempotencyKey) => {
      const input = { kind, questions: questions.map(asInput), expectedVersion: version, idempotencyKey };
      const found = await change(PublishFormDocument, { input }, ({ done }) => notify(say.published(done.form?.version ?? version + 1), { type: "success" }));
      setErrors(byField(found));
      // What stands at a question is read there, not in this dialog.
      return found.filter(({ field }) => field?.[0] !== "questions");
    },
  });
  return (
    <Box sx={{ p: { xs: 2, sm: 3 } }}>
      {dialog}
      <Typography color="textSecondary">{say.lead[kind]}</Typography>
      <Typography variant="body2" color="textSecondary" sx={{ mb: 3 }}>
        {form && questions.length > 0 ? say.version(version, moment(form.publishedAt)) : say.none}
      </Typography>
      <Box sx={{ display: "grid", gap: 4, gridTemplateColumns: { xs: "minmax(0, 1fr)", lg: "minmax(0, 3fr) minmax(0, 2fr)" } }}>
        <Stack spacing={2}>
          {questions.map((question, at) => (
            <QuestionEditor
              key={question.id} question={question} number={at + 1} first={at === 0} last={at === questions.length - 1}
              errors={below(errors, `questions.${at}.`)} onChange={(next) => edit(at, next)} onMove={(by) => move(at, by)}
              onRemove={() => setQuestions(questions.filter((_, index) => index !== at))}
            />
          ))}
          {Object.keys(errors).length > 0 && <Alert severity="error">{errors[""] ?? errors.questions ?? say.mend}</Alert>}
          <Stack direction="row" useFlexGap spacing={1} sx={{ flexWrap: "wrap" }}>
            <Button startIcon={<AddIcon />} onClick={() => setQuestions([...questions, blank()])}>{say.add}</Button>
            <Box sx={{ flex: 1 }} />
            <Button disabled={!changed} onClick={() => { setQuestions(begin(form)); setErrors({}); }}>{say.discard}</Button>
            <Button variant="contained" disabled={!changed} onClick={publish}>{say.publish}</Button>
          </Stack>
        </Stack>
        <Box component="section" aria-label={say.preview} sx={{ p: 2, border: 1, borderColor: "divider", borderRadius: 1, alignSelf: "start" }}>
          <Typography variant="h2" gutterBottom>{say.preview}</Typography>
          <QuestionForm
            key={questions.map(({ key, kind: each }) => key + each).join()} questions={questions.map(shown)} errors={{}} busy={false}
            submit={say.previewSubmit} onSubmit={() => {}}
          />
        </Box>
      </Box>
    </Box>
  );
}

/** As whoever answers sees it. */
function shown(question: Editing, at: number) {
  const { required, kind, description, label, options = [], termsUrl, min, max } = asInput(question);
  return {
    key: `preview-${at}`, kind, required: required ?? false, label: label || say.untitled, description: description ?? null,
    options: [options].flat(), termsUrl: termsUrl?.startsWith("https://") ? termsUrl : null, min: min ?? null, max: max ?? null,
  };
}

/** The errors below a path. */
function below(errors: Record<string, string>, path: string): Record<string, string> {
  return Object.fromEntries(Object.entries(errors).filter(([field]) => field.startsWith(path)).map(([field, message]) => [field.slice(path.length).split(".")[0] ?? "", message]));
}
