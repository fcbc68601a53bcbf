import { Box, Tab, Tabs, TextField } from "@mui/material";
import { useListContext } from "react-admin";

import type { InvitationRowFragment } from "../../made/graph";
import { words } from "../../words/hub";
import { Actions } from "../parts/Actions";
import { useAsk } from "../parts/FormDialog";
import { HubList } from "../parts/Lists";
import { type Column, Table } from "../parts/Table";
import { Empty, To, When } from "../parts/bits";
import { InvitationState } from "./InvitationState";
import { useInvitationActions } from "./invitationActions";

const { invitations: say } = words;

/** Every invitation, those that wait first. */
export default function InvitationList() {
  return (
    <HubList
      resource="invitations" title={say.title} one={say.one} sort={{ field: "createdAt", order: "DESC" }}
      filterDefaultValues={{ view: "waiting" }} filters={<Filters />} empty={<Empty title={say.empty} lead={say.emptyLead} />}
    >
      <Rows />
    </HubList>
  );
}

function Filters() {
  const { filterValues, setFilters } = useListContext();
  const view = String(filterValues.view ?? "all");
  return (
    <Box sx={{ display: "flex", flexWrap: "wrap", gap: 2, alignItems: "center", mb: 2 }}>
      <Tabs value={view} onChange={(_, next: string) => setFilters({ ...filterValues, view: next })} aria-label={say.title}>
        <Tab value="waiting" label={say.waiting} />
        <Tab value="trouble" label={say.trouble} />
        <Tab value="all" label={say.all} />
      </Tabs>
      <TextField
        size="small" type="search" label={say.filterEmail} defaultValue={filterValues.q ?? ""} sx={{ ml: { sm: "auto" }, maxWidth: 280 }}
        onChange={(event) => setFilters({ ...filterValues, q: event.target.value })}
      />
    </Box>
  );
}

function Rows() {
  const { data = [] } = useListContext<InvitationRowFragment>();
  const [dialog, ask] = useAsk();
  const actions = useInvitationActions(ask);
  const columns: Column<InvitationRowFragment>[] = [
    { title: say.columns.invitee, cell: (row) => <>{row.user?.name}<Box sx={{ color: "text.secondary", fontSize: "0.8125rem" }}>{row.email}</Box></> },
    { title: say.columns.partner, cell: (row) => (row.partner ? <To to={`/partners/${encodeURIComponent(row.partner.id)}`}>{row.partner.name}</To> : words.ourselves) },
    { title: say.columns.status, cell: (row) => <InvitationState invitation={row} /> },
    { title: say.columns.inviter, cell: (row) => row.inviter?.name ?? words.product },
    { title: say.columns.sent, cell: (row) => <When at={row.sentAt} exact /> },
    { title: words.actions, bare: true, cell: (row) => <Actions of={row.email} actions={actions(row)} /> },
  ];
  return <>{dialog}<Table label={say.title} rows={data} columns={columns} /></>;
}
