//! How the queue stands, for whoever watches it.

use crate::fault::Fault;
use chrono::{DateTime, Utc};
use entity::outbox::{Column, Entity, OutboxState};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, FromQueryResult, QuerySelect,
    sea_query::{Expr, ExprTrait},
};

/// Letters by what has become of them, as far as their rows are kept.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Queue {
    /// Not tried yet, also those that found no relay.
    pub waiting: i64,
    /// Put off by the relay, or not written at the first try; tried again by themselves.
    pub deferred: i64,
    /// With a worker.
    pub sending: i64,
    /// Taken by the relay.
    pub sent: i64,
    /// Given up.
    pub failed: i64,
    /// No longer wanted.
    pub cancelled: i64,
    /// When the oldest was written that has not been tried to its end once.
    pub oldest: Option<DateTime<Utc>>,
    /// When the relay last took one.
    pub last_sent: Option<DateTime<Utc>>,
}

/// Counts all letters in one statement.
#[expect(clippy::disallowed_methods, reason = "counts of all organisations, for the operator")]
pub async fn queue(conn: &impl ConnectionTrait) -> Result<Queue, Fault> {
    let is = |state: OutboxState| Condition::all().add(Column::State.eq(state));
    let when = |those: Condition, value: Expr| -> Expr { Expr::case(those, value).into() };
    let count = |those| when(those, Expr::val(1)).count();
    let waiting = is(OutboxState::Queued).add(Column::Attempts.eq(0));
    // A claim is counted as a try when it begins.
    let first_try = is(OutboxState::Sending).add(Column::Attempts.lte(1));
    let untried = Condition::any().add(waiting.clone()).add(first_try);
    let counted = Entity::find()
        .select_only()
        .column_as(count(waiting), "waiting")
        .column_as(count(is(OutboxState::Queued).add(Column::Attempts.gt(0))), "deferred")
        .column_as(count(is(OutboxState::Sending)), "sending")
        .column_as(count(is(OutboxState::Sent)), "sent")
        .column_as(count(is(OutboxState::Failed)), "failed")
        .column_as(count(is(OutboxState::Cancelled)), "cancelled")
        .column_as(when(untried, Expr::col(Column::CreatedAt)).min(), "oldest")
        .column_as(Expr::col(Column::SentAt).max(), "last_sent")
        .into_model::<Queue>()
        .one(conn)
        .await?;
    counted.ok_or_else(|| Fault::Internal("a count has no row".into()))
}
