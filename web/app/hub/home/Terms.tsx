import { Alert, Box, Button, Checkbox, FormControlLabel, Stack, Typography } from "@mui/material";
import { type FormEvent, useState } from "react";

import { AcceptTermsDocument, type OutstandingFragment } from "../../made/graph";
import { words } from "../../words/terms";
import { Out, Room } from "../parts/bits";
import { useChange } from "../parts/useGraph";

interface Props {
  terms: OutstandingFragment["outstandingTerms"];
  /** Whether the viewer may agree for the company. */
  admin: boolean;
}

/** Terms that have changed since the company agreed to them. Nothing is closed by them, so they stand beside the rest. */
export function Terms({ terms, admin }: Props) {
  const change = useChange();
  const [ticked, setTicked] = useState<string[]>([]);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState("");
  if (!terms) return null;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (ticked.length === 0) return setProblem(words.tick);
    setBusy(true);
    const input = { formId: terms.form.id, questions: ticked, idempotencyKey: `${terms.form.id} ${ticked.join()}` };
    const wrong = await change(AcceptTermsDocument, { input }, words.done);
    setBusy(false);
    setProblem(wrong.map((error) => error.message).join(" "));
  };
  return (
    <Room title={words.title}>
      <Typography color="textSecondary" sx={{ mb: 2 }}>{words.lead(terms.questions.length)} {words.blocked}</Typography>
      <Box component="form" noValidate onSubmit={(event) => void submit(event)}>
        <Stack spacing={2}>
          {terms.questions.map(({ key, label, description, termsUrl }) => (
            <Box key={key}>
              {admin
                ? <FormControlLabel label={label} control={<Checkbox checked={ticked.includes(key)} onChange={(_, on) => setTicked(on ? [...ticked, key] : ticked.filter((each) => each !== key))} />} />
                : <Typography>{label}</Typography>}
              <Typography variant="body2" color="textSecondary">{description} {termsUrl && <Out href={termsUrl} />}</Typography>
            </Box>
          ))}
          {problem && <Alert severity="error">{problem}</Alert>}
          {admin ? <div><Button type="submit" variant="contained" loading={busy}>{words.submit}</Button></div> : <Typography>{words.askAdmin}</Typography>}
        </Stack>
      </Box>
    </Room>
  );
}
