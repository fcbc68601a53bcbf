import type { PartnerAction } from "../made/graph";

interface Decision {
  submit: string;
  title: (name: string) => string;
  lead: string;
  done: (name: string) => string;
}

const decisions: Record<PartnerAction, Decision> = {
  APPROVE: { submit: "Approve", title: (name) => `Approve ${name}?`, lead: "Its users may enter the hub. They are told by e-mail.", done: (name) => `${name} is approved.` },
  REQUEST_CHANGES: {
    submit: "Ask for changes", title: (name) => `Ask ${name} for changes?`,
    lead: "The Partner Form opens again, with the answers that were given.", done: (name) => `${name} is asked for changes.`,
  },
  REJECT: { submit: "Reject", title: (name) => `Reject ${name}?`, lead: "Its users are shut out. You can reopen it later.", done: (name) => `${name} is rejected.` },
  REOPEN: { submit: "Reopen", title: (name) => `Reopen ${name}?`, lead: "It is pending again.", done: (name) => `${name} is pending again.` },
  SUSPEND: { submit: "Suspend", title: (name) => `Suspend ${name}?`, lead: "Its users are signed out at once. You can reinstate it later.", done: (name) => `${name} is suspended.` },
  REINSTATE: { submit: "Reinstate", title: (name) => `Reinstate ${name}?`, lead: "Its users may enter the hub again.", done: (name) => `${name} is reinstated.` },
  ARCHIVE: { submit: "Archive", title: (name) => `Archive ${name}?`, lead: "It is put away, and its users are signed out. You can restore it later.", done: (name) => `${name} is archived.` },
  RESTORE: { submit: "Restore", title: (name) => `Restore ${name}?`, lead: "It comes back as it was.", done: (name) => `${name} is restored.` },
};

/** What is said of a partner's status and how it is moved. */
export const words = {
  ...decisions,
  reasonTold: "Your reason, which the partner is told",
  note: "A note for the record",
  edit: "Edit",
  editTitle: (name: string) => `Edit ${name}`,
  labels: "Labels",
  labelsHelp: "With commas between: each becomes a label of its own. One that has a comma itself stands in quotes, like \"north, coast\".",
};
