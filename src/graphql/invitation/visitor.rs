//! What whoever has a link can do beside accepting it.

use crate::{
    domain::invitation,
    fault::Fault,
    graphql::{
        context::CurrentRequest,
        error::{UserError, settle},
        scalar::Secret,
    },
};
use async_graphql::{Context, InputObject, Object, SimpleObject};
use secrecy::ExposeSecret;

/// The link that is refused.
#[derive(Debug, InputObject)]
pub struct DeclineInvitationInput {
    /// What stands behind `#t=` in the link.
    token: Secret,
    /// Why, for the inviter; at most 5,000 characters.
    reason: Option<String>,
}

/// What `declineInvitation` did.
#[derive(Debug, SimpleObject)]
pub struct DeclineInvitationPayload {
    /// What to mend; empty if the invitation is declined.
    user_errors: Vec<UserError>,
}

/// The link that does not work any more.
#[derive(Debug, InputObject)]
pub struct RequestNewInvitationInput {
    /// What stands behind `#t=` in the link.
    token: Secret,
}

/// What `requestNewInvitation` did: it never says whether a letter was written.
#[derive(Debug, SimpleObject)]
pub struct RequestNewInvitationPayload {
    /// What to mend; always empty.
    user_errors: Vec<UserError>,
}

/// Mutations of whoever has a link.
#[derive(Debug, Default)]
pub struct VisitorMutations;

/// Mutations of whoever has a link.
#[Object]
impl VisitorMutations {
    /// Refuses an invitation; the link is dead, and the inviter and the vendor are told.
    async fn decline_invitation(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The link and the reason.")] input: DeclineInvitationInput,
    ) -> Result<DeclineInvitationPayload, Fault> {
        let declined =
            invitation::decline(&ctx.request().access, input.token.0.expose_secret(), input.reason.as_deref()).await;
        let (_, user_errors) = settle(declined)?;
        Ok(DeclineInvitationPayload { user_errors })
    }

    /// Asks for a fresh link in place of one that ran out. It goes to the same address, if there is such an invitation
    /// and it may be sent again.
    async fn request_new_invitation(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The old link.")] input: RequestNewInvitationInput,
    ) -> Result<RequestNewInvitationPayload, Fault> {
        invitation::request_new(&ctx.request().access, input.token.0.expose_secret()).await?;
        Ok(RequestNewInvitationPayload { user_errors: Vec::new() })
    }
}
