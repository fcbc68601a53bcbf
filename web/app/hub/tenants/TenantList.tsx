import { useListContext, usePermissions } from "react-admin";

import type { TenantRowFragment } from "../../made/graph";
import { words } from "../../words/hub";
import type { Role } from "../auth";
import { HubList } from "../parts/Lists";
import { Empty } from "../parts/bits";
import { TenantTable } from "../partners/Tables";

const { tenants: say } = words;

/** All tenants that one may see. */
export default function TenantList() {
  return (
    <HubList resource="tenants" title={say.title} one={say.one} sort={{ field: "at", order: "DESC" }} empty={<Empty title={say.empty} lead={say.emptyLead} />}>
      <Rows />
    </HubList>
  );
}

function Rows() {
  const { data = [] } = useListContext<TenantRowFragment>();
  const { permissions } = usePermissions<Role>();
  return <TenantTable rows={{ nodes: data, totalCount: data.length }} owner={permissions?.startsWith("VENDOR") ?? false} />;
}
