import ContentCopyIcon from "@mui/icons-material/ContentCopy";
import { IconButton, InputAdornment, TextField } from "@mui/material";
import { type ReactNode, useState } from "react";
import { usePermissions } from "react-admin";

import {
  CopyLinkDocument, CorrectDocument, InvitationHistoryDocument, type InvitationRowFragment, ResendDocument, RevokeDocument,
} from "../../made/graph";
import { words } from "../../words/hub";
import { Lines } from "../activity/Lines";
import type { Role } from "../auth";
import type { Action } from "../parts/Actions";
import type { Ask } from "../parts/FormDialog";
import { Loading } from "../parts/bits";
import { useChange, useChangeAtOnce, useGraph } from "../parts/useGraph";

const { invitations: say } = words;

/** What can be done with an invitation: admins only, and copying its link the vendor's alone. */
export function useInvitationActions(ask: (ask: Ask) => void): (invitation: InvitationRowFragment) => Action[] {
  const change = useChange();
  const atOnce = useChangeAtOnce();
  const { permissions } = usePermissions<Role>();
  if (permissions !== "VENDOR_ADMIN" && permissions !== "PARTNER_ADMIN") return () => [];
  return (invitation) => {
    const { id, email, status, message } = invitation;
    const past = {
      label: say.history,
      run: () => ask({ title: `${say.history}: ${email}`, submit: words.close, tells: true, children: <History id={id} />, onSubmit: async () => [] }),
    };
    if (status === "ACCEPTED") return [past];
    const resend = () => ask({
      title: say.resendTitle, lead: say.resendLead(email), submit: say.resend,
      fields: [{ name: "message", label: say.message, kind: "long" }], initial: { message: message ?? "" },
      onSubmit: ({ message: line }, idempotencyKey) =>
        change(ResendDocument, { input: { id, message: String(line ?? ""), idempotencyKey } }, say.resent(email)),
    });
    const correct = () => ask({
      title: say.correctTitle, lead: say.correctLead, submit: say.correct,
      fields: [{ name: "email", label: words.users.fields.email, kind: "email", required: true, autoFocus: true }], initial: { email },
      onSubmit: (values, idempotencyKey) =>
        change(CorrectDocument, { input: { id, email: String(values.email), idempotencyKey } }, say.corrected(String(values.email))),
    });
    const revoke = () => ask({
      title: say.revokeTitle(email), lead: say.revokeLead, submit: say.revoke, danger: true,
      onSubmit: () => change(RevokeDocument, { id }, say.revoked),
    });
    const copy = () => atOnce(CopyLinkDocument, { id }, ({ done }) => ask({
        title: say.copyTitle, lead: say.copyLead, submit: words.close, tells: true,
        children: <Copied text={done.link ?? ""} />, onSubmit: async () => [],
    }));
    const open = status === "PENDING" || status === "EXPIRED";
    return [
      past,
      { label: say.resend, run: resend },
      ...(permissions === "VENDOR_ADMIN" && open ? [{ label: say.copy, run: () => void copy() }] : []),
      ...(open ? [{ label: say.correct, run: correct }, { label: say.revoke, run: revoke, danger: true }] : []),
    ];
  };
}

/** What happened to an invitation, letter by letter. */
function History({ id }: { id: string }) {
  const { data, error, refetch } = useGraph("history", InvitationHistoryDocument, { id });
  if (!data) return <Loading error={error} again={() => void refetch()} />;
  return <Lines lines={data.invitation?.history ?? []} inset />;
}

/** A text to be copied, selected when it is entered. */
export function Copied({ text, label = say.copyTitle }: { text: string; label?: string }): ReactNode {
  const [done, setDone] = useState(false);
  const copy = () => void navigator.clipboard.writeText(text).then(() => setDone(true));
  const button = (
    <InputAdornment position="end">
      <IconButton aria-label={words.copy} onClick={copy} edge="end"><ContentCopyIcon /></IconButton>
    </InputAdornment>
  );
  return (
    <TextField
      label={label} value={text} onFocus={(event) => event.target.select()} helperText={<span role="status">{done ? say.copied : " "}</span>}
      slotProps={{ input: { readOnly: true, endAdornment: button } }}
    />
  );
}
