//! Rows that have done their work go after a while.

use crate::fault::Fault;
use chrono::{DateTime, TimeDelta, Utc};
use entity::outbox::{Column, Entity, OutboxState};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter};

/// How long a letter's row is kept once it has left, or is no longer wanted.
const DONE: TimeDelta = TimeDelta::days(30);
/// How long one that was given up is kept, for the operator to look at or to queue again.
const FAILED: TimeDelta = TimeDelta::days(90);

/// Removes old rows; answers how many.
#[expect(clippy::disallowed_methods, reason = "the hub's own rows")]
pub async fn sweep(conn: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<u64, Fault> {
    let old = |states: &[OutboxState], age: TimeDelta| {
        Condition::all().add(Column::State.is_in(states.to_vec())).add(Column::CreatedAt.lt(now - age))
    };
    let gone = Entity::delete_many().filter(
        Condition::any()
            .add(old(&[OutboxState::Sent, OutboxState::Cancelled], DONE))
            .add(old(&[OutboxState::Failed], FAILED)),
    );
    Ok(gone.exec(conn).await?.rows_affected)
}
