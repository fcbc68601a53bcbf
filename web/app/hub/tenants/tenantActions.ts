import {
  ArchiveTenantDocument, PauseTenantDocument, RestoreTenantDocument, ResumeTenantDocument, type TenantAction,
  type TenantPageQuery, UpdateTenantDocument, type UpdateTenantInput,
} from "../../made/graph";
import type { Typed, UserError } from "../../shared/send";
import { words } from "../../words/hub";
import { words as say } from "../../words/tenants";
import { TENANT_FIELDS, withConfiguration } from "../integrations/newTenant";
import type { Action } from "../parts/Actions";
import type { Ask } from "../parts/FormDialog";
import { nest } from "../parts/fields";
import { useChange } from "../parts/useGraph";

type Tenant = Extract<NonNullable<TenantPageQuery["node"]>, { __typename: "Tenant" }>;
type Decision = Typed<{ done: { userErrors: UserError[] } }, { input: { id: string; expectedVersion: number; idempotencyKey: string } }>;

const DECISIONS: Record<TenantAction, Decision> = {
  PAUSE: PauseTenantDocument, RESUME: ResumeTenantDocument, ARCHIVE: ArchiveTenantDocument, RESTORE: RestoreTenantDocument,
};

/** What can be done with a tenant as it stands. */
export function useTenantActions(ask: (ask: Ask) => void): (tenant: Tenant) => Action[] {
  const change = useChange();
  return (tenant) => {
    const { id, name, version, availableActions: open } = tenant;
    const edit = () => ask({
      title: say.editTitle(name), submit: words.save, fields: TENANT_FIELDS,
      initial: {
        name, customerReference: tenant.customerReference ?? "", schedule: tenant.schedule ?? "",
        configuration: JSON.stringify(tenant.configuration, null, 2),
      },
      onSubmit: (values, idempotencyKey) => withConfiguration(
        { ...nest(TENANT_FIELDS, values, true), id, expectedVersion: version, idempotencyKey } as UpdateTenantInput,
        (input) => change(UpdateTenantDocument, { input }),
      ),
    });
    const decide = (action: TenantAction) => ask({
      title: say[action].title(name), lead: say[action].lead, submit: say[action].submit, danger: action === "ARCHIVE",
      onSubmit: (_, idempotencyKey) => change(DECISIONS[action], { input: { id, expectedVersion: version, idempotencyKey } }, say[action].done(name)),
    });
    const acts = open.map((action) => ({ label: say[action].submit, run: () => decide(action), danger: action === "ARCHIVE" }));
    return open.length > 0 && !tenant.archivedAt ? [{ label: say.edit, run: edit }, ...acts] : acts;
  };
}
