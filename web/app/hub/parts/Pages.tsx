import ChevronLeftIcon from "@mui/icons-material/ChevronLeft";
import ChevronRightIcon from "@mui/icons-material/ChevronRight";
import { IconButton, Stack, Typography } from "@mui/material";
import { useSearchParams } from "react-router-dom";

import { words } from "../../words/hub";

interface Props {
  page: number;
  perPage: number;
  /** How many rows this page has. */
  shown: number;
  total?: number | undefined;
  /** Whether there is a page behind this one. */
  more: boolean;
  onPage: (page: number) => void;
}

/** Back and forth between pages; nothing where all is on one. */
export function Pages({ page, perPage, shown, total, more, onPage }: Props) {
  if (page === 1 && !more) return null;
  const before = (page - 1) * perPage;
  return (
    <Stack component="nav" direction="row" aria-label={words.pages} sx={{ alignItems: "center", justifyContent: "end", p: 1 }}>
      {shown > 0 && <Typography variant="body2" sx={{ mr: 2 }}>{words.range(before + 1, before + shown, total)}</Typography>}
      <IconButton aria-label={words.previous} disabled={page === 1} onClick={() => onPage(page - 1)}><ChevronLeftIcon /></IconButton>
      <IconButton aria-label={words.next} disabled={!more} onClick={() => onPage(page + 1)}><ChevronRightIcon /></IconButton>
    </Stack>
  );
}

/** Which page stands in the address. */
export function usePage(): [number, (page: number) => void] {
  const [params, setParams] = useSearchParams();
  const asked = Number(params.get("page"));
  const go = (page: number) => setParams((before) => {
    before.set("page", String(page));
    return before;
  });
  return [Number.isInteger(asked) && asked > 0 ? asked : 1, go];
}
