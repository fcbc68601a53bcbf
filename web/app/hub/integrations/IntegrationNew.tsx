import { Button, Typography } from "@mui/material";
import { useState } from "react";
import { usePermissions } from "react-admin";
import { Link, useNavigate } from "react-router-dom";

import { CreateIntegrationDocument, type CreateIntegrationInput } from "../../made/graph";
import { words } from "../../words/hub";
import { words as rounded } from "../../words/rounds";
import type { Role } from "../auth";
import { FieldsForm } from "../parts/FieldsForm";
import { Head, Room } from "../parts/bits";
import { type FieldSpec, type Values, nest } from "../parts/fields";
import { useChange } from "../parts/useGraph";

const { integrations: say } = words;

const LISTING: FieldSpec[] = [
  { name: "landingUrl", label: say.fields.landingUrl, kind: "url", required: true },
  { name: "externalKey", label: say.fields.externalKey },
];
const SOURCE: FieldSpec[] = [
  { name: "repository.url", label: say.fields.url, kind: "url", required: true },
  { name: "repository.branch", label: say.fields.branch, help: say.branchHelp },
  { name: "repository.path", label: say.fields.path },
];

/** What can be said of an integration of a kind, and changed later. */
export const contentOf = (type: string): FieldSpec[] => [
  { name: "name", label: say.fields.name, required: true, autoFocus: true },
  ...(type === "INTERNAL" ? SOURCE : LISTING),
  { name: "description", label: say.fields.description, kind: "long" },
  { name: "categories", label: rounded.fields.categories, kind: "labels", help: rounded.wordsHelp.categories },
  { name: "tags", label: rounded.fields.tags, kind: "labels", help: rounded.wordsHelp.tags },
];

function fieldsOf(type: string): FieldSpec[] {
  const options = Object.entries(words.integrationType).map(([value, label]) => ({ value, label }));
  const [name, ...rest] = contentOf(type) as [FieldSpec, ...FieldSpec[]];
  return [
    name,
    { name: "type", label: say.fields.type, kind: "select", options, required: true, help: type === "INTERNAL" ? say.typeHelp.INTERNAL : say.typeHelp.EXTERNAL },
    ...rest,
  ];
}

/** A draft of one's own organisation. */
export default function IntegrationNew() {
  const change = useChange();
  const navigate = useNavigate();
  const { permissions } = usePermissions<Role>();
  const [type, setType] = useState("EXTERNAL");
  const [busy, setBusy] = useState(false);
  const [idempotencyKey] = useState(() => crypto.randomUUID());
  const fields = fieldsOf(type);
  const submit = (values: Values) => {
    const input = { name: "", ...nest(fields, values), idempotencyKey } as CreateIntegrationInput;
    return change(CreateIntegrationDocument, { input }, ({ done }) => {
      if (done.integration) navigate(`/integrations/${encodeURIComponent(done.integration.id)}`);
    });
  };
  return (
    <>
      <Head title={say.createTitle} />
      <Room narrow>
        <Typography color="textSecondary" sx={{ mb: 2 }}>{permissions?.startsWith("VENDOR") ? say.createLeadOwn : say.createLead}</Typography>
        <FieldsForm
          fields={fields} initial={{ type }} onSubmit={submit} onBusy={setBusy}
          onChange={(values) => setType(String(values.type))}
        >
          <div style={{ display: "flex", gap: 8 }}>
            <Button type="submit" variant="contained" loading={busy}>{say.createSubmit}</Button>
            <Button component={Link} to="/integrations">{words.cancel}</Button>
          </div>
        </FieldsForm>
      </Room>
    </>
  );
}
