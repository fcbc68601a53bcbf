//! What was agreed to: by whom, which text of which version, when, and from where. Rows are added, never changed.

use super::{current, steady};
use crate::{
    access::{Access, Action, Scoped},
    db,
    domain::{activity, input::Check},
    fault::{Fault, Reason, Refusal, UserError},
    outbox::{self, Letter},
};
use entity::{
    FormId, FormSubmissionId, PartnerId,
    form::{self, FormKind, Question, QuestionKind},
    form_submission,
    partner::{self, PartnerStatus},
    terms_acceptance::{ActiveModel, Column, Entity, Model},
    user::{self, UserStatus},
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait, sea_query::LockType,
};
use serde_json::json;
use std::collections::HashMap;
use uuid::Uuid;

/// The texts that a partner is asked to agree to anew; at least one.
#[derive(Clone, Debug)]
pub struct Outstanding {
    /// The version that asks.
    pub form: form::Model,
    /// Its questions that are to be agreed to.
    pub questions: Vec<Question>,
}

/// Keeps what final answers agree to, one row for each ticked box.
pub(super) async fn keep(
    tx: &Access<DatabaseTransaction>,
    form: &form::Model,
    submission: &form_submission::Model,
) -> Result<(), Fault> {
    let answered = |question: &&Question| submission.answers.0.iter().any(|answer| answer.question == question.key);
    let agreed = form.questions.0.iter().filter(|question| question.kind == QuestionKind::Terms).filter(answered);
    insert(tx, form, agreed, submission.partner_id, Some(submission.id)).await
}

async fn insert<'a>(
    tx: &Access<DatabaseTransaction>,
    form: &form::Model,
    agreed: impl Iterator<Item = &'a Question>,
    partner: Option<PartnerId>,
    submission: Option<FormSubmissionId>,
) -> Result<(), Fault> {
    let row = |question: &Question| ActiveModel {
        id: Set(tx.id()),
        partner_id: Set(partner),
        submission_id: Set(submission),
        form_id: Set(form.id),
        form_version: Set(form.version),
        question: Set(question.key.clone()),
        url: Set(question.terms_url.clone().unwrap_or_default()),
        accepted_by_id: Set(tx.actor().user_id()),
        accepted_from: Set(tx.origin().ip.clone()),
        accepted_at: Set(tx.now()),
    };
    let rows: Vec<_> = agreed.map(row).collect();
    if !rows.is_empty() {
        Entity::insert_many(rows).exec_without_returning(tx.conn()).await?;
    }
    Ok(())
}

/// What the Partner Form asks these partners to agree to anew, in two statements whatever their number. A text is
/// outstanding if it was not agreed to since the version that asked again.
pub async fn outstanding(access: &Access, partners: &[Uuid]) -> Result<HashMap<Uuid, Outstanding>, Fault> {
    access.permit(Entity::READ)?;
    match current(access, FormKind::Partner).await? {
        Some(form) => {
            let missing = missing(access, &form, partners).await?.into_iter().filter(|(_, asked)| !asked.is_empty());
            Ok(missing.map(|(partner, questions)| (partner, Outstanding { form: form.clone(), questions })).collect())
        }
        None => Ok(HashMap::new()),
    }
}

/// The partner and the labels of the terms that a version asks it to agree to anew; `None` if it has agreed, if a later
/// version asks, or if nobody of the partner can log in: nothing that a letter would be good for.
pub async fn for_letter(
    access: &Access,
    partner: PartnerId,
    version: i32,
) -> Result<Option<(partner::Model, Vec<String>)>, Fault> {
    let partner = access.fetch::<partner::Entity>(partner::Entity::READ, partner).await?.into_inner();
    let mut outstanding = outstanding(access, &[partner.id.into()]).await?;
    let asked = outstanding.remove(&partner.id.into()).map(|outstanding| outstanding.questions).unwrap_or_default();
    let asked = asked.into_iter().filter(|question| question.since == Some(version));
    let asked: Vec<_> = asked.map(|question| question.label).collect();
    Ok((partner.status == PartnerStatus::Approved && !asked.is_empty()).then_some((partner, asked)))
}

/// Writes to the primary contact of each approved partner that this version asks for terms again.
#[expect(clippy::disallowed_methods, reason = "who is asked follows from a granted publication")]
pub(super) async fn ask_again(tx: &Access<DatabaseTransaction>, form: &form::Model) -> Result<(), Fault> {
    if form.kind != FormKind::Partner || form.questions.0.iter().all(|question| question.since != Some(form.version)) {
        return Ok(());
    }
    let contacts = partner::Entity::find()
        .select_only()
        .column(partner::Column::PrimaryContactId)
        .filter(partner::Column::Status.eq(PartnerStatus::Approved))
        .into_query();
    let told: Vec<(PartnerId, String)> = user::Entity::find()
        .select_only()
        .columns([user::Column::PartnerId, user::Column::Email])
        .filter(user::Column::Id.in_subquery(contacts))
        .filter(user::Column::PartnerId.is_not_null())
        .filter(user::Column::Status.eq(UserStatus::Active))
        .order_by_asc(user::Column::Id)
        .into_tuple()
        .all(tx.conn())
        .await?;
    let letter = |partner| Letter::TermsAskedAgain { partner, version: form.version };
    let letters = told.into_iter().map(|(partner, address)| (tx.id(), address, letter(partner)));
    outbox::enqueue_many(tx.conn(), tx.now(), letters).await
}

async fn missing<C: ConnectionTrait>(
    access: &Access<C>,
    form: &form::Model,
    partners: &[Uuid],
) -> Result<HashMap<Uuid, Vec<Question>>, Fault> {
    let asked: Vec<(&Question, i32)> =
        form.questions.0.iter().filter_map(|question| Some((question, question.since?))).collect();
    if asked.is_empty() {
        return Ok(HashMap::new());
    }
    let accepted = accepted(access, asked.iter().map(|(question, _)| question.key.as_str()), partners).await?;
    let agreed = |partner: Uuid, question: &Question, since: i32| {
        accepted.iter().any(|row| {
            row.partner_id == Some(partner.into()) && row.question == question.key && row.form_version >= since
        })
    };
    let of = |partner: &Uuid| {
        let missing = asked.iter().filter(|(question, since)| !agreed(*partner, question, *since));
        (*partner, missing.map(|(question, _)| (*question).clone()).collect())
    };
    Ok(partners.iter().map(of).collect())
}

/// What partners have agreed to in the Partner Form under these keys; other forms may have the same keys.
#[expect(clippy::disallowed_methods, reason = "forms are the vendor's and have no owner among partners")]
async fn accepted<'a, C: ConnectionTrait>(
    access: &Access<C>,
    keys: impl Iterator<Item = &'a str>,
    partners: &[Uuid],
) -> Result<Vec<Model>, Fault> {
    let forms = form::Entity::find().select_only().column(form::Column::Id);
    let forms = forms.filter(form::Column::Kind.eq(FormKind::Partner)).into_query();
    Ok(access
        .list::<Entity>()?
        .filter(db::any_of(access.conn(), Column::PartnerId, partners))
        .filter(Column::Question.is_in(keys))
        .filter(Column::FormId.in_subquery(forms))
        .all(access.conn())
        .await?)
}

/// Agrees for the actor's own partner to texts that are asked again; what is agreed to already is not kept twice.
pub async fn accept(access: &Access, form: FormId, keys: &[String]) -> Result<partner::Model, Refusal> {
    let tx = access.begin().await?;
    let partner = tx.fetch_own_partner(Action::AcceptTerms).await?;
    take_turns(&tx, partner.id).await?;
    let form = steady(&tx, FormKind::Partner).await?.filter(|current| current.id == form).ok_or_else(|| {
        UserError::at("formId", Reason::FormOutdated, "The form has a newer version. Load the outstanding terms again.")
    })?;
    check(&form, keys)?;
    let mut missing = missing(&tx, &form, &[partner.id.into()]).await?.remove(&partner.id.into()).unwrap_or_default();
    missing.retain(|question| keys.contains(&question.key));
    if !missing.is_empty() {
        insert(&tx, &form, missing.iter(), Some(partner.id), None).await?;
        let keys: Vec<_> = missing.iter().map(|question| question.key.as_str()).collect();
        let data = json!({ "form": form.id, "version": form.version, "questions": keys });
        activity::record::<partner::Entity>(&tx, "terms.accepted", Some(partner.id), partner.id, data).await?;
    }
    tx.led_to(partner::Entity::NAME, partner.id.into());
    tx.commit().await?;
    Ok(partner.into_inner())
}

/// Two admins who agree at once do it one after the other. SQLite needs no lock: the transaction is the only writer.
#[expect(clippy::disallowed_methods, reason = "a row that was just granted, locked")]
async fn take_turns(tx: &Access<DatabaseTransaction>, partner: PartnerId) -> Result<(), Fault> {
    if db::is_postgres(tx.conn()) {
        partner::Entity::find_by_id(partner).lock(LockType::NoKeyUpdate).one(tx.conn()).await?;
    }
    Ok(())
}

fn check(form: &form::Model, keys: &[String]) -> Result<(), Refusal> {
    let mut check = Check::default();
    if keys.is_empty() {
        check.fail("questions", Reason::Required, "Name at least one question.");
    }
    for (index, key) in keys.iter().enumerate() {
        let at = format!("questions.{index}");
        let is_terms = |question: &Question| question.key == *key && question.kind == QuestionKind::Terms;
        if !form.questions.0.iter().any(is_terms) {
            check.fail(&at, Reason::UnknownQuestion, "The form has no terms under this key.");
        } else if keys[..index].contains(key) {
            check.fail(&at, Reason::Invalid, "Name each question once.");
        }
    }
    check.finish()
}
