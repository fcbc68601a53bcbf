//! Taking due rows: by lease, so that no connection is held while a relay takes its time.

use crate::{
    db::{self, Pools},
    fault::Fault,
};
use chrono::{DateTime, TimeDelta, Utc};
use entity::outbox::{ActiveModel, Column, Entity, Model, OutboxState};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, ExprTrait, LockBehavior, LockType},
};
use uuid::Uuid;

/// How long a claim holds if its worker dies.
const LEASE: TimeDelta = TimeDelta::seconds(120);

/// Takes up to `most` due rows for one worker and commits before anything is sent. A row whose worker died is due
/// again when its lease ends.
#[expect(clippy::disallowed_methods, reason = "the worker serves every organisation; letters are shown to nobody")]
pub async fn claim(pools: &Pools, now: DateTime<Utc>, lease: Uuid, most: u64) -> Result<Vec<Model>, Fault> {
    let due = Condition::any()
        .add(all(Column::State.eq(OutboxState::Queued), Column::NextAt.lte(now)))
        .add(all(Column::State.eq(OutboxState::Sending), Column::LeaseUntil.lt(now)));
    let waiting = || Entity::find().filter(due.clone());
    // An idle worker looks without taking SQLite's write lock.
    let first = waiting().select_only().column(Column::Id).limit(1);
    if first.into_tuple::<Uuid>().one(&pools.reads).await?.is_none() {
        return Ok(Vec::new());
    }
    let tx = db::begin_write(&pools.writes).await?;
    let mut rows = waiting().order_by_asc(Column::NextAt).order_by_asc(Column::Id).limit(most);
    if db::is_postgres(&tx) {
        rows = rows.lock_with_behavior(LockType::Update, LockBehavior::SkipLocked);
    }
    let mut claimed = rows.all(&tx).await?;
    Entity::update_many()
        .set(ActiveModel {
            state: Set(OutboxState::Sending),
            lease_until: Set(Some(now + LEASE)),
            lease_id: Set(Some(lease)),
            ..Default::default()
        })
        .col_expr(Column::Attempts, Expr::col(Column::Attempts).add(1))
        .filter(Column::Id.is_in(claimed.iter().map(|row| row.id)))
        .exec(&tx)
        .await?;
    tx.commit().await?;
    for row in &mut claimed {
        row.attempts += 1;
        row.lease_id = Some(lease);
    }
    Ok(claimed)
}

fn all(state: Expr, time: Expr) -> Condition {
    Condition::all().add(state).add(time)
}
