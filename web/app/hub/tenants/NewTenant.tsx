import AddIcon from "@mui/icons-material/Add";
import { Button } from "@mui/material";
import { useState } from "react";
import { useNotify, usePermissions } from "react-admin";
import { Link } from "react-router-dom";

import { words } from "../../words/hub";
import type { Role } from "../auth";
import { useNewTenant } from "../integrations/newTenant";
import { useAsk } from "../parts/FormDialog";
import { installable, titleOf } from "./installable";

const { tenants: say } = words;

/** A tenant of a published integration, which is asked for first: one's own, or any for the vendor. */
export function NewTenant() {
  const [dialog, ask] = useAsk();
  const { permissions } = usePermissions<Role>();
  const notify = useNotify();
  const [busy, setBusy] = useState(false);
  const create = useNewTenant(ask);
  if (!permissions || permissions === "VENDOR_MEMBER") return null;
  const run = async () => {
    setBusy(true);
    try {
      const found = await installable();
      if (found.length === 0) notify(say.noneToInstall, { type: "info" });
      else create(found.map((each) => ({ value: each.id, label: titleOf(each, permissions.startsWith("VENDOR")) })));
    } catch (error) {
      notify(error instanceof Error ? error.message : String(error), { type: "error" });
    }
    setBusy(false);
  };
  return (
    <>
      {dialog}
      <Button component={Link} to="/tenants/bulk">{say.bulk}</Button>
      <Button variant="contained" startIcon={<AddIcon />} loading={busy} onClick={() => void run()}>{say.create}</Button>
    </>
  );
}
