import AddIcon from "@mui/icons-material/Add";
import { Alert, Box, Button, Stack, Typography } from "@mui/material";
import { useMemo, useState } from "react";
import { useNotify } from "react-admin";

import { type FormKind, FormsDocument, PublishFormDocument, type AskedFragment } from "../../made/graph";
import { QuestionForm } from "../../shared/QuestionForm";
import { byField } from "../../shared/send";
import { words as say } from "../../words/forms";
import { FileButton } from "../parts/ExportButton";
import { useAsk } from "../parts/FormDialog";
import { Loading, moment } from "../parts/bits";
import { useUnsaved } from "../parts/unsaved";
import { useChange, useGraph } from "../parts/useGraph";
import { useLatest } from "../parts/useLatest";
import { QuestionEditor } from "./QuestionEditor";
import { type Editing, asInput, begin, blank, keyOf } from "./questions";

const NONE = {};

/** The vendor's questions: edited beside a preview, and published as the next version. */
export function FormBuilder({ kind }: { kind: FormKind }) {
  const { data, error, refetch } = useGraph("forms", FormsDocument);
  if (!data) return <Loading error={error} again={() => void refetch()} />;
  const form = (kind === "PARTNER" ? data.vendor.partnerForm : data.vendor.integrationForm) ?? null;
  return <Builder kind={kind} form={form} />;
}

function Builder({ kind, form }: { kind: FormKind; form: AskedFragment | null }) {
  const published = useMemo(() => begin(form), [form]);
  const [edited, setEdited] = useState<{ questions: Editing[]; over: number }>();
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [dialog, ask] = useAsk();
  const change = useChange();
  const notify = useNotify();
  const version = form?.version ?? 0;
  const latest = useLatest(version);
  const questions = edited?.questions ?? published;
  const setQuestions = (next: Editing[]) => setEdited({ questions: next, over: edited?.over ?? version });
  const changed = edited !== undefined && JSON.stringify(questions) !== JSON.stringify(published);
  useUnsaved(changed);
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
    version: () => latest.current,
    onSubmit: async (_, idempotencyKey, expectedVersion) => {
      const input = { kind, questions: questions.map(asInput), expectedVersion, idempotencyKey };
      const found = await change(PublishFormDocument, { input }, ({ done }) => notify(say.published(done.form?.version ?? version + 1), { type: "success" }));
      setErrors(byField(found));
      if (found.length === 0) setEdited(undefined);
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
          {edited && edited.over !== version && <Alert severity="warning">{say.newer(version)}</Alert>}
          {Object.keys(errors).length > 0 && <Alert severity="error">{errors[""] ?? errors.questions ?? say.mend}</Alert>}
          <Stack direction="row" useFlexGap spacing={1} sx={{ flexWrap: "wrap" }}>
            <Button startIcon={<AddIcon />} onClick={() => setQuestions([...questions, blank()])}>{say.add}</Button>
            <FileButton path={`/export/submissions.csv?form=${kind}`} label={say.answers} />
            <Box sx={{ flex: 1 }} />
            <Button disabled={!changed} onClick={() => { setEdited(undefined); setErrors({}); }}>{say.discard}</Button>
            <Button variant="contained" disabled={!changed} onClick={publish}>{say.publish}</Button>
          </Stack>
        </Stack>
        <Box component="section" aria-label={say.preview} sx={{ p: 2, border: 1, borderColor: "divider", borderRadius: 1, alignSelf: "start" }}>
          <Typography variant="h2" gutterBottom>{say.preview}</Typography>
          <QuestionForm
            key={questions.map(({ key, kind: each }) => key + each).join()} questions={questions.map(shown)} errors={NONE} busy={false}
            submit={say.previewSubmit} onSubmit={() => {}}
          />
        </Box>
      </Box>
    </Box>
  );
}

/** As whoever answers sees it. */
function shown(question: Editing, at: number) {
  const { required, kind, description, label, options = [], termsUrl, min, max, earliest, latest } = asInput(question);
  return {
    key: `preview-${at}`, kind, required: required ?? false, label: label || say.untitled, description: description ?? null,
    options: [options].flat(), termsUrl: termsUrl?.startsWith("https://") ? termsUrl : null, min: min ?? null, max: max ?? null,
    earliest: earliest ?? null, latest: latest ?? null,
  };
}

/** The errors below a path. */
function below(errors: Record<string, string>, path: string): Record<string, string> {
  return Object.fromEntries(Object.entries(errors).filter(([field]) => field.startsWith(path)).map(([field, message]) => [field.slice(path.length).split(".")[0] ?? "", message]));
}
