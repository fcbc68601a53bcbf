import { Box, Typography } from "@mui/material";

import { words } from "../../words/hub";
import { words as say } from "../../words/rounds";
import { Facts, Room, moment } from "../parts/bits";
import { useHubName } from "../parts/useHub";
import type { Integration } from "./IntegrationPage";

type Event = NonNullable<NonNullable<Integration["partner"]>["activity"]>["nodes"][number];
interface Change { from: unknown; to: unknown }

/** What the record calls a field, as the page does. */
const LABELS: Record<string, string> = {
  ...say.fields, repositoryUrl: words.integrations.fields.url, repositoryBranch: words.integrations.fields.branch, repositoryPath: words.integrations.fields.path,
};

const ENDS = ["integration.changes_requested", "integration.published", "integration.unpublished"];

/** The last request for changes, if its round is the one that goes on, and what happened since; newest first. */
function lastRound(of: Integration): { asked: Event; since: Event[] } | undefined {
  const own = of.partner?.activity?.nodes.filter(({ subject }) => subject?.id === of.id) ?? [];
  const at = own.findIndex(({ event }) => ENDS.includes(event));
  const asked = own[at];
  return asked?.event === "integration.changes_requested" ? { asked, since: own.slice(0, at) } : undefined;
}

/** By field what it was when changes were asked for, and what it is now. */
function changed(since: Event[]): [string, Change][] {
  const found = new Map<string, Change>();
  for (const { data } of since.filter(({ event }) => event === "integration.updated").reverse()) {
    for (const [field, { from, to }] of Object.entries(data as Record<string, Change>)) {
      found.set(field, { from: found.get(field)?.from ?? from, to });
    }
  }
  return [...found].filter(([, { from, to }]) => JSON.stringify(from) !== JSON.stringify(to));
}

/** For whoever reviews it once more: what was asked for, and what has become of it. */
export function Again({ of }: { of: Integration }) {
  const whose = useHubName();
  const waits = of.status === "IN_REVIEW" || of.pendingRevision?.status === "IN_REVIEW";
  const round = waits ? lastRound(of) : undefined;
  if (!round) return null;
  const { asked, since } = round;
  const [again] = since.filter(({ event }) => event !== "integration.updated");
  const { reason } = asked.data as { reason?: string };
  const fields = changed(since);
  const by = ({ actor, at }: Event, other: string) => (
    <Box component="span" sx={{ color: "text.secondary" }}>{say.again.by(actor?.name ?? other, moment(at))}</Box>
  );
  return (
    <Room title={say.again.title}>
      <Facts
        facts={[
          [say.again.asked, <span key="asked" style={{ whiteSpace: "pre-line" }}>{reason}</span>, <div key="by">{by(asked, whose)}</div>],
          [say.again.submitted, again && by(again, words.somebody)],
          // What waits beside what is live is shown in full below.
          [say.again.changed, !of.pendingRevision && (fields.length === 0 ? say.again.nothing : fields.map(([field, change]) => <Changed key={field} field={field} {...change} />))],
        ]}
      />
    </Room>
  );
}

const told = (value: unknown) => (Array.isArray(value) ? value.join(" · ") : String(value ?? "")) || say.again.empty;

function Changed({ field, from, to }: Change & { field: string }) {
  return (
    <Box sx={{ mb: 1, overflowWrap: "anywhere", whiteSpace: "pre-line" }}>
      <Typography component="div" variant="body2"><strong>{LABELS[field] ?? field}</strong>: {told(to)}</Typography>
      <Typography component="div" variant="body2" color="textSecondary">{say.again.was}: {told(from)}</Typography>
    </Box>
  );
}
