import type { ApiKeyScope } from "../made/graph";

/** What is said of API keys. */
export const words = {
  lead: "Programs of yours sign in with these, as one of your own users would. A key is shown once.",
  add: "Create key",
  title: "Create an API key",
  fields: { name: "What it is for", role: "Acts like", scopes: "What it may do", expiresInDays: "Days until it ends" },
  daysHelp: "1 to 365.",
  columns: { name: "Name", role: "Acts like", scopes: "May", used: "Last used", ends: "Ends", state: "State" },
  states: { works: "Works", revoked: "Revoked", ended: "Ended" },
  never: "Never",
  shown: "Your new API key",
  shownLead: "Copy it now: it is not shown again. The program sends it as “Authorization: Bearer …”.",
  token: "API key",
  revoke: "Revoke",
  revokeTitle: (name: string) => `Revoke ${name}?`,
  revokeLead: "The program is shut out at once. This cannot be undone.",
  revoked: (name: string) => `${name} is revoked.`,
  scopes: {
    PARTNERS_READ: "See partners", PARTNERS_WRITE: "Create and invite partners", USERS_READ: "See users and invitations",
    INTEGRATIONS_READ: "See integrations", INTEGRATIONS_WRITE: "Create, review and publish integrations",
    TENANTS_READ: "See tenants", TENANTS_WRITE: "Create tenants", FORMS_READ: "See forms and answers",
    ACTIVITY_READ: "See the activity", SETTINGS_READ: "See the settings",
  } as Record<ApiKeyScope, string>,
};
