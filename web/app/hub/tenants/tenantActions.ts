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
import { useLatest } from "../parts/useLatest";

type Tenant = Extract<NonNullable<TenantPageQuery["node"]>, { __typename: "Tenant" }>;
type Decision = Typed<{ done: { userErrors: UserError[] } }, { input: { id: string; expectedVersion: number; idempotencyKey: string } }>;

const DECISIONS: Record<TenantAction, Decision> = {
  PAUSE: PauseTenantDocument, RESUME: ResumeTenantDocument, ARCHIVE: ArchiveTenantDocument, RESTORE: RestoreTenantDocument,
};

/** What can be done with a tenant as it stands. */
export function useTenantActions(ask: (ask: Ask) => void, tenant: Tenant | undefined): Action[] {
  const change = useChange();
  const latest = useLatest(tenant);
  if (!tenant) return [];
  const { id, name, availableActions: open } = tenant;
  const now = () => latest.current ?? tenant;
  const version = () => now().version;
  const edit = () => ask({
    title: say.editTitle(name), submit: words.save, fields: TENANT_FIELDS,
    initial: () => ({
      name: now().name, customerReference: now().customerReference ?? "", schedule: now().schedule ?? "",
      configuration: JSON.stringify(now().configuration, null, 2),
    }),
    version,
    onSubmit: (values, idempotencyKey, expectedVersion) => withConfiguration(
      { ...nest(TENANT_FIELDS, values, true), id, expectedVersion, idempotencyKey } as UpdateTenantInput,
      (input) => change(UpdateTenantDocument, { input }),
    ),
  });
  const decide = (action: TenantAction) => ask({
    title: say[action].title(name), lead: say[action].lead, submit: say[action].submit, danger: action === "ARCHIVE",
    version,
    onSubmit: (_, idempotencyKey, expectedVersion) => change(DECISIONS[action], { input: { id, expectedVersion, idempotencyKey } }, say[action].done(name)),
  });
  const acts = open.map((action) => ({ label: say[action].submit, run: () => decide(action), danger: action === "ARCHIVE" }));
  return open.length > 0 && !tenant.archivedAt ? [{ label: say.edit, run: edit }, ...acts] : acts;
}
