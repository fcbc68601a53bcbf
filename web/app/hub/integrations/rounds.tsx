import {
  AddReviewCommentDocument, ArchiveIntegrationDocument, DeleteIntegrationDocument, type IntegrationAction, type IntegrationType,
  PublishIntegrationDocument, RequestIntegrationChangesDocument, type ReviewCommentInput, UnpublishIntegrationDocument, UpdateIntegrationDocument,
  type UpdateIntegrationInput, WithdrawIntegrationDocument,
} from "../../made/graph";
import { words } from "../../words/hub";
import { words as say } from "../../words/rounds";
import type { Ask } from "../parts/FormDialog";
import { type FieldSpec, labelled, nest } from "../parts/fields";
import { useChange } from "../parts/useGraph";
import { useHubName } from "../parts/useHub";
import { useLatest } from "../parts/useLatest";
import { CommentRows } from "./CommentRows";
import { contentOf } from "./IntegrationNew";
import type { Integration } from "./IntegrationPage";

/** What only the other kind has: a listing has no repository. */
const FOREIGN: Record<IntegrationType, string[]> = { EXTERNAL: ["repository"], INTERNAL: ["landingUrl", "externalKey"] };

/** The fields that a comment can stand beside, those of the form among them. */
function places({ submission, type }: Integration): NonNullable<FieldSpec["options"]> {
  const questions = submission?.form.questions.map(({ key, label }) => ({ value: key, label })) ?? [];
  const fields = Object.entries(say.fields).filter(([value]) => !FOREIGN[type].includes(value)).map(([value, label]) => ({ value, label }));
  return [{ value: "", label: say.comments.whole }, ...fields, ...questions];
}

/** What a field is called that somebody has commented on. */
export const placeOf = (integration: Integration, field: string) => places(integration).find(({ value }) => value === field)?.label ?? field;

/** By action; a comment can begin beside a field. */
type Rounds = Partial<Record<Exclude<IntegrationAction, "COMMENT">, () => void>> & { COMMENT?: (field?: string) => void };

/** Asks for what an action needs, and does it. */
export function useRounds(ask: (ask: Ask) => void, integration: Integration | undefined, onGone: () => void): Rounds {
  const change = useChange();
  const latest = useLatest(integration);
  const vendor = useHubName();
  if (!integration) return {};
  const { id, name, status, type } = integration;
  const input = (idempotencyKey: string, expectedVersion: number) => ({ id, expectedVersion, idempotencyKey });
  const version = () => (latest.current ?? integration).version;
  const fields = contentOf(type);
  return {
    UPDATE: () => ask({
      title: say.edit.title(name), submit: words.save, fields, ...(status === "PUBLISHED" && integration.partner ? { lead: say.edit.live(vendor) } : {}),
      version,
      initial: () => {
        const now = (latest.current ?? integration).pendingRevision ?? latest.current ?? integration;
        return {
          name: now.name, description: now.description ?? "", categories: labelled(now.categories), tags: labelled(now.tags),
          landingUrl: now.landingUrl ?? "", externalKey: now.externalKey ?? "",
          "repository.url": now.repository?.url ?? "", "repository.branch": now.repository?.branch ?? "", "repository.path": now.repository?.path ?? "",
        };
      },
      onSubmit: (values, key, seen) => change(UpdateIntegrationDocument, { input: { ...nest(fields, values, true), ...input(key, seen) } as UpdateIntegrationInput }),
    }),
    WITHDRAW: () => ask({
      title: say.withdraw.title(name), lead: say.withdraw.lead(vendor), submit: say.withdraw.submit,
      version,
      onSubmit: (_, key, seen) => change(WithdrawIntegrationDocument, { input: input(key, seen) }, say.withdraw.done(name)),
    }),
    PUBLISH: () => ask({
      title: words.integrations.publishTitle(name), lead: words.integrations.publishLead, submit: words.integrations.publish,
      version,
      onSubmit: (_, key, seen) => change(PublishIntegrationDocument, { input: input(key, seen) }, words.integrations.published(name)),
    }),
    REQUEST_CHANGES: () => {
      let comments: ReviewCommentInput[] = [];
      ask({
        title: say.requestChanges.title(name), lead: say.requestChanges.lead, submit: say.requestChanges.submit,
        fields: [{ name: "reason", label: say.requestChanges.reason, kind: "long", required: true, autoFocus: true }],
        children: <CommentRows places={places(integration)} onChange={(rows) => { comments = rows; }} />,
        version,
        onSubmit: ({ reason }, key, seen) => change(RequestIntegrationChangesDocument, { input: { ...input(key, seen), reason: String(reason ?? ""), comments } }, say.requestChanges.done(name)),
      });
    },
    UNPUBLISH: () => ask({
      title: say.unpublish.title(name), lead: say.unpublish.lead, submit: say.unpublish.submit, danger: true,
      fields: [{ name: "reason", label: say.unpublish.reason, kind: "long", autoFocus: true }],
      version,
      onSubmit: ({ reason }, key, seen) => change(UnpublishIntegrationDocument, { input: { ...input(key, seen), reason: String(reason ?? "") } }, say.unpublish.done(name)),
    }),
    ARCHIVE: () => ask({
      title: say.archive.title(name), lead: say.archive.lead, submit: say.archive.submit, danger: true,
      version,
      onSubmit: (_, key, seen) => change(ArchiveIntegrationDocument, { input: input(key, seen) }, say.archive.done(name)),
    }),
    DELETE: () => ask({
      title: say.remove.title(name), lead: say.remove.lead, submit: say.remove.submit, danger: true,
      version,
      onSubmit: (_, _key, seen) => change(DeleteIntegrationDocument, { input: { id, expectedVersion: seen } }, onGone),
    }),
    COMMENT: (beside = "") => ask({
      title: say.comments.add, submit: say.comments.add, initial: { field: beside },
      fields: [
        { name: "field", label: say.comments.field, kind: "select", options: places(integration) },
        { name: "text", label: say.comments.text, kind: "long", required: true, autoFocus: true },
      ],
      onSubmit: ({ field, text }, idempotencyKey) => change(AddReviewCommentDocument, {
        input: { integrationId: id, text: String(text ?? ""), field: field ? String(field) : null, idempotencyKey },
      }, say.comments.added),
    }),
  };
}
