//! The row of a draft: made, replaced, removed, made again.

use super::{DraftOf, Submitted};
use crate::{
    access::Access,
    domain::form::answers,
    fault::{Fault, Refusal},
};
use entity::{
    FormId,
    form::{self, FormKind},
    form_submission::{ActiveModel, Answers, Column, Entity, Model},
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter,
    QueryOrder,
};

/// One row for each owner: made by the first who saves, replaced by the next. Of two at once, one wins.
#[expect(clippy::disallowed_methods, reason = "the draft of a granted row, guarded by its version")]
pub(super) async fn save(
    tx: &Access<DatabaseTransaction>,
    of: DraftOf,
    sent: Submitted,
    expected: Option<i32>,
) -> Result<Model, Refusal> {
    let form = pinned(tx, of.kind(), sent.form).await?;
    answers::sketch(&keys(tx, &form, &sent).await?, &sent.answers)?;
    let before = find(tx, of).await?;
    let seen = before.as_ref().map_or(0, |draft| draft.version);
    if expected.is_some_and(|expected| expected != seen) {
        return Err(Fault::Stale(seen).into());
    }
    let Some(before) = before else { return Ok(insert(tx, of, form.id, Answers(sent.answers)).await?) };
    let change = ActiveModel {
        form_id: Set(form.id),
        answers: Set(Answers(sent.answers)),
        version: Set(seen + 1),
        updated_at: Set(tx.now()),
        ..Default::default()
    };
    let saved = Entity::update_many()
        .set(change)
        .filter(Column::Id.eq(before.id))
        .filter(Column::Version.eq(seen))
        .exec_with_returning(tx.conn())
        .await?;
    saved.into_iter().next().ok_or(Refusal::Fault(Fault::Conflict))
}

async fn insert(tx: &Access<DatabaseTransaction>, of: DraftOf, form: FormId, answers: Answers) -> Result<Model, Fault> {
    let now = tx.now();
    let (partner, integration) = match of {
        DraftOf::Partner(partner) => (partner, None),
        DraftOf::Integration(integration, partner) => (partner, Some(integration)),
    };
    let row = ActiveModel {
        id: Set(tx.id()),
        form_id: Set(form),
        partner_id: Set(Some(partner)),
        integration_id: Set(integration),
        answers: Set(answers),
        is_draft: Set(true),
        submitted_at: Set(None),
        submitted_by_id: Set(None),
        submitted_from: Set(None),
        created_at: Set(now),
        updated_at: Set(now),
        version: Set(1),
    };
    Ok(row.insert(tx.conn()).await?)
}

/// The published version that a draft is pinned to; any will do.
#[expect(clippy::disallowed_methods, reason = "forms are the vendor's and have no owner among partners")]
async fn pinned(tx: &Access<DatabaseTransaction>, kind: FormKind, id: Option<FormId>) -> Result<form::Model, Fault> {
    let form = form::Entity::find_by_id(id.ok_or(Fault::NotFound)?).filter(form::Column::Kind.eq(kind));
    form.one(tx.conn()).await?.ok_or(Fault::NotFound)
}

/// The keys that answers can have: those of the version, and of all the others only if that is not enough.
#[expect(clippy::disallowed_methods, reason = "forms are the vendor's and have no owner among partners")]
async fn keys(tx: &Access<DatabaseTransaction>, form: &form::Model, sent: &Submitted) -> Result<Vec<String>, Fault> {
    let keys = |form: &form::Model| form.questions.0.iter().map(|question| question.key.clone()).collect::<Vec<_>>();
    let known = keys(form);
    if sent.answers.iter().all(|answer| known.contains(&answer.question)) {
        return Ok(known);
    }
    let all = form::Entity::find().filter(form::Column::Kind.eq(form.kind)).all(tx.conn()).await?;
    Ok(all.iter().flat_map(keys).collect())
}

#[expect(clippy::disallowed_methods, reason = "the draft of a granted row")]
pub(super) async fn find<C: ConnectionTrait>(access: &Access<C>, of: DraftOf) -> Result<Option<Model>, Fault> {
    Ok(Entity::find().filter(of.rows()).one(access.conn()).await?)
}

/// Removes the draft: the answers are final now, or nobody asks any more.
#[expect(clippy::disallowed_methods, reason = "the draft of a granted row")]
pub(in crate::domain) async fn remove(tx: &Access<DatabaseTransaction>, of: DraftOf) -> Result<(), Fault> {
    Entity::delete_many().filter(of.rows()).exec(tx.conn()).await?;
    Ok(())
}

/// Makes the last final answers the draft again: the vendor has asked for changes, or its owner takes them back.
#[expect(clippy::disallowed_methods, reason = "follows from a granted change of the owner")]
pub async fn reopen(tx: &Access<DatabaseTransaction>, of: DraftOf) -> Result<(), Fault> {
    let last = Entity::find().filter(of.finals()).order_by_desc(Column::Id).one(tx.conn()).await?;
    if let Some(last) = last {
        remove(tx, of).await?;
        insert(tx, of, last.form_id, last.answers).await?;
    }
    Ok(())
}
