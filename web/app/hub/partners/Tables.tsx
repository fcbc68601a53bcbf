import { Typography } from "@mui/material";

import type { IntegrationRowFragment, TenantRowFragment } from "../../made/graph";
import { empty } from "../../words/empty";
import { words } from "../../words/hub";
import { Table } from "../parts/Table";
import { Empty, Status, To, When } from "../parts/bits";

interface Page<Row> {
  totalCount: number;
  nodes: Row[];
}

/** Says that there are more than are shown, and where. */
export function Rest({ rows, all }: { rows: Page<unknown>; all?: string | undefined }) {
  if (rows.totalCount <= rows.nodes.length) return null;
  return (
    <Typography variant="body2" color="textSecondary" sx={{ p: 2 }}>
      {words.partners.first(rows.nodes.length, rows.totalCount)} {all && <To to={all}>{words.home.all}</To>}
    </Typography>
  );
}

/** A list, narrowed to what belongs to one object. */
export const listOf = (room: string, filter: Record<string, unknown>) => `/${room}?filter=${encodeURIComponent(JSON.stringify(filter))}`;

const { integrations: say, tenants } = words;

interface TableProps<Row> {
  rows: Page<Row>;
  /** Whether whose they are is said. */
  owner?: boolean;
  /** Where all of them are. */
  all?: string | undefined;
}

export function IntegrationTable({ rows, owner = false, all }: TableProps<IntegrationRowFragment>) {
  if (rows.nodes.length === 0) return <Empty {...empty.of.integrations} />;
  return (
    <>
      <Table
        label={say.title}
        rows={rows.nodes}
        columns={[
          { title: say.columns.name, cell: (row) => <To to={`/integrations/${encodeURIComponent(row.id)}`}>{row.name}</To> },
          ...(owner ? [{ title: say.columns.owner, cell: (row: IntegrationRowFragment) => row.partner?.name ?? words.ourselves }] : []),
          { title: say.columns.status, cell: (row) => <Status of={row.status} say={words.integrationStatus[row.status]} /> },
          { title: say.columns.type, cell: (row) => words.integrationType[row.type] },
          { title: say.columns.tenants, number: true, cell: (row) => row.tenants.totalCount },
          { title: say.columns.submitted, cell: (row) => <When at={row.submittedAt} /> },
          { title: say.columns.published, cell: (row) => <When at={row.publishedAt} /> },
        ]}
      />
      <Rest rows={rows} all={all} />
    </>
  );
}

export function TenantTable({ rows, owner = false, all }: TableProps<TenantRowFragment>) {
  if (rows.nodes.length === 0) return <Empty {...empty.of.tenants} />;
  return (
    <>
      <Table
        label={tenants.title}
        rows={rows.nodes}
        columns={[
          { title: tenants.columns.name, cell: (row) => <To to={`/tenants/${encodeURIComponent(row.id)}`}>{row.name}</To> },
          { title: tenants.columns.integration, cell: (row) => <To to={`/integrations/${encodeURIComponent(row.integration.id)}`}>{row.integration.name}</To> },
          ...(owner ? [{ title: tenants.columns.owner, cell: (row: TenantRowFragment) => row.partner?.name ?? words.ourselves }] : []),
          { title: tenants.columns.state, cell: (row) => <TenantState tenant={row} /> },
          { title: tenants.columns.reference, cell: (row) => row.customerReference ?? words.none },
          { title: tenants.columns.schedule, cell: (row) => row.schedule ?? words.none },
          { title: tenants.columns.createdAt, cell: (row) => <When at={row.createdAt} /> },
        ]}
      />
      <Rest rows={rows} all={all} />
    </>
  );
}

export function TenantState({ tenant }: { tenant: Pick<TenantRowFragment, "paused" | "archivedAt"> }) {
  if (tenant.archivedAt) return <Status of="ARCHIVED" say={tenants.archived} />;
  return tenant.paused ? <Status of="PENDING" say={tenants.paused} /> : <Status of="ACTIVE" say={tenants.running} />;
}
