import { Alert, AlertTitle } from "@mui/material";

import type { PartnerStatus } from "../../made/graph";
import { words } from "../../words/hub";
import { words as say } from "../../words/standing";
import { Status, moment } from "../parts/bits";

interface Standing {
  name: string;
  status: PartnerStatus;
  formSubmittedAt?: string | null;
  /** What it has answered, be it to be changed. */
  profile?: object | null;
}

/** Whose turn it is with a pending partner: the vendor's once it has answered, the partner's before. */
export function turnOf({ status, formSubmittedAt, profile }: Standing): keyof typeof say.chip | undefined {
  if (status !== "PENDING") return undefined;
  if (formSubmittedAt) return "answered";
  return profile ? "asked" : "invited";
}

/** A partner's status; of a pending one, whom it waits for. */
export function PartnerState({ partner }: { partner: Standing }) {
  const turn = turnOf(partner);
  if (!turn) return <Status of={partner.status} say={words.partnerStatus[partner.status]} />;
  return <Status of={turn === "answered" ? "IN_REVIEW" : "PENDING"} say={say.chip[turn]} />;
}

/** What a pending partner waits for, above all else on its page. */
export function Waits({ partner, admin }: { partner: Standing; admin: boolean }) {
  const turn = turnOf(partner);
  if (!turn) return null;
  const lead = turn === "answered" ? say.answered.lead(moment(partner.formSubmittedAt ?? ""), admin) : say[turn].lead;
  return (
    <Alert severity={turn === "answered" ? "info" : "warning"} className="no-print" sx={{ mb: 3 }}>
      <AlertTitle>{say[turn].title(partner.name)}</AlertTitle>{lead}
    </Alert>
  );
}
