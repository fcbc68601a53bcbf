import { Box, MenuItem, TextField, Typography } from "@mui/material";
import { keepPreviousData } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";

import { LettersDocument } from "../../made/graph";
import { words } from "../../words/hub";
import { letters } from "../../words/letters";
import { Loading } from "../parts/bits";
import { useGraph } from "../parts/useGraph";

const { settings: say } = words;
const [FIRST = ""] = Object.keys(letters);

/** One of the letter's two shapes, in a frame. */
function Shape({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div>
      <Typography variant="h3" gutterBottom>{title}</Typography>
      <Box sx={{ border: 1, borderColor: "divider", borderRadius: 1 }}>{children}</Box>
    </div>
  );
}

/** Each letter as its reader gets it. Its HTML stands in a frame: it styles itself, which pages of the hub may not. */
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
      <Typography variant="h2" sx={{ mt: 3, mb: 2 }}>{data.previewLetter?.subject}</Typography>
      <Box sx={{ display: "grid", gap: 3, gridTemplateColumns: { xs: "minmax(0, 1fr)", lg: "minmax(0, 3fr) minmax(0, 2fr)" } }}>
        <Shape title={say.html}>
          <Box
            component="iframe" key={kind} src={`/letters/preview/${encodeURIComponent(kind)}`} title={say.html} sandbox=""
            sx={{ display: "block", width: 1, height: 640, border: 0, borderRadius: 1, bgcolor: "common.white" }}
          />
        </Shape>
        <Shape title={say.text}>
          <Box component="article" sx={{ p: 2, whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>{data.previewLetter?.text}</Box>
        </Shape>
      </Box>
    </Box>
  );
}
