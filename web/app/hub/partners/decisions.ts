import {
  ApprovePartnerDocument, ArchivePartnerDocument, type PartnerAction, ReinstatePartnerDocument, RejectPartnerDocument,
  ReopenPartnerDocument, RequestPartnerChangesDocument, RestorePartnerDocument, SuspendPartnerDocument,
} from "../../made/graph";
import type { Typed, UserError } from "../../shared/send";
import { words } from "../../words/decisions";
import type { Ask } from "../parts/FormDialog";
import { useChange } from "../parts/useGraph";
import { useLatest } from "../parts/useLatest";

type Decision = Typed<
  { done: { userErrors: UserError[] } },
  { input: { id: string; reason: string; expectedVersion: number; idempotencyKey: string } }
>;

const DECISIONS: Record<PartnerAction, { document: Decision; reason?: "must"; danger?: true }> = {
  APPROVE: { document: ApprovePartnerDocument },
  REQUEST_CHANGES: { document: RequestPartnerChangesDocument, reason: "must" },
  REJECT: { document: RejectPartnerDocument, reason: "must", danger: true },
  REOPEN: { document: ReopenPartnerDocument },
  SUSPEND: { document: SuspendPartnerDocument, reason: "must", danger: true },
  REINSTATE: { document: ReinstatePartnerDocument },
  ARCHIVE: { document: ArchivePartnerDocument, danger: true },
  RESTORE: { document: RestorePartnerDocument },
};

/** What stands first, and what is drawn as the next step. */
export const NEXT: PartnerAction[] = ["APPROVE", "REINSTATE", "REOPEN", "RESTORE"];
/** What stands beside it; the rest is in the menu. */
export const BESIDE: PartnerAction[] = ["REQUEST_CHANGES"];

/** Asks for the reason, and moves a partner to another status. */
export function useDecision(ask: (ask: Ask) => void, partner: { id: string; name: string; version: number } | null | undefined) {
  const change = useChange();
  const latest = useLatest(partner);
  return (action: PartnerAction) => {
    if (!partner) return;
    const { document, reason, danger } = DECISIONS[action];
    const { title, lead, submit, done } = words[action];
    ask({
      title: title(partner.name), lead, submit, ...(danger ? { danger } : {}),
      fields: [{ name: "reason", label: reason ? words.reasonTold : words.note, kind: "long", required: Boolean(reason), autoFocus: true }],
      version: () => latest.current?.version ?? partner.version,
      onSubmit: (values, idempotencyKey, expectedVersion) =>
        change(document, { input: { id: partner.id, reason: String(values.reason ?? ""), expectedVersion, idempotencyKey } }, done(partner.name)),
    });
  };
}
