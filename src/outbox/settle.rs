//! How a try ended, and what follows from it.

use crate::fault::Fault;
use chrono::{DateTime, TimeDelta, Utc};
use entity::outbox::{ActiveModel, Column, Entity, Model, OutboxState};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

/// For how long a letter is tried after its first temporary failure.
const PATIENCE: TimeDelta = TimeDelta::hours(72);
/// Tries in which a letter could not be written, after which it is given up; those that a relay put off do not count.
const MOST_BROKEN: i32 = 5;
/// When a letter that found no relay is due again; the worker's own pause is what really holds it.
const SOON: TimeDelta = TimeDelta::seconds(5);

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
    /// It cannot be written; no fault of the relay's, and perhaps a defect of ours.
    Broken(String),
    /// No relay took any letter: nothing was tried, so that no try is spent.
    Unreachable(String),
    /// The hub sends no letters; people hand the links over.
    ByHand(String),
}

/// Writes how a try ended, unless the lease has passed to another worker; answers the row's new state.
#[expect(clippy::disallowed_methods, reason = "guarded by the lease")]
pub async fn settle(
    tx: &impl ConnectionTrait,
    now: DateTime<Utc>,
    row: &Model,
    outcome: &Outcome,
) -> Result<Option<OutboxState>, Fault> {
    let mut change = ActiveModel { lease_until: Set(None), lease_id: Set(None), ..Default::default() };
    let again = now + pause(row);
    let (state, error) = match outcome {
        Outcome::Sent => (OutboxState::Sent, None),
        Outcome::Cancelled => (OutboxState::Cancelled, None),
        Outcome::Refused(why) | Outcome::ByHand(why) => (OutboxState::Failed, Some(why)),
        Outcome::Broken(why) if row.broken + 1 >= MOST_BROKEN => (OutboxState::Failed, Some(why)),
        Outcome::Deferred(why) if row.give_up_at.is_some_and(|end| again >= end) => (OutboxState::Failed, Some(why)),
        Outcome::Deferred(why) | Outcome::Broken(why) => {
            change.next_at = Set(again);
            change.give_up_at = Set(row.give_up_at.or(Some(now + PATIENCE)));
            (OutboxState::Queued, Some(why))
        }
        Outcome::Unreachable(why) => {
            change.next_at = Set(now + SOON);
            change.attempts = Set(row.attempts - 1);
            (OutboxState::Queued, Some(why))
        }
    };
    if let Outcome::Broken(_) = outcome {
        change.broken = Set(row.broken + 1);
    }
    change.state = Set(state);
    change.last_error = Set(error.cloned());
    if state == OutboxState::Sent {
        change.sent_at = Set(Some(now));
        // What it said is not needed any more, and names people.
        change.params = Set(serde_json::json!({}));
    }
    let settled = Entity::update_many()
        .set(change)
        .filter(Column::Id.eq(row.id))
        .filter(Column::LeaseId.eq(row.lease_id))
        .exec(tx)
        .await?;
    Ok((settled.rows_affected == 1).then_some(state))
}

/// When a row that found no relay was tried last.
pub fn tried_at(row: &Model) -> DateTime<Utc> {
    row.next_at - SOON
}

/// 30 seconds, doubled by each try, at most an hour; up to a fifth more or less, so that letters that failed together
/// do not come back together. The fifth follows from the row's id, which makes it repeatable.
fn pause(row: &Model) -> TimeDelta {
    let doublings = u32::try_from(row.attempts - 1).unwrap_or(0).min(7);
    let seconds = (30_i64 << doublings).min(3600);
    let share = row.id.0.as_bytes().iter().fold(row.attempts, |sum, byte| (sum * 31 + i32::from(*byte)) % 401);
    TimeDelta::milliseconds(seconds * i64::from(800 + share))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_to_an_hour_and_differ_by_a_fifth_at_most() {
        let row = |attempts, id: u128| Model {
            id: uuid::Uuid::from_u128(id).into(),
            kind: String::new(),
            recipient: String::new(),
            params: serde_json::json!({}),
            invitation_id: None,
            state: OutboxState::Sending,
            attempts,
            broken: 0,
            next_at: DateTime::UNIX_EPOCH,
            lease_until: None,
            lease_id: None,
            last_error: None,
            created_at: DateTime::UNIX_EPOCH,
            sent_at: None,
            give_up_at: None,
        };
        for (attempts, seconds) in [(1, 30), (2, 60), (3, 120), (8, 3600), (100, 3600)] {
            let mut seen = std::collections::BTreeSet::new();
            for id in 0..50 {
                let pause = pause(&row(attempts, id * 7919)).num_milliseconds();
                assert!((seconds * 800..=seconds * 1200).contains(&pause), "{attempts} {pause}");
                seen.insert(pause);
            }
            assert!(seen.len() > 20, "they differ");
        }
    }
}
