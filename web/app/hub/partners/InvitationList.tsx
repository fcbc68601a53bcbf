import { Box } from "@mui/material";
import { useListContext, usePermissions } from "react-admin";

import { ActivityLiveDocument, type InvitationRowFragment } from "../../made/graph";
import { empty } from "../../words/empty";
import { words } from "../../words/hub";
import type { Role } from "../auth";
import { Actions } from "../parts/Actions";
import { useAsk } from "../parts/FormDialog";
import { Filters } from "../parts/Filters";
import { HubList } from "../parts/Lists";
import { None } from "../parts/None";
import { type Column, Table } from "../parts/Table";
import { useLive } from "../parts/live";
import { To, When } from "../parts/bits";
import { InvitationState } from "./InvitationState";
import { useInvitationActions } from "./invitationActions";

const { invitations: say } = words;
const VIEWS = { waiting: say.waiting, trouble: say.trouble, all: say.all };

/** Every invitation, those that wait first. */
export default function InvitationList() {
  useLive(ActivityLiveDocument, {}, ["invitations"]);
  const { permissions } = usePermissions<Role>();
  return (
    <HubList
      resource="invitations" title={say.title} one={say.one} sort={{ field: "createdAt", order: "DESC" }}
      filterDefaultValues={{ view: "waiting" }} filters={<Filters label={say.title} views={VIEWS} search={say.filterEmail} />} empty={<None of={empty.invitations(permissions === "VENDOR_ADMIN")} />}
    >
      <Rows />
    </HubList>
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
