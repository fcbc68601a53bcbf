import { Box, Card, Tab, Tabs } from "@mui/material";
import { keepPreviousData } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { usePermissions } from "react-admin";
import { useNavigate, useParams } from "react-router-dom";

import { CompanyDocument } from "../../made/graph";
import { words } from "../../words/hub";
import type { Role } from "../auth";
import { Head, Loading } from "../parts/bits";
import { useGraph } from "../parts/useGraph";
import { UserTable, useUsersPage } from "../partners/UserTable";
import { CompanyPanel, type Organization } from "./Company";
import { FormBuilder } from "./FormBuilder";
import { Keys } from "./Keys";
import { Letters } from "./Letters";
import { Notifications } from "./Notifications";

const { settings: say } = words;

/** The viewer's own company: its facts, its people, and for the vendor's admins what letters say and who gets them. */
export default function Settings() {
  const { tab = "company" } = useParams();
  const navigate = useNavigate();
  const { permissions } = usePermissions<Role>();
  if (!permissions) return <Loading />;
  const admin = permissions.endsWith("_ADMIN");
  const tabs: Record<string, ReactNode> = {
    company: <Company>{(organization) => <CompanyPanel organization={organization} admin={admin} />}</Company>,
    users: <Company>{(organization) => <UserTable organization={organization} admin={admin} />}</Company>,
    ...(permissions === "VENDOR_ADMIN" ? {
      notifications: <Notifications />,
      "partner-form": <FormBuilder key="partner" kind="PARTNER" />,
      "integration-form": <FormBuilder key="integration" kind="INTEGRATION" />,
      keys: <Keys />,
      letters: <Letters />,
    } : {}),
  };
  const shown = tab in tabs ? tab : "company";
  return (
    <>
      <Head title={say.title} />
      {/* Not hidden: nothing could stay in view inside then. */}
      <Card variant="outlined" sx={{ overflow: "clip" }}>
        <Tabs value={shown} variant="scrollable" allowScrollButtonsMobile aria-label={say.title} onChange={(_, next: string) => navigate(`/settings/${next}`)}>
          {Object.keys(tabs).map((name) => <Tab key={name} value={name} id={`tab-${name}`} aria-controls="tab-panel" label={say.tabs[name as keyof typeof say.tabs]} />)}
        </Tabs>
        <Box role="tabpanel" id="tab-panel" aria-labelledby={`tab-${shown}`} sx={{ borderTop: 1, borderColor: "divider" }}>{tabs[shown]}</Box>
      </Card>
    </>
  );
}

/** The viewer's company, for the tabs that show it; the others ask for what is theirs alone. */
function Company({ children }: { children: (organization: Organization) => ReactNode }) {
  const { data, error, refetch } = useGraph("company", CompanyDocument, useUsersPage(), { placeholderData: keepPreviousData });
  const organization = data?.viewer?.organization;
  if (!organization) return <Loading error={error} again={() => void refetch()} />;
  return children(organization);
}
