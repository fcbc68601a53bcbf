//! Who is looking, what a link leads to, and anything by its id.

use super::viewer::Viewer;
use crate::{
    domain::{
        account::{password, session},
        invitation, vendor,
    },
    fault::Fault,
    graphql::{
        context::CurrentRequest,
        node::{self, Node},
        scalar::{Secret, Url},
    },
};
use async_graphql::{Context, ID, Object, SimpleObject};
use chrono::{DateTime, Utc};
use secrecy::ExposeSecret;

/// What a link shows before it is used.
#[derive(Debug, SimpleObject)]
pub struct InvitationPreview {
    /// The invitee's name.
    name: String,
    /// The invitee's address, with most of it hidden: whoever has a link need not learn more.
    masked_email: String,
    /// The company that the invitee will belong to.
    organization_name: String,
    /// Whether the hub is open once the password is set; if not, it asks for something more first.
    opens_hub: bool,
    /// Whether somebody invites. The hub itself lets its first admin in, and there is nobody whom to refuse.
    has_inviter: bool,
    /// The company that runs the hub: who invites.
    vendor_name: String,
    /// Its logo.
    vendor_logo_url: Option<Url>,
    /// The address of its terms.
    terms_url: Option<Url>,
    /// The address of what it does with what it knows of people.
    privacy_url: Option<Url>,
    /// A personal line from the inviter.
    message: Option<String>,
    /// From then on the link does not work.
    expires_at: DateTime<Utc>,
}

/// How long a new password has to be. Other rules cannot be told by a number: each refusal says what is weak.
#[derive(Debug, SimpleObject)]
pub struct PasswordRules {
    /// The least number of characters.
    min_length: usize,
    /// The least number of characters of an account with a second factor.
    min_length_with_second_factor: usize,
    /// The greatest number of characters.
    max_length: usize,
}

/// Queries about the viewer.
#[derive(Debug, Default)]
pub struct AccountQueries;

/// Queries about the viewer.
#[Object]
impl AccountQueries {
    /// The signed-in user; null if nobody is signed in.
    async fn viewer(&self, ctx: &Context<'_>) -> Option<Viewer> {
        Viewer::of(ctx.request().access.actor())
    }

    /// How long a new password has to be; for anybody, so that forms can say it first.
    async fn password_rules(&self, ctx: &Context<'_>) -> PasswordRules {
        PasswordRules {
            min_length: ctx.request().access.hub().config.password_min_length,
            min_length_with_second_factor: password::SHORTEST_OF_TWO,
            max_length: password::LONGEST,
        }
    }

    /// What an invitation's link leads to; null for every link that does not work. Looking never uses a link up.
    async fn invitation_preview(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What stands behind `#t=` in the link.")] token: Secret,
    ) -> Result<Option<InvitationPreview>, Fault> {
        let access = &ctx.request().access;
        let Some(invited) = invitation::preview(access, token.0.expose_secret()).await? else { return Ok(None) };
        let vendor = vendor::current(access).await?;
        // A program invites companies for the vendor.
        let has_inviter = invited.invitation.inviter_id.is_some() || invited.partner.is_some();
        let opens_hub = session::opens_hub(access, &invited.user, invited.partner.as_ref()).await?;
        let organization_name = invited.partner.map_or_else(|| vendor.name.clone(), |partner| partner.name);
        Ok(Some(InvitationPreview {
            name: invited.user.name,
            masked_email: mask(&invited.invitation.email),
            organization_name,
            opens_hub,
            has_inviter,
            vendor_name: vendor.name,
            vendor_logo_url: vendor.logo_url.map(Url),
            terms_url: vendor.terms_url.map(Url),
            privacy_url: vendor.privacy_url.map(Url),
            message: invited.invitation.message,
            expires_at: invited.invitation.expires_at,
        }))
    }

    /// Anything by its id; null if there is nothing that the viewer may see.
    async fn node(&self, ctx: &Context<'_>, #[graphql(desc = "Any id.")] id: ID) -> Result<Option<Node>, Fault> {
        Ok(node::find(&ctx.request().access, &[id]).await?.pop().flatten())
    }

    /// Several things by their ids, in the same order; null where there is nothing that the viewer may see.
    async fn nodes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most 100 ids.", validator(max_items = 100))] ids: Vec<ID>,
    ) -> Result<Vec<Option<Node>>, Fault> {
        node::find(&ctx.request().access, &ids).await
    }
}

/// `a•••@example.com`.
fn mask(email: &str) -> String {
    let (local, domain) = email.split_once('@').unwrap_or((email, ""));
    format!("{}•••@{domain}", local.chars().take(1).collect::<String>())
}
