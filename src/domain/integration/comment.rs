//! Remarks about an integration, by its reviewers and its owner, beside the field that they are about.

use super::lifecycle::refused;
use crate::{
    access::{Access, Action, Granted},
    changes::Change,
    domain::{
        activity, form,
        input::{Check, TEXT},
    },
    fault::{Fault, Reason, Refusal, UserError},
};
use entity::{
    IntegrationId, ReviewCommentId,
    integration::{self, IntegrationStatus},
    review_comment::{self, ActiveModel, Column, Entity, Model},
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter};
use serde_json::json;

/// The most remarks of one call.
const COMMENTS: usize = 50;
/// The fields of an integration that a remark can be pinned to.
const FIELDS: [&str; 7] = ["name", "description", "categories", "tags", "landingUrl", "externalKey", "repository"];

/// A remark to be made.
#[derive(Clone, Debug)]
pub struct NewComment {
    /// A field of the integration, or the key of a question; the whole when not said.
    pub field: Option<String>,
    /// What is to be said.
    pub text: String,
}

/// Checks what is said, and where.
pub(super) fn checked(check: &mut Check, comments: Vec<NewComment>) -> Vec<NewComment> {
    if comments.len() > COMMENTS {
        check.fail("comments", Reason::TooLong, format!("Make at most {COMMENTS} comments."));
        return Vec::new();
    }
    let each = comments.into_iter().enumerate();
    each.map(|(place, comment)| one(check, &format!("comments.{place}."), comment)).collect()
}

fn one(check: &mut Check, at: &str, comment: NewComment) -> NewComment {
    let text = check.optional_text(&format!("{at}text"), Some(&comment.text), TEXT).unwrap_or_default();
    if text.is_empty() {
        check.fail(&format!("{at}text"), Reason::Blank, "Say something.");
    }
    NewComment { field: comment.field.filter(|field| !field.is_empty()), text }
}

/// Checks that each field is there: one of the integration, or a question that it has answered or is asked now.
async fn pinned(
    tx: &Access<DatabaseTransaction>,
    id: IntegrationId,
    comments: &[(String, &NewComment)],
) -> Result<(), Refusal> {
    let fields = comments.iter().filter_map(|(at, comment)| Some((at, comment.field.as_deref()?)));
    let others: Vec<_> = fields.filter(|(_, field)| !FIELDS.contains(field)).collect();
    if others.is_empty() {
        return Ok(());
    }
    let keys = form::keys_of(tx, id).await?;
    let mut check = Check::default();
    for (at, _) in others.into_iter().filter(|(_, field)| !keys.iter().any(|key| key == field)) {
        let sentence = format!("Name one of {}, or the key of a question.", FIELDS.join(", "));
        check.fail(&format!("{at}field"), Reason::Invalid, sentence);
    }
    check.finish()
}

/// Makes the remarks of a review; what is wrong with one is told at its place.
pub(super) async fn insert_all(
    tx: &Access<DatabaseTransaction>,
    integration: &integration::Model,
    comments: Vec<NewComment>,
) -> Result<(), Refusal> {
    let placed = comments.iter().enumerate().map(|(place, comment)| (format!("comments.{place}."), comment));
    pinned(tx, integration.id, &placed.collect::<Vec<_>>()).await?;
    for comment in comments {
        insert(tx, integration, comment).await?;
    }
    Ok(())
}

/// Makes a remark: the vendor's staff about any integration, a partner's users about their own.
pub async fn add(access: &Access, id: IntegrationId, comment: NewComment) -> Result<Model, Refusal> {
    access.permit(Action::CommentIntegration)?;
    let mut check = Check::default();
    let comment = one(&mut check, "", comment);
    check.finish()?;
    let tx = access.begin().await?;
    let integration = tx.fetch::<integration::Entity>(Action::CommentIntegration, id).await?;
    if integration.status == IntegrationStatus::Archived {
        return Err(refused(integration.status));
    }
    pinned(&tx, id, &[(String::new(), &comment)]).await?;
    let made = insert(&tx, &integration, comment).await?;
    tx.announce(Change::Integration(integration.id, integration.partner_id));
    let data = json!({ "field": made.field });
    activity::record::<integration::Entity>(&tx, "integration.commented", integration.partner_id, id, data).await?;
    tx.led_to(<Entity as crate::access::Scoped>::NAME, made.id.0);
    tx.commit().await?;
    Ok(made)
}

async fn insert(
    tx: &Access<DatabaseTransaction>,
    integration: &integration::Model,
    comment: NewComment,
) -> Result<Model, Fault> {
    let row = ActiveModel {
        id: Set(tx.id()),
        integration_id: Set(integration.id),
        partner_id: Set(integration.partner_id),
        author_id: Set(tx.actor().user_id()),
        key_id: Set(tx.actor().key_id()),
        field: Set(comment.field),
        text: Set(comment.text),
        resolved_at: Set(None),
        resolved_by_id: Set(None),
        created_at: Set(tx.now()),
    };
    Ok(row.insert(tx.conn()).await?)
}

/// Ticks a remark off.
#[expect(clippy::disallowed_methods, reason = "a granted row, unless somebody else has ticked it off")]
pub async fn resolve(access: &Access, id: ReviewCommentId) -> Result<Model, Refusal> {
    let tx = access.begin().await?;
    let comment: Granted<Model> = tx.fetch::<Entity>(Action::CommentIntegration, id).await?;
    let done = ActiveModel {
        resolved_at: Set(Some(tx.now())),
        resolved_by_id: Set(tx.actor().user_id()),
        ..Default::default()
    };
    let open = Entity::update_many().set(done).filter(Column::Id.eq(id)).filter(Column::ResolvedAt.is_null());
    let Some(after) = open.exec_with_returning(tx.conn()).await?.into_iter().next() else {
        return Err(UserError::general(Reason::InvalidState, "This has been ticked off already.").into());
    };
    tx.announce(Change::Integration(comment.integration_id, comment.partner_id));
    let data = json!({ "field": comment.field });
    let (owner, about) = (comment.partner_id, comment.integration_id);
    activity::record::<integration::Entity>(&tx, "integration.comment_resolved", owner, about, data).await?;
    tx.led_to(<Entity as crate::access::Scoped>::NAME, id.0);
    tx.commit().await?;
    Ok(after)
}

/// Takes all away, together with the integration.
#[expect(clippy::disallowed_methods, reason = "belongs to a granted integration")]
pub(super) async fn remove_all(tx: &Access<DatabaseTransaction>, id: IntegrationId) -> Result<(), Fault> {
    review_comment::Entity::delete_many().filter(Column::IntegrationId.eq(id)).exec(tx.conn()).await?;
    Ok(())
}
