import AddIcon from "@mui/icons-material/Add";
import { Button } from "@mui/material";
import { useState } from "react";
import { useNotify, usePermissions } from "react-admin";

import { InstallableDocument } from "../../made/graph";
import { send } from "../../shared/send";
import { words } from "../../words/hub";
import type { Role } from "../auth";
import { useNewTenant } from "../integrations/newTenant";
import { useAsk } from "../parts/FormDialog";

const { tenants: say } = words;

/** A tenant of one of one's own published integrations, which is asked for first. */
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
      const { integrations } = await send(InstallableDocument);
      const own = integrations.nodes.filter(({ partner }) => !permissions.startsWith("VENDOR") || !partner);
      if (own.length === 0) notify(say.noneToInstall, { type: "info" });
      else create(own.map(({ id, name }) => ({ value: id, label: name })));
    } catch (error) {
      notify(error instanceof Error ? error.message : String(error), { type: "error" });
    }
    setBusy(false);
  };
  return <>{dialog}<Button variant="contained" startIcon={<AddIcon />} loading={busy} onClick={() => void run()}>{say.create}</Button></>;
}
