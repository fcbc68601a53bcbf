import { Alert, Button, Typography } from "@mui/material";

import { words } from "../../words/hub";
import { words as say } from "../../words/rounds";
import { Facts, Out, Room, Status, When } from "../parts/bits";
import { useHubName } from "../parts/useHub";
import type { Integration } from "./IntegrationPage";
import { CommentList, isBeside } from "./Notes";

/** What its owner wants to change while it is live: only what differs. */
export function Revision({ of, vendor, onEdit }: { of: Integration; vendor: boolean; onEdit: (() => void) | undefined }) {
  const whose = useHubName();
  const wanted = of.pendingRevision;
  if (!wanted) return null;
  const back = wanted.status === "CHANGES_REQUESTED";
  const differs = <T,>(now: T, then: T, shown: React.ReactNode) => JSON.stringify(now) !== JSON.stringify(then) && (shown || words.none);
  return (
    <Room title={say.revision.title} action={<Status of={wanted.status} say={words.integrationStatus[wanted.status]} />}>
      <Alert severity={back ? "warning" : "info"} sx={{ mb: 2 }} action={back && !vendor && onEdit && <Button color="inherit" onClick={onEdit}>{say.edit.submit}</Button>}>
        {back ? <>{wanted.statusReason} <br />{!vendor && say.revision.back}</> : vendor ? say.revision.vendor : say.revision.owner(whose)}
      </Alert>
      <Facts
        facts={[
          [say.fields.name, differs(of.name, wanted.name, wanted.name)],
          [say.fields.description, differs(of.description, wanted.description, <span style={{ whiteSpace: "pre-line" }}>{wanted.description}</span>)],
          [say.fields.categories, differs(of.categories, wanted.categories, wanted.categories.join(" · "))],
          [say.fields.tags, differs(of.tags, wanted.tags, wanted.tags.join(" · "))],
          [say.fields.landingUrl, differs(of.landingUrl, wanted.landingUrl, wanted.landingUrl && <Out href={wanted.landingUrl} />)],
          [say.fields.externalKey, differs(of.externalKey, wanted.externalKey, wanted.externalKey)],
          [say.fields.repository, differs(of.repository, wanted.repository, wanted.repository && <><Out href={wanted.repository.url} /> {[wanted.repository.branch, wanted.repository.path].filter(Boolean).join(" · ")}</>)],
          [say.revision.submitted, <When key="submitted" at={wanted.submittedAt} exact />],
        ]}
      />
    </Room>
  );
}

/** What was said of the whole, and what is done; the rest stands beside what it is about. */
export function Comments({ of, onAdd }: { of: Integration; onAdd: (() => void) | undefined }) {
  const { nodes } = of.reviewComments;
  if (nodes.length === 0 && !onAdd) return null;
  const below = nodes.filter((comment) => !isBeside(comment));
  const beside = nodes.length - below.length;
  return (
    <Room title={say.comments.title} action={onAdd && <Button onClick={() => onAdd()}>{say.comments.add}</Button>}>
      {nodes.length === 0 && <Typography color="textSecondary">{say.comments.none}</Typography>}
      {beside > 0 && <Typography color="textSecondary" sx={{ mb: below.length ? 2 : 0 }}>{say.comments.above(beside)}</Typography>}
      <CommentList of={of} comments={below} mayEnd={Boolean(onAdd)} />
    </Room>
  );
}
