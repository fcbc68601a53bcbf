import CommentIcon from "@mui/icons-material/AddCommentOutlined";
import { Box, Button, Chip, IconButton, Stack, Typography } from "@mui/material";
import { type ReactNode, useState } from "react";

import { ResolveReviewCommentDocument } from "../../made/graph";
import { words } from "../../words/rounds";
import { When } from "../parts/bits";
import { useChangeAtOnce } from "../parts/useGraph";
import { useHubName } from "../parts/useHub";
import type { Integration } from "./IntegrationPage";
import { placeOf } from "./rounds";

type Comment = Integration["reviewComments"]["nodes"][number];

/** Whether it stands beside what it is about: what is done, and what is about the whole, stands in the list below. */
export const isBeside = (comment: Comment) => Boolean(comment.field) && !comment.resolvedAt;

/**
 * What stands under a field: the open comments on it, and the way to add one. `quiet` leaves that way out, as in a form
 * that is being filled in.
 */
export function useNotes(of: Integration | undefined, onAdd: ((field: string) => void) | undefined) {
  return (field: string, quiet = false): ReactNode => {
    const here = of?.reviewComments.nodes.filter((comment) => comment.field === field && isBeside(comment)) ?? [];
    if (!of || (here.length === 0 && (quiet || !onAdd))) return null;
    const about = words.comments.beside(placeOf(of, field));
    return (
      <>
        {onAdd && !quiet && (
          <IconButton className="no-print" size="small" title={about} aria-label={about} onClick={() => onAdd(field)} sx={{ ml: 0.5, my: -0.5 }}>
            <CommentIcon sx={{ fontSize: 16 }} />
          </IconButton>
        )}
        {here.length > 0 && <Box className="no-print" sx={{ mt: 0.5 }}><CommentList of={of} comments={here} mayEnd={Boolean(onAdd)} beside /></Box>}
      </>
    );
  };
}

interface Props {
  of: Integration;
  comments: Comment[];
  /** Whether the viewer may say that one is done. */
  mayEnd: boolean;
  /** Whether they stand beside what they are about, which need not be named then. */
  beside?: boolean;
}

/** What was said, by whom, and whether it is done. */
export function CommentList({ of, comments, mayEnd, beside = false }: Props) {
  const vendor = useHubName();
  return (
    <Stack component="ul" spacing={beside ? 1 : 2} sx={{ m: 0, p: 0, listStyle: "none" }}>
      {comments.map((comment) => (
        <Box component="li" key={comment.id} className={beside ? "comment-beside" : ""} sx={{ display: "flex", gap: 2, alignItems: "start", ...(beside ? { borderLeft: 3, borderColor: "warning.main", pl: 1.5 } : {}) }}>
          <Box sx={{ flex: 1, minWidth: 0 }}>
            <Box sx={{ color: "text.secondary", fontSize: "0.8125rem", mb: beside ? 0 : 0.5 }}>
              {comment.author?.name ?? vendor} · <When at={comment.createdAt} exact />
            </Box>
            {!beside && comment.field && <Chip size="small" variant="outlined" label={placeOf(of, comment.field)} sx={{ mr: 1, mb: 0.5 }} />}
            <Typography component="span" variant={beside ? "body2" : "body1"} sx={{ whiteSpace: "pre-line", overflowWrap: "anywhere" }}>{comment.text}</Typography>
          </Box>
          {comment.resolvedAt ? <Chip size="small" color="success" variant="outlined" label={words.comments.resolved} /> : mayEnd && <Done id={comment.id} />}
        </Box>
      ))}
    </Stack>
  );
}

function Done({ id }: { id: string }) {
  const change = useChangeAtOnce();
  const [busy, setBusy] = useState(false);
  const run = async () => {
    setBusy(true);
    await change(ResolveReviewCommentDocument, { id });
    setBusy(false);
  };
  return <Button size="small" loading={busy} onClick={() => void run()}>{words.comments.resolve}</Button>;
}
