import { Box, MenuItem, TextField, Typography } from "@mui/material";
import { useState } from "react";

import { LetterDocument, LettersDocument } from "../../made/graph";
import { words } from "../../words/hub";
import { Loading } from "../parts/bits";
import { useGraph } from "../parts/useGraph";

const { settings: say } = words;

/** Each letter as its reader gets it, in plain text. */
export function Letters() {
  const { data, error, refetch } = useGraph("letters", LettersDocument);
  const [kind, setKind] = useState<string>();
  const chosen = kind ?? data?.letterKinds[0];
  if (!data || !chosen) return <Loading error={error} again={() => void refetch()} />;
  return (
    <Box sx={{ p: 3 }}>
      <Typography color="textSecondary" sx={{ mb: 2 }}>{say.lettersLead}</Typography>
      <TextField select label={say.letter} value={chosen} onChange={(event) => setKind(event.target.value)} sx={{ maxWidth: 420 }}>
        {data.letterKinds.map((each) => <MenuItem key={each} value={each}>{each.replace(/[._]/g, " ")}</MenuItem>)}
      </TextField>
      <Letter kind={chosen} />
    </Box>
  );
}

function Letter({ kind }: { kind: string }) {
  const { data, error, refetch } = useGraph("letter", LetterDocument, { kind });
  if (!data) return <Loading error={error} again={() => void refetch()} />;
  return (
    <Box component="article" sx={{ mt: 3, p: 2, border: 1, borderColor: "divider", borderRadius: 1, maxWidth: 720 }}>
      <Typography variant="h2" gutterBottom>{data.previewLetter?.subject}</Typography>
      <Box sx={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>{data.previewLetter?.text}</Box>
    </Box>
  );
}
