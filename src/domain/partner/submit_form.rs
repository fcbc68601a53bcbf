//! An invited partner submits the Partner Form and is approved in the same transaction.

use super::lifecycle::{self, Event};
use crate::{
    access::{Access, Action},
    domain::{
        account::{hold_own, session},
        activity, form, notice, vendor,
    },
    fault::{Fault, Refusal},
    outbox::Letter,
};
use entity::{
    form::FormKind,
    form_submission,
    partner::{self, PartnerStatus},
};
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder};
use serde_json::json;

/// What a submission led to.
#[derive(Debug)]
pub struct Onboarded {
    /// The partner, approved unless the vendor's policy is MANUAL.
    pub partner: partner::Model,
    /// The answers as kept.
    pub submission: form_submission::Model,
    /// A full session in place of the onboarding one, if the partner is approved now.
    pub session: Option<session::Opened>,
}

/// Keeps the answers and moves the partner on; answers to an outdated version are kept as the draft.
pub async fn submit_form(access: &Access, submitted: form::Submitted) -> Result<Onboarded, Refusal> {
    let done = hand_in(access, submitted.clone()).await;
    form::keep_outdated(done, form::save_partner(&access.once(None), submitted, None)).await
}

async fn hand_in(access: &Access, submitted: form::Submitted) -> Result<Onboarded, Refusal> {
    let tx = access.begin().await?;
    let partner = tx.fetch_own_partner(Action::SubmitPartnerForm).await?;
    let submission = form::submit(&tx, FormKind::Partner, submitted, Some(partner.id), None).await?;
    // A session is opened at the end, for whoever still has one. After the form, as whoever publishes one holds both.
    let (user, _) = hold_own(&tx).await?;
    let policy = vendor::current(&tx).await?.approval_policy;
    let partner = lifecycle::advance(&tx, partner, Event::FormSubmitted(policy), None).await?;
    form::remove(&tx, form::DraftOf::Partner(partner.id)).await?;
    let data = json!({ "submission": submission.id });
    activity::record::<partner::Entity>(&tx, "partner.form_submitted", Some(partner.id), partner.id, data).await?;
    let (id, by) = (Some(partner.id), user.name.clone());
    let letter = Letter::PartnerFormSubmitted { partner: partner.name.clone(), by, id };
    notice::to_vendor(&tx, letter).await?;
    let session = if partner.status == PartnerStatus::Approved {
        announce_approval(&tx, &partner).await?;
        // An onboarding session never gains rights: all of the partner's end, and who submitted gets a new one.
        session::end_all_of_partner(&tx, partner.id).await?;
        Some(session::open_since(&tx, &user, Some(&partner), tx.person()?.authenticated_at).await?)
    } else {
        None
    };
    tx.commit().await?;
    Ok(Onboarded { partner, submission, session })
}

/// The same again, for whoever repeats it under its key. No second session is opened: log in.
#[expect(clippy::disallowed_methods, reason = "the answers of the actor's own partner, which it gave itself")]
pub async fn submitted(access: &Access) -> Result<Onboarded, Fault> {
    let own = access.person()?.user.partner_id.ok_or(Fault::NotFound)?;
    let partner = partner::Entity::find_by_id(own).one(access.conn()).await?.ok_or(Fault::NotFound)?;
    let answers = form_submission::Entity::find()
        .filter(form_submission::Column::PartnerId.eq(own))
        .filter(form_submission::Column::IntegrationId.is_null())
        .filter(form_submission::Column::IsDraft.eq(false))
        .order_by_desc(form_submission::Column::Id);
    let submission = answers.one(access.conn()).await?.ok_or(Fault::NotFound)?;
    Ok(Onboarded { partner, submission, session: None })
}

/// Records an approval and tells both sides of it.
pub(crate) async fn announce_approval(
    tx: &Access<DatabaseTransaction>,
    partner: &partner::Model,
) -> Result<(), Refusal> {
    lifecycle::record(tx, "partner.approved", partner).await?;
    notice::to_vendor(tx, Letter::PartnerApproved { partner: partner.name.clone(), id: Some(partner.id) }).await?;
    if let Some(contact) = partner.primary_contact_id {
        notice::to_user(tx, contact, Letter::Approved { partner: partner.name.clone() }).await?;
    }
    Ok(())
}
