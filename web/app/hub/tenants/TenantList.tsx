import { useListContext, usePermissions } from "react-admin";

import { ActivityLiveDocument, type TenantRowFragment } from "../../made/graph";
import { empty } from "../../words/empty";
import { words } from "../../words/hub";
import type { Role } from "../auth";
import { ExportButton } from "../parts/ExportButton";
import { Filters } from "../parts/Filters";
import { HubList } from "../parts/Lists";
import { None } from "../parts/None";
import { useLive } from "../parts/live";
import { TenantTable } from "../partners/Tables";
import { NewTenant } from "./NewTenant";

const { tenants: say } = words;

/** All tenants that one may see. */
export default function TenantList() {
  useLive(ActivityLiveDocument, {}, ["tenants"]);
  const { permissions } = usePermissions<Role>();
  return (
    <HubList resource="tenants" title={say.title} one={say.one} sort={{ field: "createdAt", order: "DESC" }}
      filters={<Filters label={say.title} views={say.views} search={say.search} />}
      actions={<><ExportButton /><NewTenant /></>} empty={<None of={empty.tenants(permissions !== "VENDOR_MEMBER")} />}>
      <Rows />
    </HubList>
  );
}

function Rows() {
  const { data = [] } = useListContext<TenantRowFragment>();
  const { permissions } = usePermissions<Role>();
  return <TenantTable rows={{ nodes: data, totalCount: data.length }} owner={permissions?.startsWith("VENDOR") ?? false} />;
}
