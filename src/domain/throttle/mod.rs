//! How often somebody may try something: a bucket per key, kept in the database, so that several servers count together.
//!
//! The generic cell rate algorithm: a row says when its bucket is full again. A use moves that moment on by the time in
//! which one use comes back, unless it is further away than the whole bucket: one statement, and no race.

mod limits;

pub use limits::{Limit, codes, invitee, inviter, inviters, login, network, resets};

use crate::{db, fault::Fault, hub::Hub};
use chrono::{DateTime, Utc};
use entity::throttle::{Column, Entity};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter, Statement,
    sea_query::{self, Expr},
};

/// Takes one use of each limit; refused, with the time to wait, if one of them has none left. What is refused takes
/// nothing: otherwise whoever is refused for long enough would use up what the owner of the account has left.
pub async fn admit(hub: &Hub, limits: &[Limit]) -> Result<(), Fault> {
    let now = hub.clock.now();
    let tx = db::begin_write(&hub.pools.writes).await?;
    let mut wait = 0;
    for limit in limits {
        wait = wait.max(take(&tx, limit, 1, now).await?);
    }
    if wait > 0 {
        tx.rollback().await?;
        return Err(Fault::Throttled { seconds: wait.unsigned_abs().div_ceil(1_000) });
    }
    Ok(tx.commit().await?)
}

/// Takes so many uses together with what the caller writes: nothing is taken unless that is committed. Answers the
/// seconds to wait if there are fewer left.
pub(crate) async fn take_with(
    tx: &DatabaseTransaction,
    limit: &Limit,
    uses: usize,
    now: DateTime<Utc>,
) -> Result<Option<u64>, Fault> {
    let wait = take(tx, limit, i64::try_from(uses).unwrap_or(i64::MAX).min(limit.burst), now).await?;
    Ok((wait > 0).then(|| wait.unsigned_abs().div_ceil(1_000)))
}

/// Takes so many uses, or all that are left: whoever had one left may do many things at once.
pub(crate) async fn drain_with(
    tx: &DatabaseTransaction,
    limit: &Limit,
    uses: usize,
    now: DateTime<Utc>,
) -> Result<Option<u64>, Fault> {
    let wait = take_with(tx, limit, 1, now).await?;
    if wait.is_none() && uses > 1 {
        let (now, step) = (now.timestamp_millis(), limit.step.num_milliseconds());
        let more = step.saturating_mul(i64::try_from(uses - 1).unwrap_or(i64::MAX));
        let empty = now + step * limit.burst;
        let sql = "UPDATE throttle SET full_at = CASE WHEN full_at + $1 > $2 THEN $2 ELSE full_at + $1 END \
                   WHERE key = $3";
        let values = [more.min(empty).into(), empty.into(), limit.key.as_str().into()];
        tx.execute_raw(Statement::from_sql_and_values(tx.get_database_backend(), sql, values)).await?;
    }
    Ok(wait)
}

/// What went well was no guess: the account begins anew, and the network has its one use back. Not all of them, or
/// whoever has one account could guess at the others. One statement for each row: two rows held at once would be held
/// in another order than [`admit`] takes them.
#[expect(clippy::disallowed_methods, reason = "the hub's own rows")]
pub async fn succeeded(hub: &Hub, [both, account, failures, network]: &[Limit; 4]) -> Result<(), Fault> {
    for limit in [both, account, failures] {
        Entity::delete_many().filter(Column::Key.eq(limit.key.as_str())).exec(&hub.pools.reads).await?;
    }
    give_back(hub, network).await
}

/// Gives the uses back that [`admit`] took: nothing was tried.
pub async fn untaken(hub: &Hub, limits: &[Limit]) -> Result<(), Fault> {
    for limit in limits {
        give_back(hub, limit).await?;
    }
    Ok(())
}

#[expect(clippy::disallowed_methods, reason = "the hub's own rows")]
async fn give_back(hub: &Hub, limit: &Limit) -> Result<(), Fault> {
    Entity::update_many()
        .col_expr(Column::FullAt, sea_query::ExprTrait::sub(Expr::col(Column::FullAt), limit.step.num_milliseconds()))
        .filter(Column::Key.eq(limit.key.as_str()))
        .exec(&hub.pools.reads)
        .await?;
    Ok(())
}

/// Removes the rows of buckets that are full.
pub async fn sweep(hub: &Hub) -> Result<(), Fault> {
    let now = hub.clock.now().timestamp_millis();
    db::sweep::<Entity>(&hub.pools.reads, Column::Key, Column::FullAt.lte(now)).await?;
    Ok(())
}

/// Answers 0, or the milliseconds until there is a use again.
async fn take(tx: &DatabaseTransaction, limit: &Limit, uses: i64, now: DateTime<Utc>) -> Result<i64, Fault> {
    let backend = tx.get_database_backend();
    let (now, step) = (now.timestamp_millis(), limit.step.num_milliseconds());
    let (taken_time, furthest) = (step * uses, now + step * (limit.burst - uses));
    let taken = "INSERT INTO throttle (key, full_at) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET full_at = \
                 CASE WHEN throttle.full_at < $3 THEN $2 ELSE throttle.full_at + $4 END \
                 WHERE throttle.full_at <= $5 RETURNING full_at";
    let values = [limit.key.as_str().into(), (now + taken_time).into(), now.into(), taken_time.into(), furthest.into()];
    if tx.query_one_raw(Statement::from_sql_and_values(backend, taken, values)).await?.is_some() {
        return Ok(0);
    }
    let full_at = "SELECT full_at FROM throttle WHERE key = $1";
    let row = tx.query_one_raw(Statement::from_sql_and_values(backend, full_at, [limit.key.as_str().into()])).await?;
    let full_at: i64 = row.map(|row| row.try_get_by(0)).transpose()?.unwrap_or(furthest);
    Ok((full_at - furthest).max(1))
}
