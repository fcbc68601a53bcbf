import AddIcon from "@mui/icons-material/Add";
import MailIcon from "@mui/icons-material/MailOutlined";
import { Box, Button, Stack, Typography } from "@mui/material";
import { type ReactNode, useState } from "react";
import { useNotify } from "react-admin";
import { Link } from "react-router-dom";

import { type HomeQuery, UpdateUserDocument, UpdateVendorDocument } from "../../made/graph";
import type { UserError } from "../../shared/send";
import { words } from "../../words/hub";
import { forgetViewer } from "../auth";
import { FieldsForm } from "../parts/FieldsForm";
import { Room } from "../parts/bits";
import type { FieldSpec, Values } from "../parts/fields";
import { useChange } from "../parts/useGraph";

const { first: say } = words.home;

interface Props {
  vendor: HomeQuery["vendor"];
  viewer: NonNullable<HomeQuery["viewer"]>;
}

const FIELDS: FieldSpec[] = [
  { name: "company", label: words.settings.fields.name, required: true, help: say.nameHelp },
  { name: "person", label: say.yourName, required: true, help: say.yourNameHelp },
];

/** What is wrong with a name stands at its field, which is called otherwise here. */
const at = (field: string, wrong: UserError[]) => wrong.map((error) => ({ ...error, field: error.field ? [field] : null }));

/** Both names are saved before it is said that they are. */
const quietly = () => {};

/** What a fresh hub wants to know: its company's name, its admin's, and the first partner. */
export function FirstRun({ vendor, viewer: { user } }: Props) {
  const change = useChange();
  const notify = useNotify();
  const [busy, setBusy] = useState(false);
  const [saved, setSaved] = useState(vendor.version > 1);
  const rename = (name: string) => {
    forgetViewer();
    return change(UpdateVendorDocument, { input: { name, expectedVersion: vendor.version } }, quietly);
  };
  const renameMe = (name: string) => {
    // Again: the bar has asked anew after the first change.
    forgetViewer();
    return change(UpdateUserDocument, { input: { id: user.id, name, expectedVersion: user.version } }, quietly);
  };
  const save = async ({ company, person }: Values) => {
    const [name, own] = [String(company ?? ""), String(person ?? "")];
    const wrong = [
      ...(name === vendor.name ? [] : at("company", await rename(name))),
      ...(own === user.name ? [] : at("person", await renameMe(own))),
    ];
    if (wrong.length === 0) {
      notify(words.saved, { type: "success" });
      setSaved(true);
    }
    return wrong;
  };
  return (
    <Room title={say.title}>
      <Box sx={{ display: "grid", gap: 4, gridTemplateColumns: { xs: "minmax(0, 1fr)", lg: "minmax(0, 2fr) minmax(0, 1fr)" } }}>
        <Step title={say.names}>
          <FieldsForm wide fields={FIELDS} initial={{ company: vendor.name, person: user.name }} onBusy={setBusy} onSubmit={save}>
            <div><Button type="submit" variant={saved ? "outlined" : "contained"} loading={busy}>{say.save}</Button></div>
          </FieldsForm>
        </Step>
        <Step title={say.partner}>
          <Typography color="textSecondary" sx={{ mb: 2 }}>{say.partnerLead}</Typography>
          <Stack direction="row" useFlexGap spacing={1} sx={{ flexWrap: "wrap" }}>
            <Button component={Link} to="/partners/invite" variant={saved ? "contained" : "outlined"} startIcon={<MailIcon />}>{words.partners.invite}</Button>
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
