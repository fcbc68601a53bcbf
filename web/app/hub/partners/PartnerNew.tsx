import { Button, Typography } from "@mui/material";
import { useState } from "react";
import { useNotify } from "react-admin";
import { Link, useNavigate } from "react-router-dom";

import { CreatePartnerDocument, type CreatePartnerInput, InvitePartnerDocument } from "../../made/graph";
import { words } from "../../words/hub";
import { FieldsForm } from "../parts/FieldsForm";
import { Head, Room } from "../parts/bits";
import { type FieldSpec, type Values, nest } from "../parts/fields";
import { useChange } from "../parts/useGraph";

const { partners: say } = words;

const FIELDS: FieldSpec[] = [
  { name: "name", label: say.fields.name, required: true, autoFocus: true },
  { name: "primaryContact.name", label: say.fields.contactName, required: true },
  { name: "primaryContact.email", label: say.fields.contactEmail, kind: "email", required: true },
  { name: "website", label: say.fields.website, kind: "url" },
  { name: "externalId", label: say.fields.externalId },
  { name: "message", label: say.fields.message, kind: "long" },
  { name: "expiresInHours", label: say.fields.expiresInHours, kind: "number", help: say.fields.expiresHelp },
];

/** A new partner: approved at once, or invited to the Partner Form. */
export default function PartnerNew({ mode }: { mode: "create" | "invite" }) {
  const change = useChange();
  const notify = useNotify();
  const navigate = useNavigate();
  const [busy, setBusy] = useState(false);
  const [idempotencyKey] = useState(() => crypto.randomUUID());
  const create = mode === "create";
  const submit = (values: Values) => {
    // What is missing is said by the graph, at its field.
    const input = { name: "", ...nest(FIELDS, values), idempotencyKey } as CreatePartnerInput;
    input.primaryContact = { ...{ name: "", email: "" }, ...input.primaryContact };
    const document = create ? CreatePartnerDocument : InvitePartnerDocument;
    return change(document, { input }, ({ done }) => {
      notify(say.done(input.primaryContact.email), { type: "success" });
      if (done.partner) navigate(`/partners/${encodeURIComponent(done.partner.id)}`);
    });
  };
  return (
    <>
      <Head title={create ? say.createTitle : say.inviteTitle} />
      <Room narrow>
        <Typography color="textSecondary" sx={{ mb: 2 }}>{create ? say.createLead : say.inviteLead}</Typography>
        <FieldsForm id="partner" fields={FIELDS} onSubmit={submit} onBusy={setBusy}>
          <div style={{ display: "flex", gap: 8 }}>
            <Button type="submit" variant="contained" loading={busy}>{create ? say.createSubmit : say.inviteSubmit}</Button>
            <Button component={Link} to="/partners">{words.cancel}</Button>
          </div>
        </FieldsForm>
      </Room>
    </>
  );
}
