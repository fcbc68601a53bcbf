import AddIcon from "@mui/icons-material/Add";
import { Alert, Box, Button, Stack, Typography } from "@mui/material";
import { useMemo, useState } from "react";
import { useNotify } from "react-admin";

import { type FormKind, FormsDocument, PublishFormDocument, type AskedFragment } from "../../made/graph";
import { QuestionForm } from "../../shared/QuestionForm";
import { words as say } from "../../words/forms";
import { FileButton } from "../parts/ExportButton";
import { useAsk } from "../parts/FormDialog";
import { Loading, moment } from "../parts/bits";
import { useUnsaved } from "../parts/unsaved";
import { useChange, useGraph } from "../parts/useGraph";
import { useLatest } from "../parts/useLatest";
import { QuestionEditor } from "./QuestionEditor";
import { type Editing, asInput, begin, blank, keyOf } from "./questions";
import { RIGHT, isWrong, mended, wrongOf } from "./wrong";

const NONE = {};

/** Beside the questions it stays in view, however many there are. */
const PREVIEW = {
  p: 2, border: 1, borderColor: "divider", borderRadius: 1, alignSelf: "start",
  position: { lg: "sticky" }, top: { lg: 72 }, maxHeight: { lg: "calc(100vh - 88px)" }, overflowY: { lg: "auto" },
};

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
  const [wrong, setWrong] = useState(RIGHT);
  const [added, setAdded] = useState("");
  const [dialog, ask] = useAsk();
  const change = useChange();
  const notify = useNotify();
  const version = form?.version ?? 0;
  const latest = useLatest(version);
  const questions = edited?.questions ?? published;
  const setQuestions = (next: Editing[]) => setEdited({ questions: next, over: edited?.over ?? version });
  const changed = edited !== undefined && JSON.stringify(questions) !== JSON.stringify(published);
  useUnsaved(changed);
  const edit = (before: Editing, typed: Editing) => {
    const others = questions.filter((each) => each !== before).map(({ key }) => key);
    const next = typed.fresh ? { ...typed, key: keyOf(typed.label, others) } : typed;
    setWrong(mended(wrong, before, next));
    setQuestions(questions.map((each) => (each === before ? next : each)));
  };
  const remove = (gone: Editing) => {
    setWrong({ ...wrong, at: Object.fromEntries(Object.entries(wrong.at).filter(([id]) => id !== gone.id)) });
    setQuestions(questions.filter((each) => each !== gone));
  };
  const add = () => {
    const next = blank();
    setAdded(next.id);
    setQuestions([...questions, next]);
  };
  const discard = () => ask({
    title: say.discardTitle, lead: say.discardLead, submit: say.discard, danger: true,
    onSubmit: async () => {
      setEdited(undefined);
      setWrong(RIGHT);
      return [];
    },
  });
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
      setWrong(wrongOf(found, questions));
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
              errors={wrong.at[question.id] ?? NONE} added={question.id === added} onChange={(next) => edit(question, next)} onMove={(by) => move(at, by)}
              onRemove={() => remove(question)}
            />
          ))}
          {edited && edited.over !== version && <Alert severity="warning">{say.newer(version)}</Alert>}
          {isWrong(wrong) && <Alert severity="error">{wrong.whole || say.mend}</Alert>}
          <Stack direction="row" useFlexGap spacing={1} sx={{ flexWrap: "wrap" }}>
            <Button startIcon={<AddIcon />} onClick={add}>{say.add}</Button>
            <FileButton path={`/export/submissions.csv?form=${kind}`} label={say.answers} />
            <Box sx={{ flex: 1 }} />
            <Button disabled={!changed} onClick={discard}>{say.discard}</Button>
            <Button variant="contained" disabled={!changed} onClick={publish}>{say.publish}</Button>
          </Stack>
        </Stack>
        <Box component="section" aria-label={say.preview} sx={PREVIEW}>
          <Typography variant="h2" gutterBottom>{say.preview}</Typography>
          <Typography variant="body2" color="textSecondary" sx={{ mb: 2 }}>{say.previewLead}</Typography>
          <QuestionForm
            key={questions.map(({ key, kind: each }) => key + each).join()} questions={questions.map(shown)} errors={NONE} busy={false}
            submit={say.previewSubmit} onSubmit={() => notify(say.previewSaid, { type: "info" })}
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
