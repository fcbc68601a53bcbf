//! Colleagues: invited by an admin of their own organisation, or by the vendor's.

use super::{NewUser, add};
use crate::{
    access::{Access, Action},
    domain::{
        input::{Check, TEXT},
        invitation,
    },
    fault::{Fault, Reason, Refusal, UserError},
};
use entity::{
    PartnerId,
    partner::{self, PartnerStatus},
    user::{self, UserRole},
};

/// Where a new user belongs.
#[derive(Clone, Copy, Debug)]
pub enum Organization {
    /// To the actor's own organisation.
    Own,
    /// To the vendor.
    Vendor,
    /// To a partner.
    Partner(PartnerId),
}

/// Somebody to be invited.
#[derive(Clone, Debug)]
pub struct Invitee {
    /// Into which organisation.
    pub organization: Organization,
    /// As the person is called.
    pub name: String,
    /// The person's address.
    pub email: String,
    /// What the person may do.
    pub role: UserRole,
    /// A personal line in the letter.
    pub message: Option<String>,
    /// How long the link lives; the vendor's own rule when not said.
    pub expires_in_hours: Option<i32>,
}

/// Adds a user and sends it its invitation.
pub async fn invite(access: &Access, new: Invitee) -> Result<user::Model, Refusal> {
    access.permit(Action::ManageUser)?;
    let mut check = Check::default();
    let invited =
        NewUser { name: check.name("name", &new.name), email: check.email("email", &new.email), role: new.role };
    let message = check.optional_text("message", new.message.as_deref(), TEXT);
    let lifetime_hours = invitation::check_lifetime(&mut check, new.expires_in_hours);
    let opening = invitation::Opening { message, lifetime_hours, ..Default::default() };
    check.finish()?;
    let partner = match (new.organization, access.actor().organization()?) {
        (Organization::Own, own) => own,
        (Organization::Partner(partner), _) => Some(partner),
        (Organization::Vendor, None) => None,
        // Whoever is not of the vendor does not see it.
        (Organization::Vendor, Some(_)) => return Err(Fault::NotFound.into()),
    };
    invitation::count_taken(access, open(access, invited, partner, opening).await).await
}

async fn open(
    access: &Access,
    invited: NewUser,
    partner: Option<PartnerId>,
    opening: invitation::Opening,
) -> Result<user::Model, Refusal> {
    let tx = access.begin().await?;
    if let Some(partner) = partner {
        let partner = tx.fetch::<partner::Entity>(Action::ManageUser, partner).await?;
        if !matches!(partner.status, PartnerStatus::Approved | PartnerStatus::Pending) {
            let sentence = "Nobody can come in while the partner is shut out.";
            return Err(UserError::at("organizationId", Reason::InvalidState, sentence).into());
        }
    }
    let user = add(&tx, invited, partner, "email").await?;
    invitation::open(&tx, &user, opening).await?;
    tx.commit().await?;
    Ok(user)
}
