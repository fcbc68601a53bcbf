import { UpdatePartnerDocument } from "../../made/graph";
import { words as decisions } from "../../words/decisions";
import { words } from "../../words/hub";
import type { Ask } from "../parts/FormDialog";
import { type FieldSpec, nest } from "../parts/fields";
import { useChange } from "../parts/useGraph";

const { fields: say } = words.partners;

const FIELDS: FieldSpec[] = [
  { name: "name", label: say.name, required: true, autoFocus: true },
  { name: "website", label: say.website, kind: "url" },
  { name: "externalId", label: say.externalId },
  { name: "labels", label: decisions.labels, help: decisions.labelsHelp },
];

interface Edited {
  id: string;
  name: string;
  website?: string | null;
  externalId?: string | null;
  labels: string[];
  version: number;
}

/** Asks what the vendor calls a partner, and how it files it. */
export function useEditPartner(ask: (ask: Ask) => void) {
  const change = useChange();
  return ({ id, name, website, externalId, labels, version }: Edited) => ask({
    title: decisions.editTitle(name), submit: words.save, fields: FIELDS,
    initial: { name, website: website ?? "", externalId: externalId ?? "", labels: labels.join(", ") },
    onSubmit: (values, idempotencyKey) => {
      const named = String(values.labels ?? "").split(",").map((label) => label.trim()).filter(Boolean);
      const input = { ...nest(FIELDS, values, true), labels: named, id, expectedVersion: version, idempotencyKey };
      return change(UpdatePartnerDocument, { input });
    },
  });
}
