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

const NONE = { totalCount: 0, nodes: [] };

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
        {partners.totalCount > 0 && <Room title={say.waits}><Waiting data={data} admin={admin} /></Room>}
        {partners.totalCount > 0 && <Room title={say.chart}><Chart months={data.partnersOverTime} /></Room>}
      </Box>
      <Room title={say.recent} action={<To to="/activity">{say.all}</To>}><Lines lines={record.nodes} inset /></Room>
    </>
  );
}

/** What the viewer can do something about: partners and letters are the admins'. */
function Waiting({ data, admin }: { data: HomeQuery; admin: boolean }) {
  const { review, invited } = data;
  const [answered, trouble] = admin ? [data.answered, data.trouble] : [NONE, NONE];
  return (
    <>
      {answered.totalCount + review.totalCount + trouble.totalCount === 0 && <Typography color="textSecondary">{say.nothing}</Typography>}
      <Group title={answered.totalCount > 0 && <To to={`/partners?filter=${encodeURIComponent('{"view":"ANSWERED"}')}`}>{say.answered(answered.totalCount)}</To>}>
        {answered.nodes.map((each) => (
          <Item key={each.id} to={`/partners/${encodeURIComponent(each.id)}`} name={each.name} beside={[each.primaryContact?.name, each.formSubmittedAt && day(each.formSubmittedAt)].filter(Boolean).join(" · ")} />
        ))}
      </Group>
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
      {invited.totalCount > 0 && (
        <Typography variant="body2" color="textSecondary" sx={{ mt: 2 }}>
          <To to={`/partners?filter=${encodeURIComponent('{"view":"PENDING"}')}`}>{say.invited(invited.totalCount)}</To>
        </Typography>
      )}
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
