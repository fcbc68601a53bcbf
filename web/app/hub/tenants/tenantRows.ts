import type { CreateTenantRow } from "../../made/graph";
import { tenants as own } from "../../words/bulk";
import { type Read, readRows } from "../bulk/csv";
import { object } from "../integrations/newTenant";
import type { Installable } from "./installable";

/**
 * Reads tenants from a CSV, also from one that was exported here. Which integration a row is of stands in `integration_id`,
 * or by its name in `integration`, with its owner in `partner` where two are called the same; `chosen` is for all others.
 */
export function readTenants(csv: string, known: Installable[], chosen: string): Read<CreateTenantRow> {
  return readRows(csv, ["name"], (row) => {
    const { integrationId, wrong } = integrationOf(row, known, chosen);
    const configuration = row.configuration ? object(row.configuration) : {};
    const problem = wrong ?? (configuration ? undefined : own.configuration);
    return {
      input: {
        integrationId, name: row.name ?? "", source: row.source || "csv",
        ...(row.customer_reference ? { customerReference: row.customer_reference } : {}),
        ...(row.schedule ? { schedule: row.schedule } : {}),
        ...(row.configuration && configuration ? { configuration } : {}),
      },
      ...(problem ? { wrong: problem } : {}),
    };
  });
}

function integrationOf(row: Record<string, string>, known: Installable[], chosen: string): { integrationId: string; wrong?: string } {
  const same = (one: string | undefined, other: string | undefined) => one?.toLowerCase() === other?.toLowerCase();
  if (row.integration_id) return { integrationId: row.integration_id };
  if (!row.integration) return chosen ? { integrationId: chosen } : { integrationId: "", wrong: own.ofNone };
  const fits = known.filter(({ name, partner }) => same(name, row.integration) && (!row.partner || same(partner?.name, row.partner)));
  const [only] = fits;
  if (!only) return { integrationId: "", wrong: own.unknown(row.integration) };
  return fits.length > 1 ? { integrationId: "", wrong: own.several(row.integration) } : { integrationId: only.id };
}
