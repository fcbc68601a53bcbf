//! Sessions that have ended by themselves go.

use super::IDLE;
use crate::{db, fault::Fault, hub::Hub};
use entity::session::{Column, Entity};
use sea_orm::{ColumnTrait, Condition};

/// Removes the sessions that no token opens any more; those that are ended go at once.
pub async fn sweep(hub: &Hub) -> Result<(), Fault> {
    let now = hub.clock.now();
    let over = Condition::any().add(Column::ExpiresAt.lte(now)).add(Column::LastUsedAt.lte(now - IDLE));
    db::sweep::<Entity>(&hub.pools.reads, Column::Id, over).await?;
    Ok(())
}
