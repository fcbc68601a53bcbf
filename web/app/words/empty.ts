/** What a list says that has no rows: what would stand there, and to whom may make one, how. */
export interface Said {
  title: string;
  lead?: string;
}

/** By the tab of the list; `other` is said of those that are not named. */
export type SaidOf = Record<string, Said> & { other: Said };

const partners = {
  ANSWERED: { title: "Nobody waits for a decision", lead: "Invited partners stand here once their Partner Form is submitted, where an admin approves them." },
  PENDING: { title: "No pending partners", lead: "Invited partners stand here until their Partner Form is submitted and they are approved." },
  other: { title: "No partners here", lead: "Partners come here when their status changes to this one." },
};

const tenant = "A tenant is one customer’s installation of a published integration.";

const tenants = {
  running: { title: "No running tenants", lead: "Tenants stand here once they have been resumed." },
  paused: { title: "No paused tenants", lead: "Tenants are paused at first, and whenever somebody pauses them." },
  archived: { title: "No archived tenants", lead: "What is put away stands here, and can be restored." },
};

const review = { title: "Nothing waits for a review", lead: "Integrations that partners submit stand here until somebody has looked at them." };

/** By list, for whoever may make what would stand there and for whoever may not. */
export const empty = {
  partners: (may: boolean): SaidOf => ({
    ...partners,
    all: {
      title: "No partners yet",
      lead: may ? "Create a partner, who comes in at once, or invite one, who answers the Partner Form first." : "Partners stand here once an admin has created or invited them.",
    },
  }),
  invitations: (may: boolean): SaidOf => ({
    waiting: {
      title: "No open invitations",
      lead: `Whoever is invited stands here until the password is set.${may ? " Invite partners from their list, and colleagues in the settings." : ""}`,
    },
    trouble: { title: "No undelivered letters", lead: "Invitations whose letter is delayed or came back stand here." },
    other: { title: "No invitations yet", lead: "Everybody who is invited stands here, with what became of it." },
  }),
  /** Of a company: all, and what it makes. */
  integrations: (may: boolean): SaidOf => ({
    review,
    published: { title: "Nothing is published yet", lead: "What a partner submits, and what is your own, stands here once it is published." },
    other: {
      title: "No integrations yet",
      lead: `Partners draft integrations and submit them.${may ? " You can create your own: a draft that you publish when it is ready." : ""}`,
    },
  }),
  ownIntegrations: (vendor: string): SaidOf => ({
    review: { title: "Nothing waits for a review", lead: `What you submit stands here until ${vendor} has looked at it.` },
    published: { title: "Nothing is published yet", lead: `What you submit stands here once ${vendor} has published it.` },
    other: { title: "No integrations yet", lead: "Create your first integration: a draft that you submit when it is ready." },
  }),
  tenants: (may: boolean): SaidOf => ({
    ...tenants,
    other: {
      title: "No tenants yet",
      lead: `${tenant} ${may ? "As soon as an integration is published, press Add tenant above, or add many at once from a file." : "Partners add them to their integrations."}`,
    },
  }),
  activity: {
    all: { title: "Nothing has happened yet", lead: "Whatever somebody does here is written down, newest first." },
    other: { title: "Nothing of this kind has happened yet" },
  } satisfies SaidOf,
  /** On the page of what they belong to. */
  of: {
    integrations: { title: "No integrations yet", lead: "What this partner drafts stands here, and what becomes of it." },
    tenants: { title: "No tenants yet", lead: tenant },
  },
  keys: { title: "No API keys yet", lead: "Create the first one for a program of yours: what it may do is yours to choose." },
};
