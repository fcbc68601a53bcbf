import { Box, Button, Typography } from "@mui/material";
import { useState } from "react";

import { NotificationsDocument, UpdateNotificationsDocument } from "../../made/graph";
import { words } from "../../words/hub";
import { FieldsForm } from "../parts/FieldsForm";
import { Loading } from "../parts/bits";
import { type Values, entries } from "../parts/fields";
import { useChange, useGraph } from "../parts/useGraph";

const { settings: say } = words;

/** Who is told of what, beside the primary contact. */
export function Notifications() {
  const change = useChange();
  const [busy, setBusy] = useState(false);
  const { data, error, refetch } = useGraph("notifications", NotificationsDocument);
  if (!data) return <Loading error={error} again={() => void refetch()} />;
  const { vendor, notificationSettings: asked } = data;
  const notificationSettings = asked ?? [];
  const fields = notificationSettings.map(({ event }) => ({ name: event, label: say.events[event] ?? event, help: say.addresses }));
  const initial = Object.fromEntries(notificationSettings.map(({ event, addresses }) => [event, addresses.join(", ")]));
  const submit = async (values: Values) => {
    const settings = notificationSettings.map(({ event }) => ({ event, addresses: entries(values[event]) }));
    const found = await change(UpdateNotificationsDocument, { input: { settings, expectedVersion: vendor.version } });
    // `settings.2.addresses.0` stands at the field of the third event.
    return found.map((wrong) => ({ ...wrong, field: [notificationSettings[Number(wrong.field?.[1])]?.event ?? ""] }));
  };
  return (
    <Box sx={{ p: { xs: 2, sm: 3 } }}>
      <Typography color="textSecondary" sx={{ mb: 2 }}>{say.notificationsLead}</Typography>
      <FieldsForm wide fields={fields} initial={initial} onSubmit={submit} onBusy={setBusy}>
        <div><Button type="submit" variant="contained" loading={busy}>{words.save}</Button></div>
      </FieldsForm>
    </Box>
  );
}
