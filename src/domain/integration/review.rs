//! What the vendor does with an integration: publishes it, sends it back, takes it down, puts it away.

use super::{
    comment::{self, NewComment},
    content::Content,
    lifecycle::{self, Event},
    revision,
};
use crate::{
    access::{Access, Action},
    domain::{
        activity, form,
        input::{Check, TEXT},
        notice,
    },
    fault::{Fault, Reason, Refusal, UserError},
    outbox::Letter,
};
use entity::{
    IntegrationId, UserId,
    integration::{self, IntegrationStatus, Model},
    partner,
};
use sea_orm::DatabaseTransaction;
use serde_json::json;

/// Makes an integration live, or what its owner wants to change of one that is.
pub async fn publish(access: &Access, id: IntegrationId, seen: Option<i32>) -> Result<Model, Refusal> {
    let tx = access.begin().await?;
    let row = tx.fetch::<integration::Entity>(Action::ReviewIntegration, id).await?.as_seen(seen)?;
    let waiting = revision::find(&tx, id).await?.filter(|_| row.status == IntegrationStatus::Published);
    let (after, submitter) = match waiting {
        Some(waiting) if waiting.status == IntegrationStatus::InReview => {
            revision::remove(&tx, id).await?;
            let submitter = waiting.submitted_by_id;
            (revision::save(&tx, &row, Content::from(waiting).into()).await?, submitter)
        }
        Some(_) => return Err(waits_for_owner()),
        None => {
            let own = row.partner_id.is_none();
            let after = lifecycle::advance(&tx, row, Event::Published { own }, None).await?;
            let submitter = after.submitted_by_id;
            (after, submitter)
        }
    };
    activity::record::<integration::Entity>(&tx, "integration.published", after.partner_id, id, json!({})).await?;
    tell(&tx, &after, submitter, Letter::IntegrationPublished { integration: after.name.clone(), id: Some(after.id) })
        .await?;
    tx.commit().await?;
    Ok(after)
}

/// Sends an integration back, or the revision of one that is live, with what is to be changed.
pub async fn request_changes(
    access: &Access,
    id: IntegrationId,
    reason: &str,
    comments: Vec<NewComment>,
    seen: Option<i32>,
) -> Result<Model, Refusal> {
    access.permit(Action::ReviewIntegration)?;
    let mut check = Check::default();
    let reason = check.optional_text("reason", Some(reason), TEXT).unwrap_or_default();
    if reason.is_empty() {
        check.fail("reason", Reason::Blank, "Say what is to be changed: the partner is told in these words.");
    }
    let comments = comment::checked(&mut check, comments);
    check.finish()?;
    let tx = access.begin().await?;
    let row = tx.fetch::<integration::Entity>(Action::ReviewIntegration, id).await?.as_seen(seen)?;
    let waiting = revision::find(&tx, id).await?.filter(|_| row.status == IntegrationStatus::Published);
    let (after, submitter) = match waiting {
        Some(waiting) if waiting.status == IntegrationStatus::InReview => {
            revision::send_back(&tx, id, &reason).await?;
            (revision::save(&tx, &row, integration::ActiveModel::default()).await?, waiting.submitted_by_id)
        }
        Some(_) => return Err(waits_for_owner()),
        None => {
            let after = lifecycle::advance(&tx, row, Event::ChangesRequested, Some(reason.clone())).await?;
            if let Some(owner) = after.partner_id {
                form::reopen(&tx, form::DraftOf::Integration(id, owner)).await?;
            }
            let submitter = after.submitted_by_id;
            (after, submitter)
        }
    };
    let count = comments.len();
    comment::insert_all(&tx, &after, comments).await?;
    let data = json!({ "reason": reason, "comments": count });
    activity::record::<integration::Entity>(&tx, "integration.changes_requested", after.partner_id, id, data).await?;
    let (id, integration) = (Some(after.id), after.name.clone());
    let letter = Letter::IntegrationChangesRequested { integration, reason, comments: count, id };
    tell(&tx, &after, submitter, letter).await?;
    tx.commit().await?;
    Ok(after)
}

/// Takes an integration down: it is a draft again, with what its owner wanted to change.
pub async fn unpublish(
    access: &Access,
    id: IntegrationId,
    reason: Option<&str>,
    seen: Option<i32>,
) -> Result<Model, Refusal> {
    access.permit(Action::ReviewIntegration)?;
    let mut check = Check::default();
    let reason = check.optional_text("reason", reason, TEXT);
    check.finish()?;
    let tx = access.begin().await?;
    let row = tx.fetch::<integration::Entity>(Action::ReviewIntegration, id).await?.as_seen(seen)?;
    let mut after = lifecycle::advance(&tx, row, Event::Unpublished, reason.clone()).await?;
    if let Some(waiting) = revision::find(&tx, id).await? {
        revision::remove(&tx, id).await?;
        after = revision::save(&tx, &after, Content::from(waiting).into()).await?;
    }
    if let Some(owner) = after.partner_id {
        form::reopen(&tx, form::DraftOf::Integration(id, owner)).await?;
    }
    let data = json!({ "reason": reason });
    activity::record::<integration::Entity>(&tx, "integration.unpublished", after.partner_id, id, data).await?;
    let letter = Letter::IntegrationUnpublished { integration: after.name.clone(), reason, id: Some(after.id) };
    tell(&tx, &after, after.submitted_by_id, letter).await?;
    tx.commit().await?;
    Ok(after)
}

/// Puts an integration away: the vendor any, its owner one that is not live.
pub async fn archive(access: &Access, id: IntegrationId, seen: Option<i32>) -> Result<Model, Refusal> {
    let tx = access.begin().await?;
    let row = tx.fetch::<integration::Entity>(Action::ArchiveIntegration, id).await?.as_seen(seen)?;
    if row.status == IntegrationStatus::Published && tx.permit(Action::ReviewIntegration).is_err() {
        let sentence = "It is live. Ask the vendor to unpublish it first.";
        return Err(UserError::general(Reason::InvalidState, sentence).into());
    }
    revision::remove(&tx, id).await?;
    let after = lifecycle::advance(&tx, row, Event::Archived, None).await?;
    if let Some(owner) = after.partner_id {
        form::remove(&tx, form::DraftOf::Integration(id, owner)).await?;
    }
    activity::record::<integration::Entity>(&tx, "integration.archived", after.partner_id, id, json!({})).await?;
    tx.commit().await?;
    Ok(after)
}

/// Writes to the owner's primary contact and to whoever handed it in; nobody gets two, whoever has
/// left gets none, and the vendor none about its own.
async fn tell(
    tx: &Access<DatabaseTransaction>,
    row: &Model,
    submitter: Option<UserId>,
    letter: Letter,
) -> Result<(), Fault> {
    let Some(owner) = row.partner_id else { return Ok(()) };
    let partner = tx.actor_may_cause().fetch::<partner::Entity>(owner).await?;
    let mut told: Vec<_> = [partner.primary_contact_id, submitter].into_iter().flatten().collect();
    told.dedup();
    for id in told {
        notice::to_user(tx, id, letter.clone()).await?;
    }
    Ok(())
}

fn waits_for_owner() -> Refusal {
    let sentence = "The change was sent back to its owner, and has not been handed in again.";
    UserError::general(Reason::InvalidState, sentence).into()
}
