import { useListContext, usePermissions } from "react-admin";

import { ActivityLiveDocument, type TenantRowFragment } from "../../made/graph";
import { words } from "../../words/hub";
import type { Role } from "../auth";
import { ExportButton } from "../parts/ExportButton";
import { Filters } from "../parts/Filters";
import { HubList } from "../parts/Lists";
import { Empty } from "../parts/bits";
import type { Cells } from "../parts/export";
import { useLive } from "../parts/live";
import { TenantTable } from "../partners/Tables";
import { NewTenant } from "./NewTenant";

const { tenants: say } = words;

const CELLS: Cells<TenantRowFragment> = {
  [say.columns.name]: (row) => row.name,
  [say.columns.integration]: (row) => row.integration.name,
  [say.columns.owner]: (row) => row.partner?.name,
  [say.columns.reference]: (row) => row.customerReference,
  [say.paused]: (row) => row.paused,
  [say.columns.schedule]: (row) => row.schedule,
  [say.columns.createdAt]: (row) => row.createdAt,
};

/** All tenants that one may see. */
export default function TenantList() {
  useLive(ActivityLiveDocument, {}, ["tenants"]);
  return (
    <HubList resource="tenants" title={say.title} one={say.one} sort={{ field: "createdAt", order: "DESC" }}
      filters={<Filters label={say.title} views={say.views} search={say.search} />}
      actions={<><ExportButton<TenantRowFragment> cells={CELLS} /><NewTenant /></>} empty={<Empty title={say.empty} lead={say.emptyLead} />}>
      <Rows />
    </HubList>
  );
}

function Rows() {
  const { data = [] } = useListContext<TenantRowFragment>();
  const { permissions } = usePermissions<Role>();
  return <TenantTable rows={{ nodes: data, totalCount: data.length }} owner={permissions?.startsWith("VENDOR") ?? false} />;
}
