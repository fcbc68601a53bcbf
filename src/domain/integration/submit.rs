//! What its owner does with an integration: hands it in, takes it back, throws a draft away.

use super::{
    comment,
    lifecycle::{self, Event, refused},
    revision,
};
use crate::{
    access::{Access, Action},
    domain::{activity, form, notice},
    fault::{Fault, Reason, Refusal, UserError},
    outbox::Letter,
};
use entity::{
    IntegrationId, PartnerId,
    form::FormKind,
    integration::{self, IntegrationStatus, Model},
    partner,
};
use sea_orm::{DatabaseTransaction, EntityTrait};
use serde_json::json;

/// Hands an integration in for review with the answers to the Integration Form; answers to an outdated version are kept
/// as the draft.
pub async fn submit(
    access: &Access,
    id: IntegrationId,
    seen: Option<i32>,
    submitted: form::Submitted,
) -> Result<Model, Refusal> {
    let done = hand_in(access, id, seen, submitted.clone()).await;
    form::keep_outdated(done, form::save_integration(&access.once(None), id, submitted, None)).await
}

async fn hand_in(
    access: &Access,
    id: IntegrationId,
    seen: Option<i32>,
    submitted: form::Submitted,
) -> Result<Model, Refusal> {
    let tx = access.begin().await?;
    let integration = tx.fetch::<integration::Entity>(Action::SubmitIntegration, id).await?.as_seen(seen)?;
    // Whoever may submit works for a partner, and sees nothing but its own.
    let owner = integration.partner_id.ok_or(Fault::NotFound)?;
    let again = integration.status == IntegrationStatus::ChangesRequested;
    let integration = lifecycle::advance(&tx, integration, Event::Submitted, None).await?;
    let submission = form::submit(&tx, FormKind::Integration, submitted, Some(owner), Some(id)).await?;
    form::remove(&tx, form::DraftOf::Integration(id, owner)).await?;
    let event = if again { "integration.resubmitted" } else { "integration.submitted" };
    let data = json!({ "submission": submission.id });
    activity::record::<integration::Entity>(&tx, event, Some(owner), id, data).await?;
    tell_vendor(&tx, owner, &integration).await?;
    tx.commit().await?;
    Ok(integration)
}

/// The vendor has something to look at.
pub(super) async fn tell_vendor(
    tx: &Access<DatabaseTransaction>,
    owner: PartnerId,
    integration: &Model,
) -> Result<(), Fault> {
    let partner = tx.actor_may_cause().fetch::<partner::Entity>(owner).await?.name.clone();
    let (id, integration) = (Some(integration.id), integration.name.clone());
    notice::to_vendor(tx, Letter::IntegrationSubmitted { integration, partner, id }).await
}

/// Takes back what waits for the vendor: the integration, whose answers are the draft again, or the revision of one that
/// is live.
pub async fn withdraw(access: &Access, id: IntegrationId, seen: Option<i32>) -> Result<Model, Refusal> {
    let tx = access.begin().await?;
    let row = tx.fetch::<integration::Entity>(Action::SubmitIntegration, id).await?.as_seen(seen)?;
    let owner = row.partner_id.ok_or(Fault::NotFound)?;
    let after = if row.status == IntegrationStatus::Published {
        if !revision::remove(&tx, id).await? {
            return Err(refused(row.status));
        }
        revision::save(&tx, &row, integration::ActiveModel::default()).await?
    } else {
        let after = lifecycle::advance(&tx, row, Event::Withdrawn, None).await?;
        form::reopen(&tx, form::DraftOf::Integration(id, owner)).await?;
        after
    };
    activity::record::<integration::Entity>(&tx, "integration.withdrawn", Some(owner), id, json!({})).await?;
    tx.commit().await?;
    Ok(after)
}

/// Throws a draft away that nobody was ever shown.
#[expect(clippy::disallowed_methods, reason = "one granted row of the actor's own organisation")]
pub async fn delete(access: &Access, id: IntegrationId, seen: Option<i32>) -> Result<Model, Refusal> {
    let tx = access.begin().await?;
    let row = tx.fetch::<integration::Entity>(Action::EditIntegration, id).await?.as_seen(seen)?;
    if row.partner_id != tx.actor().organization()? {
        return Err(Fault::Forbidden.into());
    }
    if !lifecycle::may_delete(&row) {
        let sentence = "Only a draft that was never submitted or published can be deleted. Archive it instead.";
        return Err(UserError::general(Reason::InvalidState, sentence).into());
    }
    // Counts as an edit, so that of two at once one does it.
    let row = revision::save(&tx, &row, integration::ActiveModel::default()).await?;
    if let Some(owner) = row.partner_id {
        form::remove(&tx, form::DraftOf::Integration(id, owner)).await?;
    }
    comment::remove_all(&tx, id).await?;
    integration::Entity::delete_by_id(id).exec(tx.conn()).await?;
    let data = json!({ "name": row.name });
    activity::record::<integration::Entity>(&tx, "integration.deleted", row.partner_id, id, data).await?;
    tx.commit().await?;
    Ok(row)
}
