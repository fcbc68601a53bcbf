import { Box, Button } from "@mui/material";
import { useParams } from "react-router-dom";

import { TenantPageDocument } from "../../made/graph";
import { words } from "../../words/hub";
import { words as changes } from "../../words/tenants";
import { Actions } from "../parts/Actions";
import { useAsk } from "../parts/FormDialog";
import { Facts, Head, Loading, Nothing, Room, To, When } from "../parts/bits";
import { useGraph } from "../parts/useGraph";
import { TenantState } from "../partners/Tables";
import { useTenantActions } from "./tenantActions";

const { tenants: say } = words;
/** In which moments are shown. */
const ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** One customer's installation. */
export default function TenantPage() {
  const { id = "" } = useParams();
  const { data, error, refetch } = useGraph("tenant", TenantPageDocument, { id });
  const [dialog, ask] = useAsk();
  const tenant = data?.node?.__typename === "Tenant" ? data.node : undefined;
  const actions = useTenantActions(ask, tenant);
  if (!data) return <Loading error={error} again={() => void refetch()} />;
  if (!tenant) return <Nothing to="/tenants" back={say.title} />;
  const { integration, partner } = tenant;
  return (
    <>
      {dialog}
      <Head title={tenant.name} beside={<TenantState tenant={tenant} />}>
        {actions.filter(({ label }) => label === changes.RESUME.submit).map(({ label, run }) => <Button key={label} variant="outlined" onClick={run}>{label}</Button>)}
        <Actions of={tenant.name} actions={actions.filter(({ label }) => label !== changes.RESUME.submit)} />
      </Head>
      <Room>
        <Facts
          facts={[
            [say.columns.integration, <To key="integration" to={`/integrations/${encodeURIComponent(integration.id)}`}>{integration.name}</To>],
            [say.columns.owner, partner?.name ?? words.ourselves],
            [say.columns.reference, tenant.customerReference],
            [say.columns.schedule, tenant.schedule && changes.inUtc(tenant.schedule)],
            [changes.nextRuns, !tenant.paused && tenant.nextRuns.length > 0 && <Box component="ul" sx={{ m: 0, p: 0, listStyle: "none" }}>{tenant.nextRuns.map((at) => <li key={at}><When at={at} exact /></li>)}</Box>, <Box key="zone" sx={{ color: "text.secondary" }}>{!tenant.paused && tenant.nextRuns.length > 0 && changes.zone(ZONE)}</Box>],
            [say.facts.source, tenant.source],
            [say.columns.createdAt, <When key="created" at={tenant.createdAt} exact />],
            [say.facts.updated, <When key="updated" at={tenant.updatedAt} exact />],
          ]}
        />
      </Room>
      <Room title={say.facts.configuration}>
        <Box component="pre" tabIndex={0} sx={{ m: 0, overflowX: "auto" }}>{JSON.stringify(tenant.configuration, null, 2)}</Box>
      </Room>
    </>
  );
}
