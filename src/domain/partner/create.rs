//! A vendor admin creates a partner (approved at once) or invites one (pending until it is onboarded).

use crate::{
    access::{Access, Action},
    domain::{
        activity,
        input::{Check, TEXT},
        invitation, notice, user,
    },
    fault::Refusal,
    outbox::Letter,
};
use entity::{
    PartnerId, UserId,
    partner::{self, Labels, PartnerOrigin, PartnerStatus},
    user::UserRole,
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, IntoActiveModel};
use serde_json::json;

/// What an admin says of a new partner.
#[derive(Clone, Debug)]
pub struct NewPartner {
    /// The organisation's name.
    pub name: String,
    /// The primary contact's name; the first user, an admin of the partner.
    pub contact_name: String,
    /// The primary contact's e-mail address.
    pub contact_email: String,
    /// The partner's `https:` address.
    pub website: Option<String>,
    /// The vendor's own key for it.
    pub external_id: Option<String>,
    /// A personal line in the letter.
    pub message: Option<String>,
}

/// Makes a partner that is approved at once; its primary contact is sent a link.
pub async fn create(access: &Access, new: NewPartner) -> Result<partner::Model, Refusal> {
    access.permit(Action::CreatePartner)?;
    add(access, new, PartnerOrigin::Created).await
}

/// Makes a partner that is pending until its primary contact has set a password and submitted the Partner Form.
pub async fn invite(access: &Access, new: NewPartner) -> Result<partner::Model, Refusal> {
    access.permit(Action::InvitePartner)?;
    add(access, new, PartnerOrigin::Invited).await
}

async fn add(access: &Access, new: NewPartner, origin: PartnerOrigin) -> Result<partner::Model, Refusal> {
    let mut check = Check::default();
    let name = check.name("name", &new.name);
    let contact = user::NewUser {
        name: check.name("primaryContact.name", &new.contact_name),
        email: check.email("primaryContact.email", &new.contact_email),
        role: UserRole::Admin,
    };
    let website = check.optional_url("website", new.website.as_deref());
    let external_id = check.optional_line("externalId", new.external_id.as_deref(), 200);
    let message = check.optional_text("message", new.message.as_deref(), TEXT);
    check.finish()?;

    let tx = access.begin().await?;
    let now = tx.now();
    let status = match origin {
        PartnerOrigin::Created => PartnerStatus::Approved,
        PartnerOrigin::Invited => PartnerStatus::Pending,
    };
    let partner = partner::ActiveModel {
        id: Set(tx.id::<PartnerId>()),
        name: Set(name),
        status: Set(status),
        status_reason: Set(None),
        origin: Set(origin),
        website: Set(website),
        logo_url: Set(None),
        external_id: Set(external_id),
        labels: Set(Labels::default()),
        primary_contact_id: Set(None),
        form_submitted_at: Set(None),
        approved_at: Set((status == PartnerStatus::Approved).then_some(now)),
        suspended_at: Set(None),
        archived_at: Set(None),
        version: Set(1),
        created_at: Set(now),
        updated_at: Set(now),
    }
    .insert(tx.conn())
    .await?;
    let (partner_name, contact_name) = (partner.name.clone(), contact.name.clone());
    let contact = user::add(&tx, contact, Some(partner.id), "primaryContact.email").await?;
    let partner = name_contact(&tx, partner, contact.id).await?;
    invitation::open(&tx, &contact, message).await?;
    let (event, letter) = match origin {
        PartnerOrigin::Created => {
            ("partner.created", Letter::PartnerCreated { partner: partner_name, contact: contact_name })
        }
        PartnerOrigin::Invited => {
            ("partner.invited", Letter::PartnerInvited { partner: partner_name, contact: contact_name })
        }
    };
    activity::record::<partner::Entity>(&tx, event, Some(partner.id), partner.id, json!({ "name": partner.name }))
        .await?;
    notice::to_vendor(&tx, letter).await?;
    tx.commit().await?;
    Ok(partner)
}

/// The circle: the user needs the partner's row first, and the partner then names the user.
async fn name_contact(
    tx: &Access<sea_orm::DatabaseTransaction>,
    partner: partner::Model,
    contact: UserId,
) -> Result<partner::Model, Refusal> {
    let mut named = partner.into_active_model();
    named.primary_contact_id = Set(Some(contact));
    Ok(named.update(tx.conn()).await?)
}
