import { usePermissions } from "react-admin";

import type { Role } from "../auth";
import { Loading } from "../parts/bits";
import { PortalHome } from "./PortalHome";
import { VendorHome } from "./VendorHome";

/** Where everybody begins. */
export default function Home() {
  const { permissions } = usePermissions<Role>();
  if (!permissions) return <Loading />;
  return permissions.startsWith("VENDOR") ? <VendorHome admin={permissions === "VENDOR_ADMIN"} /> : <PortalHome />;
}
