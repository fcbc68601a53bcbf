const count = (number: number, one: string) => `${number.toLocaleString()} ${one}${number === 1 ? "" : "s"}`;

/** What a kind of rows says of itself. */
export interface BulkWords {
  title: string;
  lead: string;
  sample: string;
  submit: (number: number) => string;
  done: (number: number) => string;
  /** Leads to what was made. */
  see: string;
}

/** What is said of every import. */
export const words = {
  choose: "Choose a file",
  paste: "Or paste the rows here",
  check: "Check",
  checked: (good: number, bad: number) => `${count(good, "row")} in order, ${bad} to mend.`,
  row: "Row",
  state: "State",
  fine: "In order",
  missing: (names: string) => `These columns are missing: ${names}.`,
  none: "There are no rows.",
  tooMany: "These are more than 500 rows. Split the file.",
  leftOut: (number: number) => `${count(number, "row")} left out`,
  bring: "Mend them in your file, and bring it again.",
  onlyGood: "Rows to mend are left out. Mend them in your file, and bring it again later.",
};

export const partners = {
  title: "Invite many partners",
  lead: "Choose a CSV file with the columns company, name and email, and if you like website, external_id and message. At most 500 rows.",
  sample: "company,name,email\nAcme,Ada Lovelace,ada@acme.example",
  submit: (number: number) => `Invite ${count(number, "partner")}`,
  done: (number: number) => `${count(number, "partner")} invited. The letters leave one a second.`,
  see: "See all partners",
  columns: { company: "Company", contact: "Primary contact" },
} satisfies BulkWords & { columns: object };

export const tenants = {
  title: "Add many tenants",
  lead: "Choose a CSV file with the column name, and if you like integration, customer_reference, schedule, source and configuration. At most 500 rows. All are paused at first.",
  sample: "name,integration,customer_reference\nnorth,Acme Sync,C-1001",
  submit: (number: number) => `Add ${count(number, "tenant")}`,
  done: (number: number) => (number === 1 ? "1 tenant is added." : `${number.toLocaleString()} tenants are added.`),
  see: "See all tenants",
  columns: { name: "Name", integration: "Integration", reference: "Customer’s key" },
  chosen: "Integration",
  chosenHelp: "For rows that do not name one.",
  choose: "As each row says",
  ofNone: "Say which integration: in a column integration, or above.",
  unknown: (name: string) => `No published integration is called ${name}.`,
  several: (name: string) => `Several integrations are called ${name}: say whose in a column partner.`,
  configuration: "The configuration is not a JSON object.",
} satisfies BulkWords & Record<string, unknown>;
