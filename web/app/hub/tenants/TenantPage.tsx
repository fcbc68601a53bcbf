import { Box } from "@mui/material";
import { useParams } from "react-router-dom";

import { TenantPageDocument } from "../../made/graph";
import { words } from "../../words/hub";
import { Facts, Head, Loading, Nothing, Room, To, When } from "../parts/bits";
import { useGraph } from "../parts/useGraph";
import { TenantState } from "../partners/Tables";

const { tenants: say } = words;

/** One customer's installation. */
export default function TenantPage() {
  const { id = "" } = useParams();
  const { data, error, refetch } = useGraph("tenant", TenantPageDocument, { id });
  if (!data) return <Loading error={error} again={() => void refetch()} />;
  const tenant = data.node;
  if (tenant?.__typename !== "Tenant") {
    return <Nothing to="/tenants" back={say.title} />;
  }
  const { integration, partner } = tenant;
  return (
    <>
      <Head title={tenant.name} beside={<TenantState tenant={tenant} />} />
      <Room>
        <Facts
          facts={[
            [say.columns.integration, <To key="integration" to={`/integrations/${encodeURIComponent(integration.id)}`}>{integration.name}</To>],
            [say.columns.owner, partner?.name ?? words.ourselves],
            [say.columns.reference, tenant.customerReference],
            [say.columns.schedule, tenant.schedule],
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
