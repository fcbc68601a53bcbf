import { QueryClient } from "@tanstack/react-query";
import { lazy } from "react";
import { Admin, CustomRoutes, Resource } from "react-admin";
import { Route } from "react-router-dom";

import { words } from "../words/hub";
import { Frame, Told } from "./Frame";
import { authProvider } from "./auth";
import { i18n } from "./i18n";
import { dataProvider } from "./data";
import { Nothing } from "./parts/bits";
import { darkHub, lightHub } from "./theme";

const Home = lazy(() => import("./home/Home"));
const Partners = lazy(() => import("./partners/PartnerList"));
const PartnerNew = lazy(() => import("./partners/PartnerNew"));
const PartnerPage = lazy(() => import("./partners/PartnerPage"));
const PartnerBulk = lazy(() => import("./partners/PartnerBulk"));
const Integrations = lazy(() => import("./integrations/IntegrationList"));
const IntegrationNew = lazy(() => import("./integrations/IntegrationNew"));
const IntegrationPage = lazy(() => import("./integrations/IntegrationPage"));
const Tenants = lazy(() => import("./tenants/TenantList"));
const TenantBulk = lazy(() => import("./tenants/TenantBulk"));
const TenantPage = lazy(() => import("./tenants/TenantPage"));
const Activity = lazy(() => import("./activity/ActivityList"));
const Settings = lazy(() => import("./settings/Settings"));
const Account = lazy(() => import("./settings/Account"));
const Invitations = lazy(() => import("./partners/InvitationList"));

const queries = new QueryClient({ defaultOptions: { queries: { staleTime: 5_000, retry: false, refetchOnWindowFocus: true } } });

/** The dashboard and the portal: one app, whose rooms load when they are entered. */
export function Hub() {
  return (
    <Admin
      dataProvider={dataProvider} authProvider={authProvider} queryClient={queries} i18nProvider={i18n} layout={Frame} notification={Told} dashboard={Home}
      theme={lightHub} darkTheme={darkHub} title={words.product} catchAll={Nowhere} requireAuth disableTelemetry
    >
      <Resource name="partners" list={Partners} />
      <Resource name="invitations" list={Invitations} />
      <Resource name="integrations" list={Integrations} />
      <Resource name="tenants" list={Tenants} />
      <Resource name="activity" list={Activity} />
      <CustomRoutes>
        <Route path="/partners/create" element={<PartnerNew key="create" mode="create" />} />
        <Route path="/partners/invite" element={<PartnerNew key="invite" mode="invite" />} />
        <Route path="/partners/bulk" element={<PartnerBulk />} />
        <Route path="/partners/:id/:tab?" element={<PartnerPage />} />
        <Route path="/integrations/create" element={<IntegrationNew />} />
        <Route path="/integrations/:id" element={<IntegrationPage />} />
        <Route path="/tenants/bulk" element={<TenantBulk />} />
        <Route path="/tenants/:id" element={<TenantPage />} />
        <Route path="/settings/:tab?" element={<Settings />} />
        <Route path="/account" element={<Account />} />
      </CustomRoutes>
    </Admin>
  );
}

function Nowhere() {
  return <Nothing to="/" back={words.menu.home} />;
}
