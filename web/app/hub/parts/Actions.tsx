import MoreVertIcon from "@mui/icons-material/MoreVert";
import { IconButton, Menu, MenuItem } from "@mui/material";
import { useState } from "react";

import { words } from "../../words/hub";

export interface Action {
  label: string;
  run: () => void;
  danger?: boolean;
}

/** What can be done with one row; nothing at all when nothing can. */
export function Actions({ of, actions }: { of: string; actions: Action[] }) {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  if (actions.length === 0) return null;
  return (
    <>
      <IconButton aria-label={`${words.actions}: ${of}`} aria-haspopup="menu" onClick={(event) => setAnchor(event.currentTarget)}>
        <MoreVertIcon />
      </IconButton>
      <Menu anchorEl={anchor} open={Boolean(anchor)} onClose={() => setAnchor(null)}>
        {actions.map(({ label, run, danger }) => (
          <MenuItem key={label} sx={danger ? { color: "error.main" } : {}} onClick={() => { setAnchor(null); run(); }}>{label}</MenuItem>
        ))}
      </Menu>
    </>
  );
}
