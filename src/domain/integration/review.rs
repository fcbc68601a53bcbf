//! An integration is handed in with answers and made live.

use super::lifecycle::{self, Event};
use crate::{
    access::{Access, Action},
    domain::{activity, form, notice},
    fault::{Fault, Refusal},
    outbox::Letter,
};
use entity::{IntegrationId, form::FormKind, integration, partner};
use serde_json::json;

/// Hands an integration in for review with the answers to the Integration Form; answers to an outdated version are kept
/// as the draft.
pub async fn submit(
    access: &Access,
    id: IntegrationId,
    seen: Option<i32>,
    submitted: form::Submitted,
) -> Result<integration::Model, Refusal> {
    let done = hand_in(access, id, seen, submitted.clone()).await;
    form::keep_outdated(done, form::save_integration(&access.once(None), id, submitted, None)).await
}

async fn hand_in(
    access: &Access,
    id: IntegrationId,
    seen: Option<i32>,
    submitted: form::Submitted,
) -> Result<integration::Model, Refusal> {
    let tx = access.begin().await?;
    let integration = tx.fetch::<integration::Entity>(Action::SubmitIntegration, id).await?.as_seen(seen)?;
    // Whoever may submit works for a partner, and sees nothing but its own.
    let owner = integration.partner_id.ok_or(Fault::NotFound)?;
    let integration = lifecycle::advance(&tx, integration, Event::Submitted).await?;
    let submission = form::submit(&tx, FormKind::Integration, submitted, Some(owner), Some(id)).await?;
    form::remove(&tx, form::DraftOf::Integration(id, owner)).await?;
    let data = json!({ "submission": submission.id });
    activity::record::<integration::Entity>(&tx, "integration.submitted", Some(owner), id, data).await?;
    let partner = tx.actor_may_cause().fetch::<partner::Entity>(owner).await?;
    let letter = Letter::IntegrationSubmitted { integration: integration.name.clone(), partner: partner.name.clone() };
    notice::to_vendor(&tx, letter).await?;
    tx.commit().await?;
    Ok(integration)
}

/// Makes an integration live; from then on it takes tenants.
pub async fn publish(access: &Access, id: IntegrationId, seen: Option<i32>) -> Result<integration::Model, Refusal> {
    let tx = access.begin().await?;
    let integration = tx.fetch::<integration::Entity>(Action::PublishIntegration, id).await?.as_seen(seen)?;
    let own = integration.partner_id.is_none();
    let integration = lifecycle::advance(&tx, integration, Event::Published { own }).await?;
    activity::record::<integration::Entity>(&tx, "integration.published", integration.partner_id, id, json!({}))
        .await?;
    if let Some(owner) = integration.partner_id {
        let partner = tx.actor_may_cause().fetch::<partner::Entity>(owner).await?;
        let mut told: Vec<_> =
            [partner.primary_contact_id, integration.submitted_by_id].into_iter().flatten().collect();
        told.dedup();
        for user in told {
            notice::to_user(&tx, user, Letter::IntegrationPublished { integration: integration.name.clone() }).await?;
        }
    }
    tx.commit().await?;
    Ok(integration)
}
