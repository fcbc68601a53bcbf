//! The vendor publishes a version: an edit is always a new one, and what was answered stays as it was asked.

use super::{DraftOf, NewQuestion, draft, hold, newest, questions, terms};
use crate::{
    access::{Access, Action},
    domain::{account::session, activity, partner, partner::lifecycle, vendor},
    fault::{Fault, Refusal},
};
use entity::{
    form::{self, FormKind, Questions},
    partner::{self as partners, PartnerStatus},
    user::{self, UserStatus},
};
use sea_orm::{
    ActiveEnum, ActiveModelTrait, ActiveValue::Set, ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter,
    QueryOrder, QuerySelect, QueryTrait, sea_query::LockType,
};
use serde_json::json;

/// A version to be published.
#[derive(Clone, Debug)]
pub struct NewForm {
    /// Which form.
    pub kind: FormKind,
    /// What is asked from now on; none to ask nothing any more.
    pub questions: Vec<NewQuestion>,
    /// The newest version that the editor has seen.
    pub expected_version: i32,
}

/// Publishes the next version of a form. Of two editors who have seen the same version, one wins.
pub async fn publish(access: &Access, new: NewForm) -> Result<form::Model, Refusal> {
    access.permit(Action::PublishForm)?;
    let tx = access.begin().await?;
    hold(&tx, new.kind, LockType::Update).await?;
    let before = newest(&tx, new.kind).await?;
    let seen = before.as_ref().map_or(0, |before| before.version);
    if seen != new.expected_version {
        return Err(Fault::Stale(seen).into());
    }
    let asked = before.map(|before| before.questions.0).unwrap_or_default();
    let version = seen + 1;
    let questions = questions::check(new.kind, &new.questions, &asked, version)?;
    let form = form::ActiveModel {
        id: Set(tx.id()),
        kind: Set(new.kind),
        version: Set(version),
        questions: Set(Questions(questions)),
        published_at: Set(tx.now()),
        published_by_id: Set(tx.actor().user_id()),
    }
    .insert(tx.conn())
    .await?;
    let data = json!({ "kind": form.kind.to_value(), "version": form.version, "questions": form.questions.0.len() });
    activity::record::<form::Entity>(&tx, "form.published", None, form.id, data).await?;
    terms::ask_again(&tx, &form).await?;
    if form.kind == FormKind::Partner && form.questions.0.is_empty() {
        let_in_who_waits(&tx).await?;
    }
    tx.commit().await?;
    Ok(form)
}

/// Partners that wait at the form have nothing to wait for any more: those with a user who has set a password go on as
/// if there had been no form. The others do when they come.
async fn let_in_who_waits(tx: &Access<DatabaseTransaction>) -> Result<(), Refusal> {
    let policy = vendor::current(tx).await?.approval_policy;
    for waiting in waiting(tx).await? {
        let granted = tx.actor_may_cause().fetch::<partners::Entity>(waiting.id).await?;
        let moved = lifecycle::advance(tx, granted, lifecycle::Event::EnteredWithoutForm(policy), None).await?;
        draft::remove(tx, DraftOf::Partner(moved.id)).await?;
        if moved.status == PartnerStatus::Approved {
            partner::announce_approval(tx, &moved).await?;
            // An onboarding session never gains rights: its user logs in again.
            session::end_all_of_partner(tx, moved.id).await?;
        }
    }
    Ok(())
}

/// Locked, so that a form that is submitted meanwhile either comes first or finds its partner moved.
#[expect(clippy::disallowed_methods, reason = "who waits follows from a granted publication")]
async fn waiting(tx: &Access<DatabaseTransaction>) -> Result<Vec<partners::Model>, Fault> {
    let entered = user::Entity::find()
        .select_only()
        .column(user::Column::PartnerId)
        .filter(user::Column::Status.eq(UserStatus::Active))
        .filter(user::Column::PartnerId.is_not_null())
        .into_query();
    let mut rows = partners::Entity::find()
        .filter(partners::Column::Status.eq(PartnerStatus::Pending))
        .filter(partners::Column::FormSubmittedAt.is_null())
        .filter(partners::Column::Id.in_subquery(entered))
        .order_by_asc(partners::Column::Id);
    if crate::db::is_postgres(tx.conn()) {
        rows = rows.lock(LockType::NoKeyUpdate);
    }
    Ok(rows.all(tx.conn()).await?)
}
