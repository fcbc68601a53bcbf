//! How often somebody may try something: a bucket per key, kept in the database, so that several servers count together.
//!
//! The generic cell rate algorithm: a row says when its bucket is full again. A use moves that moment on by the time in
//! which one use comes back, unless it is further away than the whole bucket: one statement, and no race.

mod limits;

pub use limits::{Limit, addresses, codes, device, invitee, inviter, inviters, login, network, network_of, resets};

use crate::{db, fault::Fault, hub::Hub};
use chrono::{DateTime, Utc};
use entity::throttle::{Column, Entity};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryResult, Statement, Value,
    sea_query::{self, Expr},
};
use std::{
    collections::{HashMap, HashSet},
    slice,
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

/// Takes one use of each of many different limits of one size; answers for each the seconds to wait, or none.
pub(crate) async fn take_each_with(
    tx: &DatabaseTransaction,
    limits: &[Limit],
    now: DateTime<Utc>,
) -> Result<Vec<Option<u64>>, Fault> {
    let waits = take_each(tx, limits, 1, now).await?;
    let seconds = |limit: &Limit| waits.get(&limit.key).map(|wait| wait.unsigned_abs().div_ceil(1_000));
    Ok(limits.iter().map(seconds).collect())
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

/// What went well was no guess: the account or device begins anew, and the network has its one use back. Not all of them, or
/// whoever has one account could guess at the others. One statement for each row: two rows held at once would be held
/// in another order than [`admit`] takes them.
#[expect(clippy::disallowed_methods, reason = "the hub's own rows")]
pub async fn succeeded(hub: &Hub, limits: &[Limit]) -> Result<(), Fault> {
    for limit in limits {
        if limit.shared {
            give_back(hub, limit).await?;
        } else {
            Entity::delete_many().filter(Column::Key.eq(limit.key.as_str())).exec(&hub.pools.reads).await?;
        }
    }
    Ok(())
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
    Ok(take_each(tx, slice::from_ref(limit), uses, now).await?.remove(limit.key.as_str()).unwrap_or(0))
}

/// The same of many different limits of one size, in two statements at most; answers those that are used up, by their
/// keys. Taken in the order of their keys, so that nobody waits for whoever waits for him.
async fn take_each(
    tx: &DatabaseTransaction,
    limits: &[Limit],
    uses: i64,
    now: DateTime<Utc>,
) -> Result<HashMap<String, i64>, Fault> {
    let Some(Limit { burst, step, .. }) = limits.first() else { return Ok(HashMap::new()) };
    let backend = tx.get_database_backend();
    let mut keys: Vec<&str> = limits.iter().map(|limit| limit.key.as_str()).collect();
    keys.sort_unstable();
    let (now, step) = (now.timestamp_millis(), step.num_milliseconds());
    let (taken_time, furthest) = (step * uses, now + step * (burst - uses));
    let rows = (5..).zip(&keys).map(|(place, _)| format!("(${place}, $1)")).collect::<Vec<_>>().join(", ");
    let taken = format!(
        "INSERT INTO throttle (key, full_at) VALUES {rows} ON CONFLICT (key) DO UPDATE SET full_at = \
         CASE WHEN throttle.full_at < $2 THEN $1 ELSE throttle.full_at + $3 END \
         WHERE throttle.full_at <= $4 RETURNING key"
    );
    let times = [now + taken_time, now, taken_time, furthest].map(Value::from);
    let values = times.into_iter().chain(keys.iter().map(|key| (*key).into()));
    let taken = tx.query_all_raw(Statement::from_sql_and_values(backend, taken, values)).await?;
    if taken.len() == keys.len() {
        return Ok(HashMap::new());
    }
    let taken: HashSet<String> = taken.iter().map(|row| row.try_get_by(0)).collect::<Result<_, _>>()?;
    keys.retain(|key| !taken.contains(*key));
    let places = (1..).zip(&keys).map(|(place, _)| format!("${place}")).collect::<Vec<_>>().join(", ");
    let full_at = format!("SELECT key, full_at FROM throttle WHERE key IN ({places})");
    let full_at = Statement::from_sql_and_values(backend, full_at, keys.iter().map(|key| (*key).into()));
    let wait = |row: &QueryResult| {
        let (key, full_at): (String, i64) = (row.try_get_by(0)?, row.try_get_by(1)?);
        Ok((key, (full_at - furthest).max(1)))
    };
    tx.query_all_raw(full_at).await?.iter().map(wait).collect()
}
