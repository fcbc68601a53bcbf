//! Rows that have done their work go after a while.

use crate::{db, fault::Fault};
use chrono::{DateTime, TimeDelta, Utc};
use entity::outbox::{Column, Entity, OutboxState};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait};

/// How long a letter's row is kept once it has left, or is no longer wanted.
const DONE: TimeDelta = TimeDelta::days(30);
/// How long one that was given up is kept, for the operator to look at or to queue again.
const FAILED: TimeDelta = TimeDelta::days(90);

/// Removes old rows; answers how many.
pub async fn sweep(conn: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<u64, Fault> {
    let old = |states: &[OutboxState], age: TimeDelta| {
        Condition::all().add(Column::State.is_in(states.to_vec())).add(Column::CreatedAt.lt(now - age))
    };
    let over = Condition::any()
        .add(old(&[OutboxState::Sent, OutboxState::Cancelled], DONE))
        .add(old(&[OutboxState::Failed], FAILED));
    db::sweep::<Entity>(conn, Column::Id, over).await
}
