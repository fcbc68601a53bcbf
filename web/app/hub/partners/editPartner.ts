import { UpdatePartnerDocument } from "../../made/graph";
import { words as decisions } from "../../words/decisions";
import { words } from "../../words/hub";
import type { Ask } from "../parts/FormDialog";
import { type FieldSpec, labelled, labels, nest } from "../parts/fields";
import { useChange } from "../parts/useGraph";
import { useLatest } from "../parts/useLatest";

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
export function useEditPartner(ask: (ask: Ask) => void, partner: Edited | null | undefined) {
  const change = useChange();
  const latest = useLatest(partner);
  return () => partner && ask({
    title: decisions.editTitle(partner.name), submit: words.save, fields: FIELDS,
    initial: () => {
      const now = latest.current ?? partner;
      return { name: now.name, website: now.website ?? "", externalId: now.externalId ?? "", labels: labelled(now.labels) };
    },
    version: () => (latest.current ?? partner).version,
    onSubmit: (values, idempotencyKey, expectedVersion) => {
      const input = { ...nest(FIELDS, values, true), labels: labels(values.labels), id: partner.id, expectedVersion, idempotencyKey };
      return change(UpdatePartnerDocument, { input });
    },
  });
}
