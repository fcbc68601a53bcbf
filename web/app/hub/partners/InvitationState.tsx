import { Box, Stack } from "@mui/material";

import type { InvitationRowFragment } from "../../made/graph";
import { words } from "../../words/hub";
import { Status, moment } from "../parts/bits";

const { invitations: say } = words;

/** Where an invitation stands, and what became of its letter. */
export function InvitationState({ invitation }: { invitation: InvitationRowFragment }) {
  const { status, delivery, declineReason, expiresAt } = invitation;
  const open = status === "PENDING" || status === "EXPIRED";
  const trouble = delivery.status !== "SENT" && delivery.status !== "QUEUED";
  return (
    <Stack spacing={0.5} sx={{ alignItems: "start" }}>
      <Stack direction="row" useFlexGap spacing={0.5} sx={{ flexWrap: "wrap" }}>
        <Status of={status === "PENDING" ? "PENDING" : status} say={words.invitationStatus[status]} />
        {open && <Status of={delivery.status} say={words.delivery[delivery.status]} />}
      </Stack>
      <Box sx={{ color: "text.secondary", fontSize: "0.8125rem", whiteSpace: "normal" }}>
        {status === "PENDING" && !trouble && say.until(moment(expiresAt))}
        {open && trouble && [delivery.reason, delivery.lastAttemptAt && say.lastTry(moment(delivery.lastAttemptAt))].filter(Boolean).join(" · ")}
        {status === "DECLINED" && declineReason && say.declined(declineReason)}
      </Box>
    </Stack>
  );
}
