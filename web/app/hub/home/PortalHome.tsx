import AddIcon from "@mui/icons-material/Add";
import { Button } from "@mui/material";
import { usePermissions } from "react-admin";
import { Link } from "react-router-dom";

import { IntegrationsLiveDocument, PortalHomeDocument } from "../../made/graph";
import { words } from "../../words/hub";
import { Lines } from "../activity/Lines";
import type { Role } from "../auth";
import { Empty, Head, Loading, Room, To } from "../parts/bits";
import { useLive } from "../parts/live";
import { useGraph } from "../parts/useGraph";
import { IntegrationTable } from "../partners/Tables";
import { Terms } from "./Terms";

const { home: say, integrations } = words;

/** A partner's integrations, and what happened last. */
export function PortalHome() {
  const { data, error, refetch } = useGraph("home", PortalHomeDocument);
  const { permissions } = usePermissions<Role>();
  useLive(IntegrationsLiveDocument, {}, ["home"]);
  const organization = data?.viewer?.organization;
  if (!data || organization?.__typename !== "Partner") return <Loading error={error} again={() => void refetch()} />;
  const create = <Button component={Link} to="/integrations/create" variant="contained" startIcon={<AddIcon />}>{integrations.create}</Button>;
  const none = organization.integrations.totalCount === 0;
  return (
    <>
      <Head title={say.portal.title(organization.name)}>{!none && create}</Head>
      <Terms key={organization.outstandingTerms?.form.id ?? ""} terms={organization.outstandingTerms} admin={permissions === "PARTNER_ADMIN"} />
      <Room title={say.portal.lead}>
        {none ? <Empty title={say.portal.begin} lead={integrations.createLead}>{create}</Empty> : <IntegrationTable rows={organization.integrations} all="/integrations" />}
      </Room>
      <Room title={say.recent} action={<To to="/activity">{say.all}</To>}><Lines lines={data.record.nodes} inset /></Room>
    </>
  );
}
