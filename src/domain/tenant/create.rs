//! A tenant is added, paused, to a published integration.

use super::said;
use crate::{
    access::{Access, Action},
    domain::{activity, input::Check},
    fault::{Fault, Reason, Refusal, UserError},
};
use chrono::{DateTime, Utc};
use entity::{
    IntegrationId, PartnerId, TenantId,
    integration::{self, IntegrationStatus},
    tenant,
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ConnectionTrait, DatabaseTransaction, EntityTrait, QuerySelect};
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

/// A new tenant whose fields have been checked.
#[derive(Clone, Debug)]
pub(super) struct Checked {
    pub(super) integration: IntegrationId,
    pub(super) name: String,
    customer_reference: Option<String>,
    schedule: Option<String>,
    configuration: Value,
    source: Option<String>,
}

impl Checked {
    /// Checks the fields.
    pub(super) fn of(check: &mut Check, new: NewTenant, now: DateTime<Utc>) -> Self {
        said::name(check, &new.name);
        let configuration = new.configuration.unwrap_or_else(|| json!({}));
        said::configuration(check, &configuration);
        let reference = new.customer_reference.as_deref();
        Self {
            integration: new.integration,
            name: new.name,
            customer_reference: check.optional_line("customerReference", reference, said::LINE),
            schedule: said::schedule(check, new.schedule.as_deref(), now),
            configuration,
            source: check.optional_line("source", new.source.as_deref(), said::LINE),
        }
    }

    /// The row of a tenant whose integration is its owner's.
    pub(super) fn row(self, tx: &Access<DatabaseTransaction>, owner: Option<PartnerId>) -> tenant::ActiveModel {
        let now = tx.now();
        tenant::ActiveModel {
            id: Set(tx.id::<TenantId>()),
            integration_id: Set(self.integration),
            partner_id: Set(owner),
            name: Set(self.name),
            customer_reference: Set(self.customer_reference),
            paused: Set(true),
            archived_at: Set(None),
            schedule: Set(self.schedule),
            configuration: Set(self.configuration),
            source: Set(self.source),
            version: Set(1),
            created_at: Set(now),
            updated_at: Set(now),
        }
    }
}

/// Adds a tenant, paused, to a published integration: a partner to its own, the vendor to any. It is its
/// integration's owner's, whoever adds it.
pub async fn create(access: &Access, new: NewTenant) -> Result<tenant::Model, Refusal> {
    access.permit(Action::CreateTenant)?;
    let mut check = Check::default();
    let new = Checked::of(&mut check, new, access.now());
    check.finish()?;

    let tx = access.begin().await?;
    let integration = tx.fetch::<integration::Entity>(Action::CreateTenant, new.integration).await?;
    let live = still_published(&tx, integration.id).await?;
    if !live {
        let sentence = "Only a published integration takes new tenants.";
        return Err(UserError::at("integrationId", Reason::InvalidState, sentence).into());
    }
    let tenant = new.row(&tx, integration.partner_id).insert(tx.conn()).await.map_err(said::taken)?;
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
