import AddIcon from "@mui/icons-material/PersonAddOutlined";
import { Box, Button, Chip } from "@mui/material";
import { useGetIdentity } from "react-admin";

import {
  DeleteUserDocument, DisableUserDocument, EnableUserDocument, EndUserSessionsDocument, InviteUserDocument, ResetSecondFactorDocument,
  SetPrimaryContactDocument, UpdateUserDocument, type UserRole, type UserRowFragment,
} from "../../made/graph";
import { words } from "../../words/hub";
import { type Action, Actions } from "../parts/Actions";
import { type Ask, useAsk } from "../parts/FormDialog";
import { Pages, usePage } from "../parts/Pages";
import { type Column, Table } from "../parts/Table";
import { Status, When } from "../parts/bits";
import type { FieldSpec } from "../parts/fields";
import { useChange, useChangeAtOnce } from "../parts/useGraph";
import { useLatest } from "../parts/useLatest";
import { InvitationState } from "./InvitationState";
import { useInvitationActions } from "./invitationActions";

const { users: say } = words;

const roleIn = ({ __typename: kind = "Partner" }: Props["organization"]): FieldSpec => ({
  name: "role", label: say.fields.role, kind: "select", required: true, help: say.roleHelp[kind],
  options: [{ value: "MEMBER", label: words.role.MEMBER }, { value: "ADMIN", label: words.role.ADMIN }],
});

/** How many stand on a page. */
const PER_PAGE = 50;

/** Which page of users the address names, as a query asks for it. */
export const useUsersPage = () => ({ offset: (usePage()[0] - 1) * PER_PAGE });

interface Users {
  totalCount: number;
  pageInfo: { hasNextPage: boolean };
  nodes: UserRowFragment[];
}

interface Props {
  organization: { __typename?: "Partner" | "Vendor"; id: string; primaryContact?: { id: string } | null; users: Users };
  /** Whether the viewer runs this organisation. */
  admin: boolean;
}

/** The people of an organisation, with the state of their invitations. */
export function UserTable({ organization, admin }: Props) {
  const [dialog, ask] = useAsk();
  const { identity } = useGetIdentity();
  const actions = useUserActions(ask, organization, identity?.id);
  const invitationActions = useInvitationActions(ask);
  const change = useChange();
  const { users } = organization;
  const [page, setPage] = usePage();
  const open = (user: UserRowFragment) => (user.status === "INVITED" ? user.invitation : undefined);
  const add = () => ask({
    title: say.addTitle, lead: say.addLead, submit: say.add, initial: { role: "MEMBER" },
    fields: [
      { name: "name", label: say.fields.name, required: true, autoFocus: true },
      { name: "email", label: say.fields.email, kind: "email", required: true },
      roleIn(organization),
      { name: "message", label: say.fields.message, kind: "long" },
    ],
    onSubmit: ({ name = "", email = "", role, message }, idempotencyKey) => change(
      InviteUserDocument,
      { input: { organizationId: organization.id, name: String(name), email: String(email), role: role as UserRole, ...(message ? { message: String(message) } : {}), idempotencyKey } },
      say.added(String(email)),
    ),
  });
  const columns: Column<UserRowFragment>[] = [
    { title: say.columns.name, cell: (row) => (
      <Box sx={{ lineHeight: 1.35 }}>
        {row.name}{row.id === identity?.id && ` (${say.you})`}{" "}
        {row.id === organization.primaryContact?.id && <Chip size="small" label={say.primary} />}
        <Box sx={{ color: "text.secondary", fontSize: "0.8125rem" }}>{row.email}</Box>
      </Box>
    ) },
    { title: say.columns.role, cell: (row) => words.role[row.role] },
    { title: say.columns.status, cell: (row) => {
      const invitation = open(row);
      return invitation ? <InvitationState invitation={invitation} /> : <Status of={row.status} say={words.userStatus[row.status]} />;
    } },
    { title: say.columns.lastLogin, cell: (row) => (row.lastLoginAt ? <When at={row.lastLoginAt} exact /> : say.never) },
    { title: words.actions, bare: true, cell: (row) => {
      const invitation = open(row);
      return admin && <Actions of={row.name} actions={[...(invitation ? invitationActions(invitation) : []), ...actions(row)]} />;
    } },
  ];
  return (
    <>
      {dialog}
      {admin && <Box className="no-print" sx={{ p: 2, pb: 0, textAlign: "right" }}><Button startIcon={<AddIcon />} onClick={add}>{say.add}</Button></Box>}
      <Table label={words.partners.tabs.users} rows={users.nodes} columns={columns} />
      <Pages page={page} perPage={PER_PAGE} shown={users.nodes.length} total={users.totalCount} more={users.pageInfo.hasNextPage} onPage={setPage} />
    </>
  );
}

function useUserActions(ask: (ask: Ask) => void, organization: Props["organization"], me: unknown): (user: UserRowFragment) => Action[] {
  const change = useChange();
  const atOnce = useChangeAtOnce();
  const { primaryContact, users } = organization;
  const latest = useLatest(users.nodes);
  const primary = primaryContact?.id;
  return (user) => {
    const { id, name, status, secondFactorEnabled } = user;
    const now = () => latest.current.find((each) => each.id === id) ?? user;
    const edit = () => ask({
      title: say.editTitle(name), submit: words.save, initial: () => ({ name: now().name, role: now().role }), version: () => now().version,
      fields: [{ name: "name", label: say.fields.name, required: true, autoFocus: true }, ...(id === me ? [] : [roleIn(organization)])],
      onSubmit: (values, _, expectedVersion) => change(UpdateUserDocument, {
        input: { id, name: String(values.name), ...(id === me ? {} : { role: values.role as UserRole }), expectedVersion },
      }),
    });
    const disable = () => ask({
      title: say.disableTitle(name), lead: say.disableLead, submit: say.disable, danger: true,
      onSubmit: () => change(DisableUserDocument, { id }, say.disabled(name)),
    });
    const remove = () => ask({
      title: say.removeTitle(name), lead: say.removeLead, submit: say.remove, danger: true,
      onSubmit: () => change(DeleteUserDocument, { id }, say.removed(name)),
    });
    const reset = () => ask({
      title: say.resetTitle(name), lead: say.resetLead, submit: say.reset, danger: true,
      onSubmit: () => change(ResetSecondFactorDocument, { id }, say.wasReset(name)),
    });
    const signOut = () => ask({
      title: say.signOutTitle(name), lead: say.signOutLead, submit: say.signOut, danger: true,
      onSubmit: () => change(EndUserSessionsDocument, { id }, say.signedOut(name)),
    });
    const gone = { label: say.remove, run: remove, danger: true };
    if (status === "DISABLED") return [{ label: say.enable, run: () => void atOnce(EnableUserDocument, { id }, say.enabled(name)) }, gone];
    return [
      { label: say.edit, run: edit },
      ...(id === primary ? [] : [{ label: say.makePrimary, run: () => void atOnce(SetPrimaryContactDocument, { id }, say.madePrimary(name)) }]),
      // Of one's own sessions all others end on the account page; who is awaited has none.
      ...(status === "ACTIVE" && id !== me ? [{ label: say.signOut, run: signOut, danger: true }] : []),
      ...(secondFactorEnabled && id !== me ? [{ label: say.reset, run: reset, danger: true }] : []),
      ...(id === primary || id === me ? [] : [{ label: say.disable, run: disable, danger: true }, gone]),
    ];
  };
}
