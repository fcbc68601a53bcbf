import { Chip, Stack } from "@mui/material";
import { Link } from "react-router-dom";

import { listOf } from "../partners/Tables";

/** What an integration is about, in its owner's words: each leads to all that have it. */
export function OwnWords({ words }: { words: string[] }) {
  return (
    <Stack direction="row" useFlexGap spacing={0.75} component="span" sx={{ display: "inline-flex", flexWrap: "wrap" }}>
      {words.map((word) => (
        <Chip key={word} size="small" variant="outlined" component={Link} clickable to={listOf("integrations", { q: word, view: "all" })} label={word} />
      ))}
    </Stack>
  );
}
