import { Box, MenuItem, TextField, Typography } from "@mui/material";
import { keepPreviousData } from "@tanstack/react-query";
import { useState } from "react";

import { LettersDocument } from "../../made/graph";
import { words } from "../../words/hub";
import { letters } from "../../words/letters";
import { Loading } from "../parts/bits";
import { useGraph } from "../parts/useGraph";

const { settings: say } = words;
const [FIRST = ""] = Object.keys(letters);

/** Each letter as its reader gets it, in plain text. */
export function Letters() {
  const [kind, setKind] = useState(FIRST);
  const { data, error, refetch } = useGraph("letters", LettersDocument, { kind }, { placeholderData: keepPreviousData });
  if (!data) return <Loading error={error} again={() => void refetch()} />;
  return (
    <Box sx={{ p: { xs: 2, sm: 3 } }}>
      <Typography color="textSecondary" sx={{ mb: 2 }}>{say.lettersLead}</Typography>
      <TextField select label={say.letter} value={kind} onChange={(event) => setKind(event.target.value)} sx={{ maxWidth: 420 }}>
        {data.letterKinds?.map((each) => <MenuItem key={each} value={each}>{letters[each] ?? each}</MenuItem>)}
      </TextField>
      <Box component="article" sx={{ mt: 3, p: 2, border: 1, borderColor: "divider", borderRadius: 1, maxWidth: 720 }}>
        <Typography variant="h2" gutterBottom>{data.previewLetter?.subject}</Typography>
        <Box sx={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>{data.previewLetter?.text}</Box>
      </Box>
    </Box>
  );
}
