import { Box, LinearProgress, Skeleton } from "@mui/material";

import { words } from "../../words/hub";
import { useSmall } from "./useSmall";

/** About as many as are seen at once. */
const ROWS = 10;

/** The room of rows that are on their way, so that nothing moves when they come. */
export function Coming() {
  const height = useSmall() ? 73 : 49;
  return (
    <Box sx={{ position: "relative" }}>
      <LinearProgress aria-label={words.oneMoment} sx={{ position: "absolute", insetInline: 0, top: 0 }} />
      <Box aria-hidden>
        {Array.from({ length: ROWS }, (_, at) => (
          <Box key={at} sx={{ height, px: 2, display: "flex", alignItems: "center", "&:not(:last-child)": { borderBottom: 1, borderColor: "divider" } }}>
            <Skeleton animation={false} sx={{ width: `${40 + ((at * 7) % 4) * 8}%` }} />
          </Box>
        ))}
      </Box>
    </Box>
  );
}
