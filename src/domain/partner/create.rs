//! A vendor admin creates a partner (approved at once) or invites one (pending until it is onboarded).

use crate::{
    access::{Access, Action},
    domain::{
        activity,
        input::{Check, TEXT},
        invitation, notice, user,
    },
    fault::{Reason, Refusal},
    outbox::Letter,
};
use chrono::{DateTime, Utc};
use entity::{
    PartnerId, UserId,
    partner::{self, Labels, PartnerOrigin, PartnerStatus},
    user::UserRole,
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, DatabaseTransaction, IntoActiveModel};
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
    /// How long the link lives; the vendor's own rule when not said.
    pub expires_in_hours: Option<i32>,
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
    let new = Checked::of(&mut check, new);
    check.finish()?;
    let tx = access.begin().await?;
    let (partner_name, contact) = (new.name.clone(), new.contact.name.clone());
    let partner = insert(&tx, new, origin, "", None).await?;
    let letter = match origin {
        PartnerOrigin::Created => Letter::PartnerCreated { partner: partner_name, contact },
        PartnerOrigin::Invited => Letter::PartnerInvited { partner: partner_name, contact },
    };
    notice::to_vendor(&tx, letter).await?;
    tx.commit().await?;
    Ok(partner)
}

/// A new partner whose fields have been checked.
#[derive(Clone, Debug)]
pub(super) struct Checked {
    pub(super) name: String,
    pub(super) contact: user::NewUser,
    website: Option<String>,
    external_id: Option<String>,
    message: Option<String>,
    lifetime_hours: Option<i32>,
}

impl Checked {
    /// Checks the fields.
    pub(super) fn of(check: &mut Check, new: NewPartner) -> Self {
        let lifetime_hours = new.expires_in_hours;
        if lifetime_hours.is_some_and(|hours| !(1..=invitation::LONGEST_LIFE).contains(&hours)) {
            let sentence = format!("A link lives 1 to {} hours.", invitation::LONGEST_LIFE);
            check.fail("expiresInHours", Reason::Invalid, sentence);
        }
        Self {
            name: check.name("name", &new.name),
            contact: user::NewUser {
                name: check.name("primaryContact.name", &new.contact_name),
                email: check.email("primaryContact.email", &new.contact_email),
                role: UserRole::Admin,
            },
            website: check.optional_url("website", new.website.as_deref()),
            external_id: check.optional_line("externalId", new.external_id.as_deref(), 200),
            message: check.optional_text("message", new.message.as_deref(), TEXT),
            lifetime_hours,
        }
    }
}

/// Makes the partner with its first user and that user's invitation, whose letter leaves at `not_before` or later.
pub(super) async fn insert(
    tx: &Access<DatabaseTransaction>,
    new: Checked,
    origin: PartnerOrigin,
    at: &str,
    not_before: Option<DateTime<Utc>>,
) -> Result<partner::Model, Refusal> {
    let now = tx.now();
    let (status, event) = match origin {
        PartnerOrigin::Created => (PartnerStatus::Approved, "partner.created"),
        PartnerOrigin::Invited => (PartnerStatus::Pending, "partner.invited"),
    };
    let partner = partner::ActiveModel {
        id: Set(tx.id::<PartnerId>()),
        name: Set(new.name),
        status: Set(status),
        status_reason: Set(None),
        origin: Set(origin),
        website: Set(new.website),
        logo_url: Set(None),
        external_id: Set(new.external_id),
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
    let contact = user::add(tx, new.contact, Some(partner.id), &format!("{at}primaryContact.email")).await?;
    let partner = name_contact(tx, partner, contact.id).await?;
    let opening = invitation::Opening { message: new.message, lifetime_hours: new.lifetime_hours, not_before };
    invitation::open(tx, &contact, opening).await?;
    let data = json!({ "name": partner.name });
    activity::record::<partner::Entity>(tx, event, Some(partner.id), partner.id, data).await?;
    Ok(partner)
}

/// The circle: the user needs the partner's row first, and the partner then names the user.
#[expect(clippy::disallowed_methods, reason = "the partner that was just made")]
async fn name_contact(
    tx: &Access<DatabaseTransaction>,
    partner: partner::Model,
    contact: UserId,
) -> Result<partner::Model, Refusal> {
    let mut named = partner.into_active_model();
    named.primary_contact_id = Set(Some(contact));
    Ok(named.update(tx.conn()).await?)
}
