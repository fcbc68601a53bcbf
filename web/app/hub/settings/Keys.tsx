import AddIcon from "@mui/icons-material/Add";
import { Box, Button, Stack, Typography } from "@mui/material";

import { type ApiKeyScope, CreateKeyDocument, KeysDocument, type KeysQuery, RevokeKeyDocument, type UserRole } from "../../made/graph";
import { empty } from "../../words/empty";
import { words as common } from "../../words/hub";
import { words as say } from "../../words/keys";
import { useAsk } from "../parts/FormDialog";
import { Table } from "../parts/Table";
import { Empty, Loading, Status, When } from "../parts/bits";
import { type FieldSpec, ticked } from "../parts/fields";
import { useChange, useGraph } from "../parts/useGraph";
import { Copied } from "../partners/invitationActions";

type Key = KeysQuery["apiKeys"]["nodes"][number];

const FIELDS: FieldSpec[] = [
  { name: "name", label: say.fields.name, required: true, autoFocus: true },
  { name: "role", label: say.fields.role, kind: "select", required: true, options: [{ value: "MEMBER", label: common.role.MEMBER }, { value: "ADMIN", label: common.role.ADMIN }] },
  { name: "scopes", label: say.fields.scopes, kind: "checks", required: true, options: Object.entries(say.scopes).map(([value, label]) => ({ value, label })) },
  { name: "expiresInDays", label: say.fields.expiresInDays, kind: "number", required: true, help: say.daysHelp },
];

/** What programs sign in with. */
export function Keys() {
  const { data, error, refetch } = useGraph("keys", KeysDocument, {});
  const [dialog, ask] = useAsk();
  const change = useChange();
  if (!data) return <Loading error={error} again={() => void refetch()} />;
  const create = () => ask({
    title: say.title, submit: say.add, fields: FIELDS, initial: { role: "MEMBER", expiresInDays: "90" },
    onSubmit: (values, idempotencyKey) => change(CreateKeyDocument, {
      input: {
        name: String(values.name ?? ""), role: values.role as UserRole, scopes: ticked(values.scopes) as ApiKeyScope[],
        expiresInDays: Number(values.expiresInDays), idempotencyKey,
      },
    }, ({ done }) => ask({
      title: say.shown, lead: say.shownLead, submit: common.close, tells: true,
      children: <Copied text={done.token ?? ""} label={say.token} />, onSubmit: async () => [],
    })),
  });
  const revoke = ({ id, name }: Key) => ask({
    title: say.revokeTitle(name), lead: say.revokeLead, submit: say.revoke, danger: true,
    onSubmit: () => change(RevokeKeyDocument, { id }, say.revoked(name)),
  });
  return (
    <Box sx={{ p: { xs: 2, sm: 3 } }}>
      {dialog}
      <Stack direction="row" useFlexGap spacing={2} sx={{ flexWrap: "wrap", justifyContent: "space-between", alignItems: "center", mb: 2 }}>
        <Typography color="textSecondary" sx={{ maxWidth: 560 }}>{say.lead}</Typography>
        <Button variant="contained" startIcon={<AddIcon />} onClick={create}>{say.add}</Button>
      </Stack>
      {data.apiKeys.nodes.length === 0 ? <Empty {...empty.keys} /> : (
        <Table
          label={common.settings.tabs.keys}
          rows={data.apiKeys.nodes}
          columns={[
            { title: say.columns.name, cell: (row) => row.name },
            { title: say.columns.role, cell: (row) => common.role[row.role] },
            { title: say.columns.scopes, cell: (row) => row.scopes.map((scope) => say.scopes[scope]).join(", ") },
            { title: say.columns.used, cell: (row) => (row.lastUsedAt ? <When at={row.lastUsedAt} exact /> : say.never) },
            { title: say.columns.ends, cell: (row) => <When at={row.expiresAt} /> },
            { title: say.columns.state, cell: (row) => <State of={row} /> },
            { title: common.actions, bare: true, cell: (row) => works(row) && <Button size="small" color="error" onClick={() => revoke(row)}>{say.revoke}</Button> },
          ]}
        />
      )}
    </Box>
  );
}

const works = ({ revokedAt, expiresAt }: Key) => !revokedAt && new Date(expiresAt) > new Date();

function State({ of }: { of: Key }) {
  if (of.revokedAt) return <Status of="REVOKED" say={say.states.revoked} />;
  return works(of) ? <Status of="ACTIVE" say={say.states.works} /> : <Status of="EXPIRED" say={say.states.ended} />;
}
