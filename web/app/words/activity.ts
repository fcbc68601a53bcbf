import type { LineFragment } from "../made/graph";

/** What happened, as `{who} …`; `{object}` is what it was done to. */
const SENTENCES: Record<string, string> = {
  "partner.created": "{who} created {object}.",
  "partner.invited": "{who} invited {object}.",
  "partner.form_submitted": "{who} submitted the Partner Form of {object}.",
  "partner.approved": "{object} was approved{by}.",
  "partner.changes_requested": "{who} asked {object} for changes{reason}.",
  "partner.rejected": "{who} rejected {object}{reason}.",
  "partner.reopened": "{who} reopened {object}.",
  "partner.suspended": "{who} suspended {object}{reason}.",
  "partner.reinstated": "{who} reinstated {object}.",
  "partner.archived": "{who} archived {object}.",
  "partner.restored": "{who} restored {object}.",
  "partner.updated": "{who} changed {object}{fields}.",
  "user.invited": "{who} invited {object}.",
  "user.updated": "{who} changed {object}{fields}.",
  "user.disabled": "{who} shut out {object}.",
  "user.enabled": "{who} let {object} in again.",
  "user.deleted": "{who} deleted {object}.",
  "user.reauthenticated": "{who} showed the password once more.",
  "user.second_factor_begun": "{who} began to set up a second factor.",
  "user.second_factor_enabled": "{who} switched the second factor on.",
  "user.second_factor_disabled": "{who} switched the second factor off.",
  "user.second_factor_reset": "{who} took the second factor of {object} away.",
  "user.recovery_codes_renewed": "{who} made new recovery codes.",
  "user.recovery_code_used": "{who} used a recovery code.",
  "user.signed_out": "{who} signed {object} out everywhere.",
  "user.email_change_requested": "{who} asked for another e-mail address.",
  "user.email_changed": "{who} has another e-mail address now.",
  "user.logged_in": "{who} logged in.",
  "user.logged_out": "{who} logged out.",
  "user.password_changed": "{who} changed the password.",
  "user.password_reset": "{who} set a new password by a link.",
  "user.password_reset_requested": "A link for a new password was sent to {object}.",
  "user.sessions_revoked": "{who} ended sessions.",
  "invitation.accepted": "{who} accepted the invitation.",
  "invitation.declined": "{object} declined the invitation{reason}.",
  "invitation.resent": "{who} sent the invitation of {object} again.",
  "invitation.revoked": "{who} revoked the invitation of {object}.",
  "invitation.expired": "The invitation of {object} ran out.",
  "invitation.reminded": "{object} was reminded of the invitation.",
  "invitation.link_copied": "{who} copied the link of {object}’s invitation.",
  "invitation.email_corrected": "{who} corrected the address of {object}’s invitation from {data.from} to {data.email}.",
  "invitation.asked_for_again": "{object} asked for a fresh link.",
  "invitation.bounced": "The letter to {object} came back{reason}.",
  "invitation.not_delivered": "The letter to {object} could not be sent{reason}.",
  "integration.created": "{who} drafted {object}.",
  "integration.updated": "{who} changed {object}{fields}.",
  "integration.submitted": "{who} submitted {object} for review.",
  "integration.resubmitted": "{who} submitted {object} again.",
  "integration.withdrawn": "{who} withdrew {object} from review.",
  "integration.commented": "{who} commented on {object}.",
  "integration.changes_requested": "{who} asked for changes to {object}{reason}.",
  "integration.published": "{who} published {object}.",
  "integration.unpublished": "{who} took {object} offline{reason}.",
  "integration.revised": "{who} wants to change {object}{fields}.",
  "integration.deleted": "{who} deleted a draft.",
  "integration.comment_resolved": "{who} ticked off a comment on {object}.",
  "integration.archived": "{who} archived {object}.",
  "tenant.created": "{who} added the tenant {object}.",
  "tenant.updated": "{who} changed the tenant {object}{fields}.",
  "tenant.paused": "{who} paused the tenant {object}.",
  "tenant.resumed": "{who} resumed the tenant {object}.",
  "tenant.archived": "{who} archived the tenant {object}.",
  "tenant.restored": "{who} restored the tenant {object}.",
  "vendor.updated": "{who} changed the settings{fields}.",
  "vendor.notifications_changed": "{who} changed who is told of what.",
  "vendor.letters_stopped": "A reader of letters ended them by a link.",
  "form.published": "{who} published a new version of the {form}.",
  "api_key.created": "{who} made the API key {data.name}.",
  "api_key.revoked": "{who} revoked the API key {data.name}.",
  "terms.accepted": "{who} agreed to terms.",
  "export.made": "{who} exported {data.file}.",
};

/** The events about one kind of thing, as `partner`. */
export const eventsOf = (kind: string) => Object.keys(SENTENCES).filter((event) => event.startsWith(`${kind}.`));

/** A line of the record as a sentence; one that is not known here, in the record's own words. `vendor`: its name, for a partner. */
export function sentence(line: LineFragment, vendor?: string): string {
  const data = (line.data ?? {}) as Record<string, unknown>;
  const who = line.actor?.name ?? (line.actorKind === "KEY" ? (line.apiKey ? `${line.apiKey.name} (a program)` : "A program") : line.actorKind === "SYSTEM" ? "The hub" : (vendor ?? "Somebody who is gone"));
  const reason = typeof data.reason === "string" && data.reason ? `: “${data.reason}”` : "";
  const changed = Object.entries(data).filter(([, value]) => value && typeof value === "object" && "to" in value).map(([name]) => spoken(name));
  const pattern = SENTENCES[line.event] ?? `{who}: ${spoken(line.event.replace(".", " "))}, {object}.`;
  return pattern
    // By functions: what somebody has written is no pattern.
    .replace("{who}", () => who)
    .replace("{by}", "")
    .replace("{form}", () => (data.kind === "INTEGRATION" ? "Integration Form" : "Partner Form"))
    .replace("{reason}", () => reason)
    .replace("{fields}", () => (changed.length ? `: ${changed.join(", ")}` : ""))
    .replace(/\{data\.(\w+)\}/g, (_, name: string) => String(data[name] ?? "–"))
    // What was said ends with a stop of its own.
    .replace(/([.!?]”)\.$/, "$1");
}

/** What the record's words for some fields leave unsaid. */
const SPOKEN: Record<string, string> = {
  brandColor: "the colour of buttons in letters", logoUrl: "the logo", termsUrl: "the terms", privacyUrl: "the privacy statement", supportEmail: "where partners ask for help",
  landingUrl: "where it is described", externalKey: "the key in the listing", externalId: "the key", approvalPolicy: "how partners are approved",
  invitationLifetimeHours: "how long links work", reminderDays: "reminders", requireSecondFactor: "the second factor of staff", customerReference: "the customer’s key",
};

/** `primaryContact` as `primary contact`. */
function spoken(name: string) {
  return SPOKEN[name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase())] ?? name.replace(/_/g, " ").replace(/([a-z])([A-Z])/g, "$1 $2").toLowerCase();
}
