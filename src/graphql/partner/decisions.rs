//! Partners to be decided about and edited.

use super::object::Partner;
use crate::{
    domain::partner::{self, Decision, PartnerChange},
    fault::Fault,
    graphql::{
        node,
        once::{answered, once},
        payload::payloads,
        scalar::Url,
    },
};
use async_graphql::{Context, Enum, ID, InputObject, Object};
use entity::partner::Entity;

/// What a vendor admin can do to a partner as it stands; each is a mutation of that name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "Decision")]
pub enum PartnerAction {
    /// `approvePartner`
    Approve,
    /// `requestPartnerChanges`
    RequestChanges,
    /// `rejectPartner`
    Reject,
    /// `reopenPartner`
    Reopen,
    /// `suspendPartner`
    Suspend,
    /// `reinstatePartner`
    Reinstate,
    /// `archivePartner`
    Archive,
    /// `restorePartner`
    Restore,
}

/// What is to be changed of a partner. What is left out stays; an empty text clears.
#[derive(Debug, InputObject)]
pub struct UpdatePartnerInput {
    /// The partner.
    id: ID,
    /// The organisation's name, at most 200 characters.
    name: Option<String>,
    /// Its website.
    website: Option<Url>,
    /// Your own key for it. Vendor admins only.
    external_id: Option<String>,
    /// Free labels, at most 20 of 50 characters each. Vendor admins only.
    #[graphql(validator(max_items = 100))]
    labels: Option<Vec<String>>,
    /// The version that you have seen; if there is another one by now, nothing is changed and the error is `CONFLICT`.
    expected_version: Option<i32>,
    /// Any text of your own: the same key and input within 24 hours change nothing more and answer the same object.
    idempotency_key: Option<String>,
}

macro_rules! inputs {
    ($reason:ty, $about:literal: $($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, InputObject)]
        pub struct $name {
            /// The partner.
            id: ID,
            #[doc = $about]
            reason: $reason,
            /// The version that you have seen; if there is another one by now, nothing is changed and the error is `CONFLICT`.
            expected_version: Option<i32>,
            /// Any text of your own: the same key and input within 24 hours change nothing more and answer the same object.
            idempotency_key: Option<String>,
        }
    )+};
}

inputs! {
    String, "Why, in words that the partner is told; at most 5,000 characters.":
    /// Whose Partner Form is to be answered once more.
    RequestPartnerChangesInput,
    /// Who is to be refused.
    RejectPartnerInput,
    /// Who is to be shut out.
    SuspendPartnerInput,
}

inputs! {
    Option<String>, "A note for the record, at most 5,000 characters.":
    /// Who is to be let in.
    ApprovePartnerInput,
    /// Whose refusal is to be taken back.
    ReopenPartnerInput,
    /// Who is to be let in again.
    ReinstatePartnerInput,
    /// Who is to be put away.
    ArchivePartnerInput,
    /// Who is to be taken out again.
    RestorePartnerInput,
}

payloads! {
    partner: Partner, "The partner; null if the change was refused.";
    /// What `updatePartner` did.
    UpdatePartnerPayload,
    /// What `approvePartner` did.
    ApprovePartnerPayload,
    /// What `requestPartnerChanges` did.
    RequestPartnerChangesPayload,
    /// What `rejectPartner` did.
    RejectPartnerPayload,
    /// What `reopenPartner` did.
    ReopenPartnerPayload,
    /// What `suspendPartner` did.
    SuspendPartnerPayload,
    /// What `reinstatePartner` did.
    ReinstatePartnerPayload,
    /// What `archivePartner` did.
    ArchivePartnerPayload,
    /// What `restorePartner` did.
    RestorePartnerPayload,
}

/// Edits of partners.
#[derive(Debug, Default)]
pub struct PartnerEdits;

/// Edits of partners.
#[Object]
impl PartnerEdits {
    /// Changes what a partner is called, where it is found and how it is filed. Vendor admins; a partner's own admins
    /// may change its name and website.
    async fn update_partner(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The change.")] input: UpdatePartnerInput,
    ) -> Result<UpdatePartnerPayload, Fault> {
        let access = once(ctx, input.idempotency_key.as_deref(), &input)?;
        let id = node::parse::<Entity>(&input.id)?;
        let change = PartnerChange {
            name: input.name,
            website: input.website.map(|url| url.0),
            external_id: input.external_id,
            labels: input.labels,
            expected_version: input.expected_version,
        };
        UpdatePartnerPayload::of(answered::<Entity>(&access, partner::update(&access, id, change).await).await)
    }
}

/// Makes the mutations that decide about a partner.
macro_rules! decisions {
    ($($(#[$doc:meta])* $field:ident($input:ident) -> $payload:ident = $decision:ident;)+) => {
        /// Decisions about partners.
        #[derive(Debug, Default)]
        pub struct PartnerDecisions;

        /// Decisions about partners.
        #[Object]
        impl PartnerDecisions {
            $(
                $(#[$doc])*
                async fn $field(
                    &self,
                    ctx: &Context<'_>,
                    #[graphql(desc = "The partner.")] input: $input,
                ) -> Result<$payload, Fault> {
                    let access = once(ctx, input.idempotency_key.as_deref(), &input)?;
                    let (id, seen) = (node::parse::<Entity>(&input.id)?, input.expected_version);
                    let done = partner::decide(&access, id, Decision::$decision, input.reason.into(), seen).await;
                    $payload::of(answered::<Entity>(&access, done).await)
                }
            )+
        }
    };
}

decisions! {
    /// Lets a pending partner in, whether or not it has answered the Partner Form. Its users log in anew. Vendor admins
    /// only.
    approve_partner(ApprovePartnerInput) -> ApprovePartnerPayload = Approve;
    /// Has a pending partner answer the Partner Form once more, its answers being the draft. Vendor admins only.
    request_partner_changes(RequestPartnerChangesInput) -> RequestPartnerChangesPayload = RequestChanges;
    /// Refuses a pending partner; its sessions end. Vendor admins only.
    reject_partner(RejectPartnerInput) -> RejectPartnerPayload = Reject;
    /// Takes a refusal back: the partner is pending again. Vendor admins only.
    reopen_partner(ReopenPartnerInput) -> ReopenPartnerPayload = Reopen;
    /// Shuts an approved partner out; its sessions end at once. Vendor admins only.
    suspend_partner(SuspendPartnerInput) -> SuspendPartnerPayload = Suspend;
    /// Lets a suspended partner in again. Vendor admins only.
    reinstate_partner(ReinstatePartnerInput) -> ReinstatePartnerPayload = Reinstate;
    /// Puts a partner away; its sessions end at once. Vendor admins only.
    archive_partner(ArchivePartnerInput) -> ArchivePartnerPayload = Archive;
    /// Takes a partner out again: approved if it ever was, else pending. Vendor admins only.
    restore_partner(RestorePartnerInput) -> RestorePartnerPayload = Restore;
}
