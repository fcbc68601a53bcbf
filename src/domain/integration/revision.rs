//! An edit of a partner's integration that is live: it waits beside what is live until the vendor takes it over.

use super::content::Content;
use crate::{
    access::{Access, Scoped},
    changes::Change,
    db,
    fault::Fault,
};
use entity::{
    IntegrationId, PartnerId,
    integration::{self, IntegrationStatus},
    integration_revision::{ActiveModel, Column, Entity, Model},
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter};
use std::collections::HashMap;
use uuid::Uuid;

/// The revision of an integration that was granted.
#[expect(clippy::disallowed_methods, reason = "belongs to a granted integration")]
pub(super) async fn find(tx: &Access<DatabaseTransaction>, id: IntegrationId) -> Result<Option<Model>, Fault> {
    Ok(Entity::find_by_id(id).one(tx.conn()).await?)
}

/// Hands other content in; what waited before is replaced.
pub(super) async fn replace(
    tx: &Access<DatabaseTransaction>,
    id: IntegrationId,
    owner: PartnerId,
    content: Content,
) -> Result<(), Fault> {
    remove(tx, id).await?;
    let row = ActiveModel {
        integration_id: Set(id),
        partner_id: Set(owner),
        status: Set(IntegrationStatus::InReview),
        status_reason: Set(None),
        name: Set(content.name),
        description: Set(content.description),
        categories: Set(content.categories),
        tags: Set(content.tags),
        landing_url: Set(content.landing_url),
        external_key: Set(content.external_key),
        repository_url: Set(content.repository_url),
        repository_branch: Set(content.repository_branch),
        repository_path: Set(content.repository_path),
        submitted_at: Set(tx.now()),
        submitted_by_id: Set(tx.actor().user_id()),
    };
    row.insert(tx.conn()).await?;
    Ok(())
}

/// Sends it back to its owner.
#[expect(clippy::disallowed_methods, reason = "belongs to a granted integration")]
pub(super) async fn send_back(tx: &Access<DatabaseTransaction>, id: IntegrationId, reason: &str) -> Result<(), Fault> {
    let change = ActiveModel {
        status: Set(IntegrationStatus::ChangesRequested),
        status_reason: Set(Some(reason.to_owned())),
        ..Default::default()
    };
    Entity::update_many().set(change).filter(Column::IntegrationId.eq(id)).exec(tx.conn()).await?;
    Ok(())
}

/// Takes it away; answers whether there was one.
#[expect(clippy::disallowed_methods, reason = "belongs to a granted integration")]
pub(super) async fn remove(tx: &Access<DatabaseTransaction>, id: IntegrationId) -> Result<bool, Fault> {
    Ok(Entity::delete_by_id(id).exec(tx.conn()).await?.rows_affected == 1)
}

/// Counts an edit of a granted integration, with what is to change in its row. Of two who edit at once, one does it.
#[expect(clippy::disallowed_methods, reason = "one granted row, guarded by the version it was read with")]
pub(super) async fn save(
    tx: &Access<DatabaseTransaction>,
    row: &integration::Model,
    change: integration::ActiveModel,
) -> Result<integration::Model, Fault> {
    let change = integration::ActiveModel { updated_at: Set(tx.now()), version: Set(row.version + 1), ..change };
    let saved = integration::Entity::update_many()
        .set(change)
        .filter(integration::Column::Id.eq(row.id))
        .filter(integration::Column::Version.eq(row.version))
        .exec_with_returning(tx.conn())
        .await?;
    tx.announce(Change::Integration(row.id, row.partner_id));
    match saved.into_iter().next() {
        Some(saved) => Ok(saved),
        None => Err(tx.overtaken::<integration::Entity>(row.id).await),
    }
}

/// What waits beside each of these integrations, in one statement.
#[expect(clippy::disallowed_methods, reason = "narrowed to what the actor reaches by the integration's own scope")]
pub async fn of_integrations(access: &Access, ids: &[Uuid]) -> Result<HashMap<Uuid, Model>, Fault> {
    let seen: Vec<Uuid> = access
        .list::<integration::Entity>()?
        .filter(db::any_of(access.conn(), integration::Entity::id_column(), ids))
        .all(access.conn())
        .await?
        .into_iter()
        .map(|row| row.id.0)
        .collect();
    let rows = Entity::find().filter(db::any_of(access.conn(), Column::IntegrationId, &seen));
    Ok(rows.all(access.conn()).await?.into_iter().map(|row| (row.integration_id.0, row)).collect())
}
