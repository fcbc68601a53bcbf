//! Rows that a worker carries out after the commit: enqueue in the caller's transaction; claim, settle, retry.
//!
//! Delivery is at least once: a crash between the relay's answer and [`settle`] repeats a letter: the same
//! text and link under the same Message-ID.

mod letter;

pub use letter::Letter;

use crate::{
    db::{self, Pools},
    fault::Fault,
};
use chrono::{DateTime, TimeDelta, Utc};
use entity::{InvitationId, OutboxId, outbox};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::Set,
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, LockBehavior, LockType},
};
use uuid::Uuid;

/// How many letters one claim takes.
pub const CLAIM: u64 = 5;
/// How long a claim holds if its worker dies.
const LEASE: TimeDelta = TimeDelta::seconds(120);
/// Tries after which a letter is given up.
const MOST_ATTEMPTS: i32 = 12;

/// Writes a letter's row; it leaves if, and only if, the transaction commits.
pub async fn enqueue(
    tx: &impl ConnectionTrait,
    id: OutboxId,
    now: DateTime<Utc>,
    recipient: &str,
    letter: &Letter,
    invitation: Option<InvitationId>,
) -> Result<(), Fault> {
    let params = serde_json::to_value(letter).map_err(|error| Fault::Internal(format!("outbox: {error}")))?;
    outbox::ActiveModel {
        id: Set(id),
        kind: Set(letter.kind().to_owned()),
        recipient: Set(recipient.to_owned()),
        params: Set(params),
        invitation_id: Set(invitation),
        state: Set(outbox::OutboxState::Queued),
        attempts: Set(0),
        next_at: Set(now),
        lease_until: Set(None),
        lease_id: Set(None),
        last_error: Set(None),
        created_at: Set(now),
        sent_at: Set(None),
    }
    .insert(tx)
    .await?;
    Ok(())
}

/// Takes up to [`CLAIM`] due rows for one worker and commits before anything is sent. A row whose worker died is due
/// again when its lease ends.
#[expect(clippy::disallowed_methods, reason = "the worker serves every organisation; letters are shown to nobody")]
pub async fn claim(pools: &Pools, now: DateTime<Utc>, lease: Uuid) -> Result<Vec<outbox::Model>, Fault> {
    let due = Condition::any()
        .add(all(outbox::Column::State.eq(outbox::OutboxState::Queued), outbox::Column::NextAt.lte(now)))
        .add(all(outbox::Column::State.eq(outbox::OutboxState::Sending), outbox::Column::LeaseUntil.lt(now)));
    let waiting = || outbox::Entity::find().filter(due.clone());
    // An idle worker looks without taking SQLite's write lock.
    if waiting()
        .select_only()
        .column(outbox::Column::Id)
        .limit(1)
        .into_tuple::<Uuid>()
        .one(&pools.reads)
        .await?
        .is_none()
    {
        return Ok(Vec::new());
    }
    let tx = db::begin_write(&pools.writes).await?;
    let mut rows = waiting().order_by_asc(outbox::Column::NextAt).order_by_asc(outbox::Column::Id).limit(CLAIM);
    if db::is_postgres(&tx) {
        rows = rows.lock_with_behavior(LockType::Update, LockBehavior::SkipLocked);
    }
    let mut claimed = Vec::new();
    for row in rows.all(&tx).await? {
        let attempts = row.attempts + 1;
        let mut row: outbox::ActiveModel = row.into();
        row.state = Set(outbox::OutboxState::Sending);
        row.lease_until = Set(Some(now + LEASE));
        row.lease_id = Set(Some(lease));
        row.attempts = Set(attempts);
        claimed.push(row.update(&tx).await?);
    }
    tx.commit().await?;
    Ok(claimed)
}

fn all(state: Expr, time: Expr) -> Condition {
    Condition::all().add(state).add(time)
}

/// How one try ended.
#[derive(Debug)]
pub enum Outcome {
    /// The relay took it.
    Sent,
    /// No longer wanted.
    Cancelled,
    /// The address or the relay refused it for good.
    Refused(String),
    /// May work later.
    Deferred(String),
}

/// Writes how a try ended, unless the lease has passed to another worker; answers the row's new state.
#[expect(clippy::disallowed_methods, reason = "guarded by the lease")]
pub async fn settle(
    tx: &impl ConnectionTrait,
    now: DateTime<Utc>,
    row: &outbox::Model,
    outcome: &Outcome,
) -> Result<Option<outbox::OutboxState>, Fault> {
    let (state, error) = match outcome {
        Outcome::Sent => (outbox::OutboxState::Sent, None),
        Outcome::Cancelled => (outbox::OutboxState::Cancelled, None),
        Outcome::Refused(why) => (outbox::OutboxState::Failed, Some(why)),
        Outcome::Deferred(why) if row.attempts >= MOST_ATTEMPTS => (outbox::OutboxState::Failed, Some(why)),
        Outcome::Deferred(why) => (outbox::OutboxState::Queued, Some(why)),
    };
    let settled = outbox::Entity::update_many()
        .set(outbox::ActiveModel {
            state: Set(state),
            next_at: Set(now + pause(row.attempts)),
            lease_until: Set(None),
            lease_id: Set(None),
            last_error: Set(error.cloned()),
            sent_at: Set((state == outbox::OutboxState::Sent).then_some(now)),
            ..Default::default()
        })
        .filter(outbox::Column::Id.eq(row.id))
        .filter(outbox::Column::LeaseId.eq(row.lease_id))
        .exec(tx)
        .await?;
    Ok((settled.rows_affected == 1).then_some(state))
}

/// 30 seconds, doubled by each try, at most an hour.
fn pause(attempts: i32) -> TimeDelta {
    let doublings = u32::try_from(attempts - 1).unwrap_or(0).min(7);
    TimeDelta::seconds((30_i64 << doublings).min(3600))
}
