//! Rows that a worker carries out after the commit: enqueue in the caller's transaction; claim, settle, retry.
//!
//! Delivery is at least once: a crash between the relay's answer and [`settle()`] repeats a letter: the same
//! text and link under the same Message-ID.

mod claim;
mod gone;
mod letter;
mod settle;
mod sweep;

pub use claim::claim;
pub use gone::{forget_recipient, is_taken_back, take_resets_back};
pub use letter::{FactorChange, Letter, NOTICES};
pub use settle::{Outcome, settle};
pub use sweep::sweep;

use crate::fault::Fault;
use chrono::{DateTime, TimeDelta, Utc};
use entity::{InvitationId, OutboxId, outbox};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ConnectionTrait, EntityTrait};

/// Between the letters of many at once, so that no relay is flooded.
pub const APART: TimeDelta = TimeDelta::seconds(1);
/// The most rows of one statement: engines count their parameters.
const BATCH: usize = 500;

/// Writes a letter's row; it leaves if, and only if, the transaction commits.
pub async fn enqueue(
    tx: &impl ConnectionTrait,
    id: OutboxId,
    now: DateTime<Utc>,
    recipient: &str,
    letter: &Letter,
    invitation: Option<InvitationId>,
) -> Result<(), Fault> {
    enqueue_for(tx, id, now, now, recipient, letter, invitation).await
}

/// The same for a letter that leaves at `at` or later: many at once are spread, so that no relay is flooded.
pub async fn enqueue_for(
    tx: &impl ConnectionTrait,
    id: OutboxId,
    now: DateTime<Utc>,
    at: DateTime<Utc>,
    recipient: &str,
    letter: &Letter,
    invitation: Option<InvitationId>,
) -> Result<(), Fault> {
    letter_row(id, now, at, recipient, letter, invitation)?.insert(tx).await?;
    Ok(())
}

/// Writes a letter to each of many, [`APART`] from each other.
pub async fn enqueue_many(
    tx: &impl ConnectionTrait,
    now: DateTime<Utc>,
    letters: impl IntoIterator<Item = (OutboxId, String, Letter)>,
) -> Result<(), Fault> {
    let rows = letters
        .into_iter()
        .zip(0..)
        .map(|((id, recipient, letter), place)| letter_row(id, now, now + APART * place, &recipient, &letter, None));
    let rows: Vec<_> = rows.collect::<Result<_, _>>()?;
    for rows in rows.chunks(BATCH) {
        outbox::Entity::insert_many(rows.to_vec()).exec_without_returning(tx).await?;
    }
    Ok(())
}

fn letter_row(
    id: OutboxId,
    now: DateTime<Utc>,
    at: DateTime<Utc>,
    recipient: &str,
    letter: &Letter,
    invitation: Option<InvitationId>,
) -> Result<outbox::ActiveModel, Fault> {
    let params = serde_json::to_value(letter).map_err(|error| Fault::Internal(format!("outbox: {error}")))?;
    Ok(outbox::ActiveModel {
        id: Set(id),
        kind: Set(letter.kind().to_owned()),
        recipient: Set(recipient.to_owned()),
        params: Set(params),
        invitation_id: Set(invitation),
        state: Set(outbox::OutboxState::Queued),
        attempts: Set(0),
        next_at: Set(at),
        lease_until: Set(None),
        lease_id: Set(None),
        last_error: Set(None),
        created_at: Set(now),
        sent_at: Set(None),
        give_up_at: Set(None),
    })
}
