import { Box, Chip, Tab, Tabs, TextField } from "@mui/material";
import { useEffect, useRef, useState } from "react";
import { type RaRecord, useListContext } from "react-admin";

import { useLatest } from "./useLatest";

import { words } from "../../words/hub";

/** How long one may think between two letters. */
const PAUSE = 400;

interface Props {
  label: string;
  /** The tabs, by what the list knows them as. */
  views: Record<string, string>;
  /** Nothing can be searched for without it. */
  search?: string;
}

/** Tabs and a search above a list, and what else it is narrowed to; all of it stands in its address. */
export function Filters({ label, views, search }: Props) {
  const { filterValues, setFilters } = useListContext();
  const kept = String(filterValues.q ?? "");
  const [text, setText] = useState(kept);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const narrow = useLatest((part: { q?: string; view?: string }) => {
    clearTimeout(timer.current);
    timer.current = undefined;
    setFilters({ ...filterValues, q: text, ...part });
  });
  // What stands in the address counts, as after a link in the menu, unless one is typing.
  useEffect(() => {
    if (!timer.current) setText(kept);
  }, [kept]);
  useEffect(() => () => clearTimeout(timer.current), []);
  const type = (next: string) => {
    setText(next);
    clearTimeout(timer.current);
    // Whoever has gone on meanwhile, to a room that is still loading, is not called back.
    const { pathname } = location;
    timer.current = setTimeout(() => location.pathname === pathname && narrow.current({ q: next }), PAUSE);
  };
  return (
    <Box sx={{ display: "flex", flexWrap: "wrap", gap: 2, alignItems: "center", mb: 2 }}>
      <Tabs
        value={String(filterValues.view ?? "all")} variant="scrollable" aria-label={label} sx={{ maxWidth: 1 }}
        onChange={(_, view: string) => narrow.current({ view })}
      >
        {Object.entries(views).map(([view, title]) => <Tab key={view} value={view} label={title} />)}
      </Tabs>
      <Only />
      {search && (
        <TextField
          size="small" type="search" label={search} value={text} sx={{ ml: { sm: "auto" }, maxWidth: { sm: 290 } }}
          onChange={(event) => type(event.target.value)}
        />
      )}
    </Box>
  );
}

interface Owned {
  partner?: { id: string; name: string } | null;
  integration?: { id: string; name: string };
}

/** What a link elsewhere has narrowed the list to, named by what is in it; taken away it shows all. */
function Only() {
  const { filterValues, setFilters, data = [] } = useListContext<Owned & RaRecord>();
  const { partnerId, integrationId, ...rest } = filterValues;
  if (!partnerId && !integrationId) return null;
  const partner = data.find((row) => row.partner?.id === partnerId)?.partner?.name;
  const integration = data.find((row) => row.integration?.id === integrationId)?.integration?.name;
  const name = integrationId ? integration : partner;
  return <Chip label={name ? words.only(name) : integrationId ? words.onlyIntegration : words.onlyOne} onDelete={() => setFilters(rest)} />;
}
