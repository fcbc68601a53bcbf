import { CreateTenantDocument, type CreateTenantInput } from "../../made/graph";
import type { UserError } from "../../shared/send";
import { words } from "../../words/hub";
import type { Ask } from "../parts/FormDialog";
import { type FieldSpec, nest } from "../parts/fields";
import { useChange } from "../parts/useGraph";

const { tenants: say } = words;

/** What can be said of a tenant. */
export const TENANT_FIELDS: FieldSpec[] = [
  { name: "name", label: say.fields.name, required: true, autoFocus: true, help: say.nameHelp },
  { name: "customerReference", label: say.fields.reference },
  { name: "schedule", label: say.fields.schedule, help: say.scheduleHelp },
  { name: "configuration", label: say.fields.configuration, kind: "code", help: say.configurationHelp },
];

/** Asks for what a new tenant of an integration needs; where there are several, of which. */
export function useNewTenant(ask: (ask: Ask) => void): (integrations: NonNullable<FieldSpec["options"]>) => void {
  const change = useChange();
  return (integrations) => {
    const of: FieldSpec = { name: "integrationId", label: say.columns.integration, kind: "select", required: true, options: integrations, autoFocus: true };
    const [only, ...others] = integrations;
    const fields = others.length ? [of, ...TENANT_FIELDS.map((field) => ({ ...field, autoFocus: false }))] : TENANT_FIELDS;
    // Where there is a choice it is made by hand: a tenant cannot be moved.
    const chosen = others.length ? undefined : only;
    ask({
      title: say.createTitle, lead: chosen ? say.createLeadOf(chosen.label) : say.createLead, submit: say.create, fields, initial: { integrationId: chosen?.value ?? "" },
      onSubmit: (values, idempotencyKey) => withConfiguration(
        { name: "", source: "portal", ...nest(TENANT_FIELDS, values), integrationId: String(values.integrationId), idempotencyKey } as CreateTenantInput,
        (input) => change(CreateTenantDocument, { input }, say.created(input.name)),
      ),
    });
  };
}

/** Sends an input whose configuration was typed as JSON. One that is no object is sent as it is: the graph refuses it, and says what else is wrong. */
export async function withConfiguration<Input extends { configuration?: unknown }>(input: Input, send: (input: Input) => Promise<UserError[]>): Promise<UserError[]> {
  if (typeof input.configuration !== "string") return send(input);
  const configuration = object(input.configuration || "{}");
  if (configuration) return send({ ...input, configuration });
  const told = await send(input);
  return [{ field: ["configuration"], message: say.configurationWrong }, ...told.filter(({ field }) => field?.[0] !== "configuration")];
}

/** A text as a JSON object; nothing if it is none. */
export function object(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
