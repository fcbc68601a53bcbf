import { Alert, Box, Button, Card, Chip, type ChipProps, LinearProgress, Link, Stack, Typography } from "@mui/material";
import { type ReactNode, useEffect } from "react";
import { Link as RouterLink } from "react-router-dom";

import type { DeliveryStatus, IntegrationStatus, InvitationStatus, PartnerStatus, UserStatus } from "../../made/graph";
import { said } from "../../shared/said";
import { words } from "../../words/hub";
import { useHubName } from "./useHub";

type Colour = NonNullable<ChipProps["color"]>;

const COLOURS: Record<PartnerStatus | UserStatus | InvitationStatus | IntegrationStatus | DeliveryStatus, Colour> = {
  APPROVED: "success", ACTIVE: "success", ACCEPTED: "success", PUBLISHED: "success", SENT: "success",
  PENDING: "warning", INVITED: "warning", IN_REVIEW: "info", CHANGES_REQUESTED: "warning", DEFERRED: "warning",
  QUEUED: "default", DRAFT: "default", ARCHIVED: "default", REVOKED: "default",
  REJECTED: "error", SUSPENDED: "error", DISABLED: "error", DELETED: "error", DECLINED: "error", EXPIRED: "error", BOUNCED: "error", FAILED: "error",
};

/** A status in words; the colour only repeats them. */
export function Status({ of, say }: { of: keyof typeof COLOURS; say: string }) {
  return <Chip size="small" variant="outlined" color={COLOURS[of]} label={say} />;
}

/** A moment in the viewer's own zone. */
export function moment(at: string): string {
  return new Date(at).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "short" });
}

export function day(at: string): string {
  return new Date(at).toLocaleDateString(undefined, { dateStyle: "medium" });
}

export function When({ at, exact = false }: { at: string | null | undefined; exact?: boolean }) {
  if (!at) return <>{words.none}</>;
  return <time dateTime={at} title={moment(at)}>{exact ? moment(at) : day(at)}</time>;
}

/** A link inside the hub. */
export function To({ to, children }: { to: string; children: ReactNode }) {
  return <Link component={RouterLink} to={to}>{children}</Link>;
}

/** An address that somebody else has written: opened apart, told nothing. */
export function Out({ href }: { href: string }) {
  return <Link href={href} target="_blank" rel="noopener noreferrer">{href.replace(/^https:\/\//, "").replace(/\/$/, "")}</Link>;
}

/** Title and what can be done, above a page; the title is the document's, too. */
export function Head({ title, beside, children }: { title: string; beside?: ReactNode; children?: ReactNode }) {
  const whose = useHubName();
  useEffect(() => {
    document.title = `${title} – ${whose}`;
  }, [title, whose]);
  return (
    <Stack direction="row" useFlexGap spacing={1.5} sx={{ flexWrap: "wrap", alignItems: "center", my: 2 }}>
      <Typography variant="h1">{title}</Typography>
      {beside}
      <Stack direction="row" useFlexGap spacing={1} sx={{ ml: "auto", flexWrap: "wrap" }} className="no-print">{children}</Stack>
    </Stack>
  );
}

/** When there is nothing to show. */
export function Empty({ title, lead, page = false, children }: { title: string; lead?: string; page?: boolean; children?: ReactNode }) {
  return (
    <Stack spacing={1.5} sx={{ alignItems: "center", textAlign: "center", p: { xs: 4, sm: 8 } }}>
      <Typography variant="h2" component={page ? "h1" : "h2"}>{title}</Typography>
      {lead && <Typography color="textSecondary" sx={{ maxWidth: 520 }}>{lead}</Typography>}
      {children}
    </Stack>
  );
}

/** While it loads, and when it fails. */
export function Loading({ error, again }: { error?: unknown; again?: () => void }) {
  if (!error) return <LinearProgress aria-label={words.oneMoment} sx={{ my: 4 }} />;
  return (
    <Alert severity="error" sx={{ my: 2 }} action={again && <Button color="inherit" onClick={again}>{words.tryAgain}</Button>}>
      {said(error)}
    </Alert>
  );
}

/** What does not exist, or may not be seen. */
export function Nothing({ to, back }: { to: string; back: string }) {
  return <Empty page title={words.notFound.title} lead={words.notFound.lead}><To to={to}>{back}</To></Empty>;
}

const isShown = (value: ReactNode) => value !== null && value !== undefined && value !== "" && value !== false;

/** Facts as a list of terms, and what is to be said below one of them. Those without a value are left out. */
export function Facts({ facts }: { facts: [name: string, value: ReactNode, note?: ReactNode][] }) {
  return (
    <Box component="dl" sx={{ display: "grid", gridTemplateColumns: { xs: "1fr", sm: "max-content 1fr" }, columnGap: 4, rowGap: { xs: 0.5, sm: 1 }, m: 0 }}>
      {facts.filter(([, value]) => isShown(value)).map(([name, value, note], index) => (
        <Box key={name} sx={{ display: "contents" }}>
          <Typography component="dt" color="textSecondary" variant="body2" sx={{ mt: { xs: index ? 1 : 0, sm: 0 } }}>{name}</Typography>
          <Typography component="dd" variant="body2" sx={{ m: 0, overflowWrap: "anywhere" }}>{value}{note}</Typography>
        </Box>
      ))}
    </Box>
  );
}

/** A card with some room inside; `narrow` holds a form alone. */
export function Room({ title, action, narrow = false, children }: { title?: string; action?: ReactNode; narrow?: boolean; children: ReactNode }) {
  return (
    <Card variant="outlined" component="section" sx={{ p: { xs: 2, sm: 3 }, mb: 3, ...(narrow ? { maxWidth: 720 } : {}) }}>
      {(title || action) && (
        <Stack direction="row" sx={{ mb: 2, alignItems: "center", justifyContent: "space-between" }}>
          {title && <Typography variant="h2">{title}</Typography>}
          {action}
        </Stack>
      )}
      {children}
    </Card>
  );
}
