//! Another key of the server's: authenticators move to it, and stay what they are.
//!
//! The secret of an authenticator cannot be another one, so that beside the name of the new key stands what lies between
//! the secret and what that key makes: both look random to whoever has no key.

use super::{between, derived, secret};
use crate::{fault::Fault, hub::Hub};
use entity::{
    recovery_code,
    second_factor::{ActiveModel, Column, Entity},
};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};

/// Moves every authenticator to the key of today. What was set up before keys had names gets the name of the oldest.
/// Recovery codes stay with the key that made them: only their owner has them.
///
/// A chore, and not a step of the start: while servers are replaced one by one, those with the old key still set some up.
#[expect(clippy::disallowed_methods, reason = "the hub's own rows")]
pub async fn rekey(hub: &Hub) -> Result<(), Fault> {
    let (conn, id) = (&hub.pools.reads, hub.key.id());
    let oldest = Some(hub.key.old_id().unwrap_or_else(|| id.clone()));
    let named = ActiveModel { key_id: Set(oldest.clone()), ..Default::default() };
    Entity::update_many().set(named).filter(Column::KeyId.is_null()).exec(conn).await?;
    let named = recovery_code::ActiveModel { key_id: Set(oldest), ..Default::default() };
    recovery_code::Entity::update_many().set(named).filter(recovery_code::Column::KeyId.is_null()).exec(conn).await?;

    let Some(old) = hub.key.old_id() else { return Ok(()) };
    let mut moved = 0;
    for row in Entity::find().filter(Column::KeyId.eq(&old)).all(conn).await? {
        let (Some(secret), Some(derived)) = (secret(hub, &row), derived(hub, Some(&id), &row)) else { continue };
        let shift = Set(Some(between(&secret, &derived).into()));
        let change = ActiveModel { key_id: Set(Some(id.clone())), shift, ..Default::default() };
        // Another server may do the same, and its owner may begin anew.
        let same = Entity::update_many().set(change).filter(Column::UserId.eq(row.user_id));
        let same = same.filter(Column::KeyId.eq(&old)).filter(Column::Nonce.eq(row.nonce));
        moved += same.exec(conn).await?.rows_affected;
    }
    if moved > 0 {
        tracing::info!(moved, key = id, "authenticators have moved to the new SECRET_KEY");
    }
    Ok(())
}
