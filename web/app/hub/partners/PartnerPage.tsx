import { Box, Button, Card, Tab, Tabs, Typography } from "@mui/material";
import { keepPreviousData } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { usePermissions } from "react-admin";
import { useNavigate, useParams } from "react-router-dom";

import { PartnerLiveDocument, PartnerPageDocument, type PartnerPageQuery } from "../../made/graph";
import { words as decisions } from "../../words/decisions";
import { words } from "../../words/hub";
import { Lines } from "../activity/Lines";
import type { Role } from "../auth";
import { Actions } from "../parts/Actions";
import { Facts, Head, Loading, Nothing, Out, Room, When } from "../parts/bits";
import { useAsk } from "../parts/FormDialog";
import { labelled } from "../parts/fields";
import { useLive } from "../parts/live";
import { useGraph } from "../parts/useGraph";
import { IntegrationTable, Rest, TenantTable, listOf } from "./Tables";
import { Profile } from "./Profile";
import { UserTable, useUsersPage } from "./UserTable";
import { BESIDE, NEXT, useDecision } from "./decisions";
import { useEditPartner } from "./editPartner";
import { PartnerState, Waits, turnOf } from "./standing";

const { partners: say } = words;
const TABS = ["users", "integrations", "tenants", "activity", "profile"] as const;

export type Partner = NonNullable<PartnerPageQuery["partner"]>;

/** One partner, with everything below it. */
export default function PartnerPage() {
  const { id = "", tab = "" } = useParams();
  const navigate = useNavigate();
  const { permissions } = usePermissions<Role>();
  const { data, error, refetch } = useGraph("partner", PartnerPageDocument, { id, ...useUsersPage() }, { placeholderData: keepPreviousData });
  useLive(PartnerLiveDocument, { id }, ["partner"]);
  const [dialog, ask] = useAsk();
  const decide = useDecision(ask, data?.partner);
  const edit = useEditPartner(ask, data?.partner);
  if (!data) return <Loading error={error} again={() => void refetch()} />;
  const { partner, activity } = data;
  if (!partner) return <Nothing to="/partners" back={say.title} />;
  const admin = permissions === "VENDOR_ADMIN";
  const open = partner.availableActions;
  const tabs: Record<string, ReactNode> = {
    users: <UserTable organization={partner} admin={admin} />,
    integrations: <IntegrationTable rows={partner.integrations} all={listOf("integrations", { view: "all", partnerId: id })} />,
    tenants: <TenantTable rows={partner.tenants} all={listOf("tenants", { partnerId: id })} />,
    activity: (
      <>
        <Lines lines={activity.nodes} about={partner.id} />
        <Rest rows={activity} all={listOf("activity", { partnerId: id })} />
      </>
    ),
    profile: <Profile partner={partner} />,
  };
  // Whoever comes to decide reads the answers first.
  const shown = tab in tabs ? tab : turnOf(partner) === "answered" ? "profile" : "users";
  const counts: Record<string, number | undefined> = {
    users: partner.users.totalCount, integrations: partner.integrations.totalCount, tenants: partner.tenants.totalCount,
  };
  return (
    <>
      {dialog}
      <Head title={partner.name} beside={<PartnerState partner={partner} />}>
        <Button onClick={() => print()}>{say.print}</Button>
        {admin && <Button variant="outlined" onClick={edit}>{decisions.edit}</Button>}
        {open.filter((action) => BESIDE.includes(action)).map((action) => (
          <Button key={action} variant="outlined" onClick={() => decide(action)}>{decisions[action].submit}</Button>
        ))}
        {open.filter((action) => NEXT.includes(action)).map((action) => (
          <Button key={action} variant="contained" onClick={() => decide(action)}>{decisions[action].submit}</Button>
        ))}
        <Actions
          of={partner.name}
          actions={open.filter((action) => !NEXT.includes(action) && !BESIDE.includes(action)).map((action) => ({ label: decisions[action].submit, danger: true, run: () => decide(action) }))}
        />
      </Head>
      <Waits partner={partner} admin={admin} />
      <Room><About partner={partner} /></Room>
      {partner.profile && <Box className="only-print"><Typography variant="h2">{say.tabs.profile}</Typography><Profile partner={partner} /></Box>}
      <Card variant="outlined" className="no-print">
        <Tabs
          value={shown} variant="scrollable" aria-label={partner.name} className="no-print"
          onChange={(_, next: string) => navigate(`/partners/${encodeURIComponent(id)}/${next}`, { replace: true })}
        >
          {TABS.map((name) => (
            <Tab key={name} value={name} id={`tab-${name}`} aria-controls="tab-panel" label={counts[name] ? `${say.tabs[name]} (${counts[name]})` : say.tabs[name]} />
          ))}
        </Tabs>
        <Box role="tabpanel" id="tab-panel" aria-labelledby={`tab-${shown}`} sx={{ borderTop: 1, borderColor: "divider" }}>{tabs[shown]}</Box>
      </Card>
    </>
  );
}

function About({ partner }: { partner: Partner }) {
  const { facts } = say;
  const contact = partner.primaryContact;
  return (
    <>
      {partner.statusReason && <Typography sx={{ mb: 2 }}>{facts.reason}: {partner.statusReason}</Typography>}
      <Facts
        facts={[
          [facts.contact, contact && `${contact.name}, ${contact.email}`],
          [facts.website, partner.website && <Out href={partner.website} />],
          [facts.origin, words.partnerOrigin[partner.origin]],
          [facts.since, <When key="since" at={partner.createdAt} exact />],
          [facts.approved, partner.approvedAt && <When at={partner.approvedAt} exact />],
          [facts.externalId, partner.externalId],
          [facts.labels, labelled(partner.labels)],
        ]}
      />
    </>
  );
}
