import AddIcon from "@mui/icons-material/Add";
import { Button } from "@mui/material";
import { useListContext, usePermissions } from "react-admin";
import { Link } from "react-router-dom";

import { type IntegrationRowFragment, IntegrationsLiveDocument } from "../../made/graph";
import { empty } from "../../words/empty";
import { words } from "../../words/hub";
import type { Role } from "../auth";
import { ExportButton } from "../parts/ExportButton";
import { Filters } from "../parts/Filters";
import { HubList } from "../parts/Lists";
import { None } from "../parts/None";
import { useLive } from "../parts/live";
import { useHubName } from "../parts/useHub";
import { IntegrationTable } from "../partners/Tables";

const { integrations: say } = words;

/** Integrations: those that wait for the vendor first, one's own for a partner. */
export default function IntegrationList() {
  useLive(IntegrationsLiveDocument, {}, ["integrations"]);
  const { permissions } = usePermissions<Role>();
  const whose = useHubName();
  if (!permissions) return null;
  const vendor = permissions.startsWith("VENDOR");
  const create = permissions !== "VENDOR_MEMBER" && (
    <Button component={Link} to="/integrations/create" variant="contained" startIcon={<AddIcon />}>{say.create}</Button>
  );
  return (
    <HubList
      resource="integrations" title={say.title} one={say.one} sort={{ field: "updatedAt", order: "DESC" }} actions={<><ExportButton />{create}</>}
      filterDefaultValues={{ view: vendor ? "review" : "all" }} filters={<Filters label={say.title} views={say.views} search={words.search} />} empty={<None of={vendor ? empty.integrations(Boolean(create)) : empty.ownIntegrations(whose)} />}
    >
      <Rows vendor={vendor} />
    </HubList>
  );
}

function Rows({ vendor }: { vendor: boolean }) {
  const { data = [] } = useListContext<IntegrationRowFragment>();
  return <IntegrationTable rows={{ nodes: data, totalCount: data.length }} owner={vendor} />;
}
