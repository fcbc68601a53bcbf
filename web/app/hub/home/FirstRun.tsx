import AddIcon from "@mui/icons-material/Add";
import MailIcon from "@mui/icons-material/MailOutlined";
import { Button, Stack, Typography } from "@mui/material";
import { useState } from "react";
import { Link } from "react-router-dom";

import { type HomeQuery, UpdateVendorDocument } from "../../made/graph";
import { words } from "../../words/hub";
import { forgetViewer } from "../auth";
import { FieldsForm } from "../parts/FieldsForm";
import { Room } from "../parts/bits";
import { useChange } from "../parts/useGraph";

const { first: say } = words.home;

/** What a fresh hub wants to know: the company's name, and the first partner. */
export function FirstRun({ vendor }: { vendor: HomeQuery["vendor"] }) {
  const change = useChange();
  const [busy, setBusy] = useState(false);
  const fields = [{ name: "name", label: words.settings.fields.name, required: true, help: say.nameHelp }];
  return (
    <Room title={say.title}>
      <Typography variant="h3" gutterBottom>{say.name}</Typography>
      <div style={{ maxWidth: 480 }}>
        <FieldsForm
          fields={fields} initial={{ name: vendor.name }} onBusy={setBusy}
          onSubmit={({ name }) => {
            forgetViewer();
            return change(UpdateVendorDocument, { input: { name: String(name), expectedVersion: vendor.version } });
          }}
        >
          <div><Button type="submit" variant="outlined" loading={busy}>{say.save}</Button></div>
        </FieldsForm>
      </div>
      <Typography variant="h3" gutterBottom sx={{ mt: 4 }}>{say.partner}</Typography>
      <Typography color="textSecondary" sx={{ mb: 2 }}>{say.partnerLead}</Typography>
      <Stack direction="row" useFlexGap spacing={1} sx={{ flexWrap: "wrap" }}>
        <Button component={Link} to="/partners/invite" variant="contained" startIcon={<MailIcon />}>{words.partners.invite}</Button>
        <Button component={Link} to="/partners/create" variant="outlined" startIcon={<AddIcon />}>{words.partners.create}</Button>
      </Stack>
    </Room>
  );
}
