//! A partner that has nothing to answer: it goes on as if the Partner Form had been submitted.

use super::{
    announce_approval,
    lifecycle::{self, Event},
};
use crate::{access::Access, domain::vendor, fault::Refusal};
use entity::{
    PartnerId,
    partner::{Entity, Model, PartnerStatus},
    user::{self, UserStatus},
    vendor::ApprovalPolicy,
};
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, PaginatorTrait, QueryFilter};

/// Where no Partner Form asks anything there is nothing to wait for: the vendor's policy decides.
pub(crate) async fn enter_without_form(tx: &Access<DatabaseTransaction>, partner: Model) -> Result<Model, Refusal> {
    let policy = vendor::current(tx).await?.approval_policy;
    enter_under(tx, partner, policy).await
}

/// The same under this policy.
pub(super) async fn enter_under(
    tx: &Access<DatabaseTransaction>,
    partner: Model,
    policy: ApprovalPolicy,
) -> Result<Model, Refusal> {
    if partner.status != PartnerStatus::Pending || partner.form_submitted_at.is_some() {
        return Ok(partner);
    }
    // What was said to whoever waits stays to be read.
    let reason = partner.status_reason.filter(|_| policy == ApprovalPolicy::Manual);
    let granted = tx.actor_may_cause().fetch::<Entity>(partner.id).await?;
    let partner = lifecycle::advance(tx, granted, Event::EnteredWithoutForm(policy), reason).await?;
    if partner.status == PartnerStatus::Approved {
        announce_approval(tx, &partner).await?;
    }
    Ok(partner)
}

/// Whether anybody of a granted partner has set a password: who has not does it when coming in.
#[expect(clippy::disallowed_methods, reason = "belongs to a granted partner")]
pub(super) async fn has_entered(tx: &Access<DatabaseTransaction>, id: PartnerId) -> Result<bool, Refusal> {
    let active =
        user::Entity::find().filter(user::Column::PartnerId.eq(id)).filter(user::Column::Status.eq(UserStatus::Active));
    Ok(active.count(tx.conn()).await? > 0)
}
