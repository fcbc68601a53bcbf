import type { TenantAction } from "../made/graph";

interface Act {
  submit: string;
  title: (name: string) => string;
  lead: string;
  done: (name: string) => string;
}

const acts: Record<TenantAction, Act> = {
  PAUSE: { submit: "Pause", title: (name) => `Pause ${name}?`, lead: "It stands still until you resume it.", done: (name) => `${name} is paused.` },
  RESUME: { submit: "Resume", title: (name) => `Resume ${name}?`, lead: "It runs by its schedule again.", done: (name) => `${name} is running.` },
  ARCHIVE: { submit: "Archive", title: (name) => `Archive ${name}?`, lead: "It is put away. You can restore it later.", done: (name) => `${name} is archived.` },
  RESTORE: { submit: "Restore", title: (name) => `Restore ${name}?`, lead: "It comes back paused.", done: (name) => `${name} is restored.` },
};

/** What is said of changing tenants. */
export const words = { ...acts, edit: "Edit", editTitle: (name: string) => `Edit ${name}`, nextRuns: "Next runs", inUtc: (schedule: string) => `${schedule} (UTC)`, zone: (name: string) => `Shown in your time zone, ${name}.` };
