//! A vendor admin creates a partner (approved at once) or invites one (pending until it is onboarded).

use crate::{
    access::{Access, Action, Scoped},
    db,
    domain::{
        activity,
        input::{Check, TEXT},
        invitation, notice, user,
    },
    fault::Refusal,
    outbox::Letter,
};
use chrono::{DateTime, Utc};
use entity::{
    PartnerId,
    partner::{self, Labels, PartnerOrigin, PartnerStatus},
    user::{self as users, UserRole},
};
use sea_orm::{ActiveValue::Set, DatabaseTransaction, EntityTrait, QueryFilter, TryIntoModel, sea_query::Expr};
use serde_json::json;
use std::slice;

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
    let (partner_name, contact, key) = (new.name.clone(), new.contact.name.clone(), new.contact.email.key.clone());
    invitation::release(&tx, slice::from_ref(&key)).await?;
    invitation::count_one(&tx, &key).await?;
    let now = tx.now();
    let Some(partner) = insert_all(&tx, vec![(new, now)], origin).await?.and_then(|made| made.into_iter().next())
    else {
        return Err(user::taken(&tx, &key, "primaryContact.email").await?.into());
    };
    // The record tells of several; whoever repeats the change is answered the partner.
    tx.led_to(partner::Entity::NAME, partner.id.into());
    let letter = match origin {
        PartnerOrigin::Created => Letter::PartnerCreated { partner: partner_name, contact, id: Some(partner.id) },
        PartnerOrigin::Invited => Letter::PartnerInvited { partner: partner_name, contact, id: Some(partner.id) },
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
        let lifetime_hours = invitation::check_lifetime(check, new.expires_in_hours);
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

/// Makes partners, each with its first user and that user's invitation, whose letter leaves at the time given with it;
/// `None` if somebody has one of the addresses. The statements do not grow with the partners.
pub(super) async fn insert_all(
    tx: &Access<DatabaseTransaction>,
    news: Vec<(Checked, DateTime<Utc>)>,
    origin: PartnerOrigin,
) -> Result<Option<Vec<partner::Model>>, Refusal> {
    let (mut partners, mut contacts, mut openings) = (Vec::new(), Vec::new(), Vec::new());
    for (new, leaves) in news {
        let id = tx.id::<PartnerId>();
        contacts.push(new.contact.row(tx, Some(id)));
        openings.push(invitation::Opening {
            message: new.message,
            lifetime_hours: new.lifetime_hours,
            not_before: Some(leaves),
        });
        partners.push(row(id, new.name, new.website, new.external_id, origin, tx.now()));
    }
    partner::Entity::insert_many(partners.clone()).exec_without_returning(tx.conn()).await?;
    let Some(contacts) = user::add_all(tx, contacts).await? else { return Ok(None) };
    name_contacts(tx, &contacts).await?;
    invitation::open_all(tx, contacts.iter().zip(openings).collect()).await?;
    let mut made = Vec::with_capacity(partners.len());
    for (mut partner, contact) in partners.into_iter().zip(&contacts) {
        partner.primary_contact_id = Set(Some(contact.id));
        made.push(partner.try_into_model()?);
    }
    let event = match origin {
        PartnerOrigin::Created => "partner.created",
        PartnerOrigin::Invited => "partner.invited",
    };
    let lines = made.iter().map(|partner| (Some(partner.id), partner.id, json!({ "name": partner.name })));
    activity::record_all::<partner::Entity>(tx, event, lines.collect()).await?;
    Ok(Some(made))
}

fn row(
    id: PartnerId,
    name: String,
    website: Option<String>,
    external_id: Option<String>,
    origin: PartnerOrigin,
    now: DateTime<Utc>,
) -> partner::ActiveModel {
    let status = match origin {
        PartnerOrigin::Created => PartnerStatus::Approved,
        PartnerOrigin::Invited => PartnerStatus::Pending,
    };
    partner::ActiveModel {
        id: Set(id),
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
}

/// The circle: users need their partner's row first, and the partner then names its only user.
#[expect(clippy::disallowed_methods, reason = "partners that this transaction has made")]
async fn name_contacts(tx: &Access<DatabaseTransaction>, contacts: &[users::Model]) -> Result<(), Refusal> {
    let made: Vec<_> = contacts.iter().filter_map(|contact| contact.partner_id).collect();
    let only = Expr::cust("(SELECT u.id FROM \"user\" AS u WHERE u.partner_id = partner.id)");
    partner::Entity::update_many()
        .col_expr(partner::Column::PrimaryContactId, only)
        .filter(db::any_of(tx.conn(), partner::Column::Id, &made))
        .exec(tx.conn())
        .await?;
    Ok(())
}
