import { Box, List, ListItem, ListItemText, Typography } from "@mui/material";
import type { ReactNode } from "react";

import { HomeDocument, type HomeQuery, IntegrationsLiveDocument, PartnersLiveDocument } from "../../made/graph";
import { words } from "../../words/hub";
import { Lines } from "../activity/Lines";
import { Head, Loading, Room, To, day } from "../parts/bits";
import { useLive } from "../parts/live";
import { useGraph } from "../parts/useGraph";
import { InvitationState } from "../partners/InvitationState";
import { Chart } from "./Chart";
import { FirstRun } from "./FirstRun";

const { home: say } = words;

/** What waits for the vendor, the newest partners, and what happened last. */
export function VendorHome({ admin }: { admin: boolean }) {
  const { data, error, refetch } = useGraph("home", HomeDocument);
  useLive(PartnersLiveDocument, {}, ["home"]);
  useLive(IntegrationsLiveDocument, {}, ["home"]);
  if (!data) return <Loading error={error} again={() => void refetch()} />;
  const { partners, vendor, viewer, record } = data;
  return (
    <>
      <Head title={say.title} />
      {admin && viewer && partners.totalCount === 0 && <FirstRun vendor={vendor} viewer={viewer} />}
      <Box sx={{ display: "grid", gridTemplateColumns: { xs: "minmax(0, 1fr)", lg: "minmax(0, 1fr) minmax(0, 1fr)" }, columnGap: 3 }}>
        {partners.totalCount > 0 && <Room title={say.waits}><Waiting data={data} /></Room>}
        {partners.totalCount > 0 && <Room title={say.chart}><Chart months={data.partnersOverTime} /></Room>}
      </Box>
      <Room title={say.recent} action={<To to="/activity">{say.all}</To>}><Lines lines={record.nodes} inset /></Room>
    </>
  );
}

function Waiting({ data }: { data: HomeQuery }) {
  const { pending, review, trouble } = data;
  if (pending.totalCount + review.totalCount + trouble.totalCount === 0) return <Typography color="textSecondary">{say.nothing}</Typography>;
  return (
    <>
      <Group title={review.totalCount > 0 && <To to="/integrations">{say.review(review.totalCount)}</To>}>
        {review.nodes.map((each) => (
          <Item key={each.id} to={`/integrations/${encodeURIComponent(each.id)}`} name={each.name} beside={[each.partner?.name, each.submittedAt && day(each.submittedAt)].filter(Boolean).join(" · ")} />
        ))}
      </Group>
      <Group title={trouble.totalCount > 0 && <To to={`/invitations?filter=${encodeURIComponent('{"view":"trouble"}')}`}>{say.trouble(trouble.totalCount)}</To>}>
        {trouble.nodes.slice(0, 5).map((each) => (
          <ListItem key={each.id} disableGutters sx={{ display: "block" }}>{each.email}<InvitationState invitation={each} /></ListItem>
        ))}
      </Group>
      <Group title={pending.totalCount > 0 && <To to={`/partners?filter=${encodeURIComponent('{"view":"PENDING"}')}`}>{say.pending(pending.totalCount)}</To>}>
        {pending.nodes.map((each) => (
          <Item key={each.id} to={`/partners/${encodeURIComponent(each.id)}`} name={each.name} beside={[each.primaryContact?.name, day(each.createdAt)].filter(Boolean).join(" · ")} />
        ))}
      </Group>
    </>
  );
}

function Group({ title, children }: { title: ReactNode; children: ReactNode }) {
  if (!title) return null;
  return (
    <Box sx={{ mb: 2 }}>
      <Typography variant="h3">{title}</Typography>
      <List dense disablePadding>{children}</List>
    </Box>
  );
}

function Item({ to, name, beside }: { to: string; name: string; beside: string }) {
  return <ListItem disableGutters><ListItemText primary={<To to={to}>{name}</To>} secondary={beside} /></ListItem>;
}
