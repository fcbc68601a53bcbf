import { Box, Tab, Tabs, TextField } from "@mui/material";
import { useListContext } from "react-admin";

import { words } from "../../words/hub";

interface Props {
  label: string;
  /** The tabs, by what the list knows them as. */
  views: Record<string, string>;
  search?: string;
}

/** Tabs and a search above a list; both stand in its address. */
export function Filters({ label, views, search = words.search }: Props) {
  const { filterValues, setFilters } = useListContext();
  return (
    <Box sx={{ display: "flex", flexWrap: "wrap", gap: 2, alignItems: "center", mb: 2 }}>
      <Tabs
        value={String(filterValues.view ?? "all")} variant="scrollable" allowScrollButtonsMobile aria-label={label} sx={{ maxWidth: 1 }}
        onChange={(_, view: string) => setFilters({ ...filterValues, view })}
      >
        {Object.entries(views).map(([view, title]) => <Tab key={view} value={view} label={title} />)}
      </Tabs>
      <TextField
        size="small" type="search" label={search} defaultValue={filterValues.q ?? ""} sx={{ ml: { sm: "auto" }, maxWidth: { sm: 280 } }}
        onChange={(event) => setFilters({ ...filterValues, q: event.target.value }, undefined, true)}
      />
    </Box>
  );
}
