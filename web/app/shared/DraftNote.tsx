import { Alert, Button, Typography } from "@mui/material";

import { words } from "../words/door";
import type { DraftState } from "./useDraft";

const { draft: say } = words;
/** In sight, wherever in a long form one writes. */
const SEEN = { position: "sticky", bottom: 16, zIndex: 1 } as const;

interface Props {
  state: DraftState;
  onAgain: () => void;
  onTheirs: () => void;
  onMine: () => void;
}

/** Says whether answers are kept, and asks whose count when two people write. */
export function DraftNote({ state, onAgain, onTheirs, onMine }: Props) {
  if (state === "conflict") {
    const buttons = <><Button color="inherit" onClick={onTheirs}>{say.theirs}</Button><Button color="inherit" onClick={onMine}>{say.mine}</Button></>;
    return <Alert severity="warning" sx={SEEN} action={buttons}>{say.conflict}</Alert>;
  }
  if (state === "failed") return <Alert severity="warning" sx={SEEN} action={<Button color="inherit" onClick={onAgain}>{words.tryAgain}</Button>}>{say.failed}</Alert>;
  return <Typography variant="body2" color="textSecondary" role="status">{state === "saving" ? say.saving : state === "saved" ? say.saved : say.kept}</Typography>;
}
