//! What each letter's template is filled with, and whether the letter is still wanted.

use super::{parts::short, template::Template};
use crate::{
    access::{Access, Action, Scoped},
    domain::{
        account::{email, reset, session},
        form, global_id, invitation as invitations,
    },
    fault::Fault,
    outbox::Letter,
};
use entity::{
    UserId, integration,
    invitation::{DeliveryStatus, InvitationStatus},
    outbox,
    partner::{self, PartnerStatus},
    user::{self, UserRole},
};
use minijinja::{Value, context};

/// What the template is filled with; `None` if the letter is no longer wanted.
pub(super) async fn facts(
    access: &Access,
    row: &outbox::Model,
    letter: &Letter,
    vendor: &str,
    template: &Template<'_>,
) -> Result<Option<Value>, Fault> {
    let hub = access.hub().config.public_url.as_str();
    let moment = |at| template.moment(at);
    Ok(Some(match letter {
        Letter::Invitation { invitation, generation } | Letter::Reminder { invitation, generation } => {
            let Some(invited) = invitations::for_letter(access, *invitation).await? else { return Ok(None) };
            let invitation = &invited.invitation;
            // Asked just before sending: a link that was taken back, used or replaced never leaves.
            let wanted = invitation.status == InvitationStatus::Pending
                && invitation.generation == *generation
                && session::may_log_in(invited.partner.as_ref().map(|partner| partner.status))
                && !(matches!(letter, Letter::Reminder { .. })
                    && invitation.delivery_status == DeliveryStatus::Bounced)
                && invitation.expires_at > access.now();
            if !wanted {
                return Ok(None);
            }
            let partner = invited.partner.as_ref();
            let by = match invitation.inviter_id {
                Some(inviter) => name_of(access, inviter).await?,
                None => None,
            };
            context! {
                vendor,
                by,
                name => invited.user.name,
                admin => invited.user.role == UserRole::Admin,
                partner => partner.map(|partner| short(&partner.name)),
                pending => partner.is_some_and(|partner| partner.status == PartnerStatus::Pending),
                message => invitation.message.clone().unwrap_or_default(),
                link => invitations::link(access, invitation),
                expires => moment(invitation.expires_at),
            }
        }
        Letter::PasswordReset { user: None } | Letter::EmailChange { user: None } => return Ok(None),
        Letter::PasswordReset { user: Some(user) } => {
            let Some(link) = reset::for_letter(access, *user, row.id).await? else { return Ok(None) };
            context! { vendor, name => link.user.name, link => link.url, expires => moment(link.expires_at) }
        }
        Letter::EmailChange { user: Some(user) } => {
            let Some(link) = email::for_letter(access, *user, row.id).await? else { return Ok(None) };
            context! { vendor, name => link.user.name, link => link.url, expires => moment(link.expires_at) }
        }
        Letter::EmailChanged { user, done } => {
            let user = access.fetch::<user::Entity>(Action::ReadUser, *user).await?;
            context! { vendor, hub, done, name => user.name.clone(), at => moment(row.created_at) }
        }
        Letter::PasswordChanged { user } => {
            let user = access.fetch::<user::Entity>(Action::ReadUser, *user).await?;
            context! { vendor, hub, name => user.name.clone(), at => moment(row.created_at) }
        }
        Letter::SecondFactorChanged { user, change } => {
            let user = access.fetch::<user::Entity>(Action::ReadUser, *user).await?;
            context! { vendor, hub, change => change.word(), name => user.name.clone(), at => moment(row.created_at) }
        }
        Letter::PartnerCreated { partner, contact, id } | Letter::PartnerInvited { partner, contact, id } => {
            context! { vendor, hub, page => page::<partner::Entity>(access, *id, ""), partner => short(partner), contact }
        }
        Letter::PartnerFormSubmitted { partner, by, id } => {
            let page = page::<partner::Entity>(access, *id, "/profile");
            context! { vendor, hub, page, partner => short(partner), by }
        }
        Letter::PartnerApproved { partner, id } => {
            context! { vendor, hub, page => page::<partner::Entity>(access, *id, ""), partner => short(partner) }
        }
        Letter::Approved { partner } => context! { vendor, hub, partner => short(partner) },
        Letter::IntegrationSubmitted { integration, partner, id } => {
            let page = page::<integration::Entity>(access, *id, "");
            context! { vendor, hub, page, integration => short(integration), partner => short(partner) }
        }
        Letter::InvitationDeclined { name, email, partner, reason, .. } => {
            let (partner, reason) = (partner.as_deref().map(short), reason.clone().unwrap_or_default());
            context! { vendor, hub, name => short(name), email, partner, reason }
        }
        Letter::InvitationBounced { name, email, partner, reason, .. } => {
            context! { vendor, hub, name, email, partner => partner.as_deref().map(short), reason }
        }
        Letter::PartnersInvited { count, by } => context! { vendor, hub, count, by },
        Letter::ChangesRequested { partner, reason }
        | Letter::Rejected { partner, reason }
        | Letter::Suspended { partner, reason } => context! { vendor, hub, partner => short(partner), reason },
        Letter::IntegrationChangesRequested { integration, reason, comments, id } => {
            let page = page::<integration::Entity>(access, *id, "");
            context! { vendor, hub, page, comments, integration => short(integration), reason }
        }
        Letter::IntegrationUnpublished { integration, reason, id } => {
            let (page, reason) = (page::<integration::Entity>(access, *id, ""), reason.clone().unwrap_or_default());
            context! { vendor, hub, page, integration => short(integration), reason }
        }
        Letter::TermsAskedAgain { partner, version } => {
            let Some((partner, terms)) = form::terms_for_letter(access, *partner, *version).await? else {
                return Ok(None);
            };
            context! { vendor, hub, partner => short(&partner.name), terms => terms.join("\n") }
        }
        Letter::IntegrationPublished { integration, id } => {
            let page = page::<integration::Entity>(access, *id, "");
            context! { vendor, hub, page, integration => short(integration) }
        }
    }))
}

/// Where the hub shows a row, and which part of that page; the hub itself if the letter does not say which row.
fn page<E: Scoped>(access: &Access, id: Option<E::Id>, part: &str) -> String {
    let mut url = access.hub().config.public_url.clone();
    if let Some(id) = id {
        url.set_path(&format!("/{}s/{}{part}", E::NAME.to_lowercase(), global_id::encode(E::NAME, id)));
    }
    url.into()
}

/// A user's name, unless the user is gone.
async fn name_of(access: &Access, user: UserId) -> Result<Option<String>, Fault> {
    match access.fetch::<user::Entity>(Action::ReadUser, user).await {
        Ok(user) => Ok(Some(short(&user.name))),
        Err(Fault::NotFound) => Ok(None),
        Err(fault) => Err(fault),
    }
}
