//! A tenant is added, paused, to a published integration.

use super::said;
use crate::{
    access::{Access, Action},
    domain::{activity, input::Check},
    fault::{Fault, Reason, Refusal, UserError},
};
use entity::{
    IntegrationId, TenantId,
    integration::{self, IntegrationStatus},
    tenant,
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ConnectionTrait, EntityTrait, QuerySelect};
use serde_json::{Value, json};

/// What is said of a new tenant.
#[derive(Clone, Debug)]
pub struct NewTenant {
    /// What is installed.
    pub integration: IntegrationId,
    /// Its name within the integration.
    pub name: String,
    /// The customer's key in the owner's own system.
    pub customer_reference: Option<String>,
    /// A cron expression of five fields.
    pub schedule: Option<String>,
    /// A JSON object.
    pub configuration: Option<Value>,
    /// Where it came from.
    pub source: Option<String>,
}

/// Adds a tenant, paused, to a published integration.
pub async fn create(access: &Access, new: NewTenant) -> Result<tenant::Model, Refusal> {
    access.permit(Action::CreateTenant)?;
    let mut check = Check::default();
    said::name(&mut check, &new.name);
    let customer_reference = check.optional_line("customerReference", new.customer_reference.as_deref(), said::LINE);
    let source = check.optional_line("source", new.source.as_deref(), said::LINE);
    let schedule = said::schedule(&mut check, new.schedule.as_deref());
    let configuration = new.configuration.unwrap_or_else(|| json!({}));
    said::configuration(&mut check, &configuration);
    check.finish()?;

    let tx = access.begin().await?;
    let integration = tx.fetch::<integration::Entity>(Action::CreateTenant, new.integration).await?;
    // The vendor sees every integration and installs its own.
    if integration.partner_id != tx.actor().organization()? {
        return Err(Fault::Forbidden.into());
    }
    let live = still_published(&tx, integration.id).await?;
    if !live {
        let sentence = "Only a published integration takes new tenants.";
        return Err(UserError::at("integrationId", Reason::InvalidState, sentence).into());
    }
    let now = tx.now();
    let row = tenant::ActiveModel {
        id: Set(tx.id::<TenantId>()),
        integration_id: Set(integration.id),
        partner_id: Set(integration.partner_id),
        name: Set(new.name),
        customer_reference: Set(customer_reference),
        paused: Set(true),
        archived_at: Set(None),
        schedule: Set(schedule),
        configuration: Set(configuration),
        source: Set(source),
        version: Set(1),
        created_at: Set(now),
        updated_at: Set(now),
    };
    let tenant = row.insert(tx.conn()).await.map_err(said::taken)?;
    let data = json!({ "name": tenant.name });
    activity::record::<tenant::Entity>(&tx, "tenant.created", tenant.partner_id, tenant.id, data).await?;
    tx.commit().await?;
    Ok(tenant)
}

/// Reads the status under a shared lock, so that it cannot be unpublished before the tenant's row is there. SQLite
/// needs none: the transaction is the only writer.
#[expect(clippy::disallowed_methods, reason = "a row that was just granted, read once more under a lock")]
async fn still_published<C: ConnectionTrait>(access: &Access<C>, id: IntegrationId) -> Result<bool, Fault> {
    let mut row = integration::Entity::find_by_id(id);
    if crate::db::is_postgres(access.conn()) {
        row = row.lock_shared();
    }
    Ok(row.one(access.conn()).await?.is_some_and(|row| row.status == IntegrationStatus::Published))
}
