//! What admins do with invitations.

use super::object::Invitation;
use crate::{
    domain::invitation,
    fault::{Fault, Refusal},
    graphql::{
        error::{UserError, settle},
        node,
        once::{answered, once},
        payload::payloads,
        scalar::EmailAddress,
    },
};
use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use entity::invitation::Entity;
use std::fmt;

/// The invitation to be sent again.
#[derive(Debug, InputObject)]
pub struct ResendInvitationInput {
    /// The invitation.
    id: ID,
    /// Another personal line, at most 5,000 characters; the old one stays when nothing is said.
    message: Option<String>,
    /// How long the new link works, 1 to 720 hours; as long as the old one when not said.
    expires_in_hours: Option<i32>,
    /// Any text of your own: the same key and input within 24 hours change nothing more and answer the same object.
    idempotency_key: Option<String>,
}

/// The invitation to be taken back.
#[derive(Debug, InputObject)]
pub struct RevokeInvitationInput {
    /// The invitation.
    id: ID,
    /// Any text of your own: the same key and input within 24 hours change nothing more and answer the same object.
    idempotency_key: Option<String>,
}

/// The invitation and its right address.
#[derive(Debug, InputObject)]
pub struct CorrectInvitationEmailInput {
    /// The invitation.
    id: ID,
    /// The right address.
    email: EmailAddress,
    /// The `version` of the invitation's user that was seen; a stale one is a conflict.
    expected_version: Option<i32>,
    /// Any text of your own: the same key and input within 24 hours change nothing more and answer the same object.
    idempotency_key: Option<String>,
}

/// The invitation whose link is handed over.
#[derive(Debug, InputObject)]
pub struct CreateInvitationLinkInput {
    /// The invitation.
    id: ID,
    /// Any text of your own: the same key and input within 24 hours count as one look, and answer the same link while
    /// it works.
    idempotency_key: Option<String>,
}

/// A letter that came back.
#[derive(Debug, InputObject)]
pub struct ReportBounceInput {
    /// The address that it went to.
    email: EmailAddress,
    /// What the mail provider said, at most 500 characters.
    reason: Option<String>,
    /// Any text of your own: the same key and input within 24 hours change nothing more and answer the same object.
    idempotency_key: Option<String>,
}

payloads! {
    invitation: Invitation, "The invitation; null if the change was refused.";
    /// What `resendInvitation` did.
    ResendInvitationPayload,
    /// What `revokeInvitation` did.
    RevokeInvitationPayload,
    /// What `correctInvitationEmail` did.
    CorrectInvitationEmailPayload,
}

/// What `reportBounce` did.
#[derive(Debug, SimpleObject)]
pub struct ReportBouncePayload {
    /// The invitation; null if the change was refused, or if no open invitation has the address.
    invitation: Option<Invitation>,
    /// What to mend.
    user_errors: Vec<UserError>,
}

/// What `createInvitationLink` did.
#[derive(SimpleObject)]
pub struct CreateInvitationLinkPayload {
    /// The link. Whoever has it sets the password: hand it to the invitee and to nobody else. Null if the call was
    /// refused, or was a repetition after the link had been replaced or used.
    link: Option<String>,
    /// The invitation; null if it was refused.
    invitation: Option<Invitation>,
    /// What to mend.
    user_errors: Vec<UserError>,
}

impl fmt::Debug for CreateInvitationLinkPayload {
    /// Whoever has the link sets the password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CreateInvitationLinkPayload").field("user_errors", &self.user_errors).finish_non_exhaustive()
    }
}

/// Mutations of invitations.
#[derive(Debug, Default)]
pub struct InvitationMutations;

/// Mutations of invitations.
#[Object]
impl InvitationMutations {
    /// Sends a fresh link, also after the old one ran out or was revoked or declined; the old one is dead. At most once
    /// a minute, 5 times a day and 20 times in all. Vendor admins, and partner admins for their own colleagues.
    async fn resend_invitation(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The invitation.")] input: ResendInvitationInput,
    ) -> Result<ResendInvitationPayload, Fault> {
        let access = once(ctx, input.idempotency_key.as_deref(), &input)?;
        let id = node::parse::<Entity>(&input.id)?;
        let done = invitation::resend(&access, id, input.message.as_deref(), input.expires_in_hours).await;
        ResendInvitationPayload::of(answered::<Entity>(&access, done).await)
    }

    /// Takes an invitation back: its link is dead at once, and a letter that has not left never does. The address can
    /// be invited again. Vendor admins, and partner admins for their own colleagues.
    async fn revoke_invitation(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The invitation.")] input: RevokeInvitationInput,
    ) -> Result<RevokeInvitationPayload, Fault> {
        let access = once(ctx, input.idempotency_key.as_deref(), &input)?;
        let done = invitation::revoke(&access, node::parse::<Entity>(&input.id)?).await;
        RevokeInvitationPayload::of(answered::<Entity>(&access, done).await)
    }

    /// Gives the invitee another address and sends a fresh link there; the old link is dead. Vendor admins, and partner
    /// admins for their own colleagues.
    async fn correct_invitation_email(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The invitation and its right address.")] input: CorrectInvitationEmailInput,
    ) -> Result<CorrectInvitationEmailPayload, Fault> {
        let access = once(ctx, input.idempotency_key.as_deref(), &input)?;
        let (id, seen) = (node::parse::<Entity>(&input.id)?, input.expected_version);
        let done = invitation::correct_email(&access, id, &input.email.0, seen).await;
        CorrectInvitationEmailPayload::of(answered::<Entity>(&access, done).await)
    }

    /// Shows the link of an invitation, to be handed over in another way; a fresh one if the old one does not work any
    /// more. It is recorded who did so. Vendor admins only.
    async fn create_invitation_link(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The invitation.")] input: CreateInvitationLinkInput,
    ) -> Result<CreateInvitationLinkPayload, Fault> {
        let access = once(ctx, input.idempotency_key.as_deref(), &input)?;
        let done = match invitation::copy_link(&access, node::parse::<Entity>(&input.id)?).await {
            Err(Refusal::Fault(Fault::Repeated(result))) => Ok(invitation::copied(&access, &result).await?),
            done => done.map(|(row, link)| (row, Some(link))),
        };
        let (done, user_errors) = settle(done)?;
        let (row, link) = done.unzip();
        let link = link.flatten();
        Ok(CreateInvitationLinkPayload { link, invitation: row.map(Invitation::from), user_errors })
    }

    /// Says that a letter came back after the mail server had taken it: the open invitation to this address is
    /// `BOUNCED`, no reminders follow, and the vendor is told once. Vendor admins only.
    async fn report_bounce(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The address and the reason.")] input: ReportBounceInput,
    ) -> Result<ReportBouncePayload, Fault> {
        let access = once(ctx, input.idempotency_key.as_deref(), &input)?;
        let done = match invitation::report_bounce(&access, &input.email.0, input.reason.as_deref()).await {
            Ok(row) => Ok(row),
            Err(refusal) => answered::<Entity>(&access, Err(refusal)).await.map(Some),
        };
        let (row, user_errors) = settle(done)?;
        Ok(ReportBouncePayload { invitation: row.flatten().map(Invitation::from), user_errors })
    }
}
