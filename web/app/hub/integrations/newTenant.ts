import { CreateTenantDocument, type CreateTenantInput } from "../../made/graph";
import { words } from "../../words/hub";
import type { Ask } from "../parts/FormDialog";
import { type FieldSpec, nest } from "../parts/fields";
import { useChange } from "../parts/useGraph";

const { tenants: say } = words;

const FIELDS: FieldSpec[] = [
  { name: "name", label: say.fields.name, required: true, autoFocus: true, help: say.nameHelp },
  { name: "customerReference", label: say.fields.reference },
  { name: "schedule", label: say.fields.schedule, help: say.scheduleHelp },
  { name: "configuration", label: say.fields.configuration, kind: "code", help: say.configurationHelp },
];

/** Asks for what a new tenant of an integration needs. */
export function useNewTenant(ask: (ask: Ask) => void): (integrationId: string) => void {
  const change = useChange();
  return (integrationId) => ask({
    title: say.createTitle, lead: say.createLead, submit: say.create, fields: FIELDS,
    onSubmit: async (values, idempotencyKey) => {
      const input = { name: "", source: "portal", ...nest(FIELDS, values), integrationId, idempotencyKey } as CreateTenantInput;
      if (typeof input.configuration === "string") {
        const configuration = object(input.configuration);
        if (!configuration) return [{ field: ["configuration"], message: say.configurationWrong }];
        input.configuration = configuration;
      }
      return change(CreateTenantDocument, { input }, say.created(input.name));
    },
  });
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
