//! What a tenant is called, when it runs and with which settings.

use super::said;
use crate::{
    access::{Access, Action},
    domain::{
        activity::{self, Changes},
        input::Check,
    },
    fault::{Reason, Refusal, UserError},
};
use entity::{
    TenantId,
    tenant::{ActiveModel, Column, Entity, Model},
};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};
use serde_json::Value;

/// What is to be changed; nothing said changes nothing, an empty text clears.
#[derive(Clone, Debug, Default)]
pub struct TenantChange {
    /// Its name within the integration.
    pub name: Option<String>,
    /// The customer's key in the owner's own system.
    pub customer_reference: Option<String>,
    /// A cron expression of five fields.
    pub schedule: Option<String>,
    /// A JSON object, in place of the old one.
    pub configuration: Option<Value>,
    /// Where it came from.
    pub source: Option<String>,
    /// The version that was edited.
    pub expected_version: Option<i32>,
}

/// Changes a tenant that is not put away.
pub async fn update(access: &Access, id: TenantId, change: TenantChange) -> Result<Model, Refusal> {
    access.permit(Action::ManageTenant)?;
    let mut check = Check::default();
    if let Some(name) = &change.name {
        said::name(&mut check, name);
    }
    let reference = change.customer_reference.as_deref();
    let reference = reference.map(|key| check.optional_line("customerReference", Some(key), said::LINE));
    let source = change.source.as_deref().map(|source| check.optional_line("source", Some(source), said::LINE));
    let schedule = change.schedule.as_deref().map(|schedule| said::schedule(&mut check, Some(schedule), access.now()));
    if let Some(configuration) = &change.configuration {
        said::configuration(&mut check, configuration);
    }
    check.finish()?;
    let tx = access.begin().await?;
    let before = tx.fetch::<Entity>(Action::ManageTenant, id).await?.as_seen(change.expected_version)?;
    if before.archived_at.is_some() {
        let sentence = "The tenant is archived; restore it first.";
        return Err(UserError::general(Reason::InvalidState, sentence).into());
    }
    let changed = ActiveModel {
        name: Set(change.name.unwrap_or_else(|| before.name.clone())),
        customer_reference: Set(reference.unwrap_or_else(|| before.customer_reference.clone())),
        schedule: Set(schedule.unwrap_or_else(|| before.schedule.clone())),
        configuration: Set(change.configuration.unwrap_or_else(|| before.configuration.clone())),
        source: Set(source.unwrap_or_else(|| before.source.clone())),
        updated_at: Set(tx.now()),
        version: Set(before.version + 1),
        ..Default::default()
    };
    #[expect(clippy::disallowed_methods, reason = "one granted row, guarded by the version it was read with")]
    let saved = Entity::update_many()
        .set(changed)
        .filter(Column::Id.eq(id))
        .filter(Column::Version.eq(before.version))
        .exec_with_returning(tx.conn())
        .await
        .map_err(said::taken)?;
    let Some(after) = saved.into_iter().next() else { return Err(tx.overtaken::<Entity>(id).await.into()) };
    activity::record::<Entity>(&tx, "tenant.updated", after.partner_id, id, changes(&before, &after).into()).await?;
    tx.commit().await?;
    Ok(after)
}

/// What differs. Settings may hold what is secret: the record says that they changed, not what they were.
fn changes(before: &Model, after: &Model) -> Changes {
    Changes::default()
        .note("name", &before.name, &after.name)
        .note("customerReference", &before.customer_reference, &after.customer_reference)
        .note("schedule", &before.schedule, &after.schedule)
        .note("source", &before.source, &after.source)
        .note("configurationReplaced", false, before.configuration != after.configuration)
}
