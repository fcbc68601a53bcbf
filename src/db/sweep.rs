//! Rows that are over go, without standing in anybody's way.

use crate::fault::Fault;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait,
    sea_query::{IntoCondition, LockBehavior, LockType},
};

/// Removes the rows for which `over` holds, but for those that somebody is at work on; answers how many. `key` names a
/// row.
///
/// A row that is waited for while others are held is how two transactions come to wait for each other: what is skipped
/// goes the next time.
#[expect(clippy::disallowed_methods, reason = "the hub's own housekeeping")]
pub async fn sweep<E: EntityTrait>(
    conn: &impl ConnectionTrait,
    key: E::Column,
    over: impl IntoCondition,
) -> Result<u64, Fault> {
    let rows = E::find().select_only().column(key).filter(over);
    let free = rows.lock_with_behavior(LockType::Update, LockBehavior::SkipLocked).into_query();
    Ok(E::delete_many().filter(key.in_subquery(free)).exec(conn).await?.rows_affected)
}
