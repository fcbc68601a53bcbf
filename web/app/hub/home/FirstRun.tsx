import AddIcon from "@mui/icons-material/Add";
import MailIcon from "@mui/icons-material/MailOutlined";
import { Box, Button, Stack, Typography } from "@mui/material";
import { type ReactNode, useState } from "react";
import { Link } from "react-router-dom";

import { type HomeQuery, UpdateUserDocument, UpdateVendorDocument } from "../../made/graph";
import type { UserError } from "../../shared/send";
import { words } from "../../words/hub";
import { forgetViewer } from "../auth";
import { FieldsForm } from "../parts/FieldsForm";
import { Room } from "../parts/bits";
import { useChange } from "../parts/useGraph";

const { first: say } = words.home;

interface Props {
  vendor: HomeQuery["vendor"];
  viewer: NonNullable<HomeQuery["viewer"]>;
}

/** What a fresh hub wants to know: its company's name, its admin's, and the first partner. */
export function FirstRun({ vendor, viewer: { user } }: Props) {
  const change = useChange();
  const saveVendor = (name: string) => change(UpdateVendorDocument, { input: { name, expectedVersion: vendor.version } });
  const saveUser = (name: string) => change(UpdateUserDocument, { input: { id: user.id, name, expectedVersion: user.version } });
  return (
    <Room title={say.title}>
      <Box sx={{ display: "grid", gap: 4, gridTemplateColumns: { xs: "minmax(0, 1fr)", lg: "repeat(3, minmax(0, 1fr))" } }}>
        <Step title={say.name}>
          <Name key={vendor.name} of="company" label={words.settings.fields.name} help={say.nameHelp} value={vendor.name} submit={say.save} onSave={saveVendor} />
        </Step>
        <Step title={say.you}>
          <Name key={user.name} of="person" label={say.yourName} help={say.yourNameHelp} value={user.name} submit={say.saveYours} onSave={saveUser} />
        </Step>
        <Step title={say.partner}>
          <Typography color="textSecondary" sx={{ mb: 2 }}>{say.partnerLead}</Typography>
          <Stack direction="row" useFlexGap spacing={1} sx={{ flexWrap: "wrap" }}>
            <Button component={Link} to="/partners/invite" variant="contained" startIcon={<MailIcon />}>{words.partners.invite}</Button>
            <Button component={Link} to="/partners/create" variant="outlined" startIcon={<AddIcon />}>{words.partners.create}</Button>
          </Stack>
        </Step>
      </Box>
    </Room>
  );
}

function Step({ title, children }: { title: string; children: ReactNode }) {
  return <div><Typography variant="h3" gutterBottom>{title}</Typography>{children}</div>;
}

interface NameProps {
  /** Whose; no two fields of a page may be called the same. */
  of: string;
  label: string;
  help: string;
  value: string;
  submit: string;
  onSave: (name: string) => Promise<UserError[]>;
}

function Name({ of, label, help, value, submit, onSave }: NameProps) {
  const [busy, setBusy] = useState(false);
  const save = (name: string) => {
    forgetViewer();
    return onSave(name);
  };
  return (
    <FieldsForm fields={[{ name: of, label, required: true, help }]} initial={{ [of]: value }} onBusy={setBusy} onSubmit={(values) => save(String(values[of] ?? ""))}>
      <div><Button type="submit" variant="outlined" loading={busy}>{submit}</Button></div>
    </FieldsForm>
  );
}
