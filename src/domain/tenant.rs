//! Tenants: one customer's installation of one published integration.

use crate::{
    access::{Access, Action},
    domain::{activity, input::Check},
    fault::{Fault, Reason, Refusal, UserError, is_taken},
};
use entity::{
    IntegrationId, TenantId,
    integration::{self, IntegrationStatus},
    tenant,
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ConnectionTrait, EntityTrait, QuerySelect};
use serde_json::{Value, json};
use std::str::FromStr;

/// The most bytes of a configuration as JSON.
const CONFIGURATION: usize = 16 * 1024;

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
    if !is_name(&new.name) {
        let sentence = "Use 1 to 63 lower-case letters, digits and -, with no - at either end.";
        check.fail("name", Reason::Invalid, sentence);
    }
    let customer_reference = check.optional_line("customerReference", new.customer_reference.as_deref(), 200);
    let source = check.optional_line("source", new.source.as_deref(), 200);
    let schedule = check.optional_line("schedule", new.schedule.as_deref(), 100);
    if schedule.as_deref().is_some_and(|schedule| !is_cron(schedule)) {
        let sentence = "Use a cron expression of five fields, like 30 4 * * 1-5 for half past four on weekdays.";
        check.fail("schedule", Reason::Invalid, sentence);
    }
    let configuration = new.configuration.unwrap_or_else(|| json!({}));
    if !configuration.is_object() {
        check.fail("configuration", Reason::Invalid, "Use a JSON object.");
    } else if has_nul(&configuration) {
        check.fail("configuration", Reason::Invalid, "Remove NUL characters.");
    } else if configuration.to_string().len() > CONFIGURATION {
        check.fail("configuration", Reason::TooLong, "Use at most 16 KiB of JSON.");
    }
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
    let tenant = match row.insert(tx.conn()).await {
        Err(error) if is_taken(&error) => {
            let sentence = "The integration already has a tenant of this name.";
            return Err(UserError::at("name", Reason::Taken, sentence).into());
        }
        other => other?,
    };
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

fn is_name(name: &str) -> bool {
    (1..=63).contains(&name.len())
        && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        && !name.starts_with('-')
        && !name.ends_with('-')
}

/// PostgreSQL cannot keep a NUL inside JSON.
fn has_nul(value: &Value) -> bool {
    match value {
        Value::String(text) => text.contains('\0'),
        Value::Array(values) => values.iter().any(has_nul),
        Value::Object(fields) => fields.iter().any(|(name, value)| name.contains('\0') || has_nul(value)),
        _ => false,
    }
}

/// Five fields as in crontab(5): 0 and 7 are Sunday.
fn is_cron(schedule: &str) -> bool {
    schedule.split_whitespace().count() == 5 && croner::Cron::from_str(schedule).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_schedules_are_checked() {
        assert!(is_name("acme-eu1") && is_name("a") && is_name(&"a".repeat(63)));
        assert!(!is_name("") && !is_name("-a") && !is_name("a-") && !is_name("Acme") && !is_name(&"a".repeat(64)));
        assert!(is_cron("30 4 * * 1-5") && is_cron("0 0 * * 0") && is_cron("*/5 8-18 1,15 * MON"));
        assert!(!is_cron("0 30 4 * * 1-5") && !is_cron("61 * * * *") && !is_cron("daily"));
    }
}
