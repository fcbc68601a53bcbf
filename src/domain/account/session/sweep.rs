//! Sessions that have ended by themselves go.

use super::IDLE;
use crate::{fault::Fault, hub::Hub};
use entity::session::{Column, Entity};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter};

/// Removes the sessions that no token opens any more; those that are ended go at once.
#[expect(clippy::disallowed_methods, reason = "the hub's own housekeeping")]
pub async fn sweep(hub: &Hub) -> Result<(), Fault> {
    let now = hub.clock.now();
    let over = Condition::any().add(Column::ExpiresAt.lte(now)).add(Column::LastUsedAt.lte(now - IDLE));
    Entity::delete_many().filter(over).exec(&hub.pools.reads).await?;
    Ok(())
}
