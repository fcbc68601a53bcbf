import { Alert, Box, Button, Chip, Stack, Typography } from "@mui/material";

import { ResolveReviewCommentDocument } from "../../made/graph";
import { words } from "../../words/hub";
import { words as say } from "../../words/rounds";
import { Facts, Out, Room, Status, When } from "../parts/bits";
import { useChangeAtOnce } from "../parts/useGraph";
import type { Integration } from "./IntegrationPage";
import { placeOf } from "./rounds";

/** What its owner wants to change while it is live: only what differs. */
export function Revision({ of, vendor }: { of: Integration; vendor: boolean }) {
  const wanted = of.pendingRevision;
  if (!wanted) return null;
  const back = wanted.status === "CHANGES_REQUESTED";
  const differs = <T,>(now: T, then: T, shown: React.ReactNode) => JSON.stringify(now) !== JSON.stringify(then) && (shown || words.none);
  return (
    <Room title={say.revision.title} action={<Status of={wanted.status} say={words.integrationStatus[wanted.status]} />}>
      <Alert severity={back ? "warning" : "info"} sx={{ mb: 2 }}>
        {back ? <>{wanted.statusReason} <br />{!vendor && say.revision.back}</> : vendor ? say.revision.vendor : say.revision.owner}
      </Alert>
      <Facts
        facts={[
          [say.fields.name, differs(of.name, wanted.name, wanted.name)],
          [say.fields.description, differs(of.description, wanted.description, <span style={{ whiteSpace: "pre-line" }}>{wanted.description}</span>)],
          [say.fields.landingUrl, differs(of.landingUrl, wanted.landingUrl, wanted.landingUrl && <Out href={wanted.landingUrl} />)],
          [say.fields.externalKey, differs(of.externalKey, wanted.externalKey, wanted.externalKey)],
          [say.fields.repository, differs(of.repository, wanted.repository, wanted.repository && <><Out href={wanted.repository.url} /> {[wanted.repository.branch, wanted.repository.path].filter(Boolean).join(" · ")}</>)],
          [say.revision.submitted, <When key="submitted" at={wanted.submittedAt} exact />],
        ]}
      />
    </Room>
  );
}

/** What was said, beside which field, and whether it is done. */
export function Comments({ of, onAdd }: { of: Integration; onAdd: (() => void) | undefined }) {
  const change = useChangeAtOnce();
  const { nodes } = of.reviewComments;
  if (nodes.length === 0 && !onAdd) return null;
  return (
    <Room title={say.comments.title} action={onAdd && <Button onClick={onAdd}>{say.comments.add}</Button>}>
      {nodes.length === 0 && <Typography color="textSecondary">{say.comments.none}</Typography>}
      <Stack component="ul" spacing={2} sx={{ m: 0, p: 0, listStyle: "none" }}>
        {nodes.map(({ id, field, text, author, createdAt, resolvedAt }) => (
          <Box component="li" key={id} sx={{ display: "flex", gap: 2, alignItems: "start" }}>
            <Box sx={{ flex: 1, minWidth: 0 }}>
              <Box sx={{ color: "text.secondary", fontSize: "0.8125rem", mb: 0.5 }}>
                {author?.name ?? say.comments.vendor} · <When at={createdAt} exact />
              </Box>
              {field && <Chip size="small" variant="outlined" label={placeOf(of, field)} sx={{ mr: 1, mb: 0.5 }} />}
              <Typography component="span" sx={{ whiteSpace: "pre-line", overflowWrap: "anywhere" }}>{text}</Typography>
            </Box>
            {resolvedAt
              ? <Chip size="small" color="success" variant="outlined" label={say.comments.resolved} />
              : onAdd && <Button size="small" onClick={() => void change(ResolveReviewCommentDocument, { id })}>{say.comments.resolve}</Button>}
          </Box>
        ))}
      </Stack>
    </Room>
  );
}
