//! Rows that a worker carries out after the commit: enqueue in the caller's transaction; claim, settle, retry.
//!
//! Delivery is at least once: a crash between the relay's answer and [`settle()`] repeats a letter: the same
//! text and link under the same Message-ID.

mod claim;
mod gone;
mod letter;
mod queue;
mod settle;
mod sweep;

pub use claim::claim;
pub use gone::{forget_recipient, is_taken_back, take_resets_back};
pub use letter::{FactorChange, Letter, NOTICES};
pub use queue::{Queue, queue};
pub use settle::{Outcome, settle, tried_at};
pub use sweep::sweep;

use crate::fault::Fault;
use chrono::{DateTime, TimeDelta, Utc};
use entity::{InvitationId, OutboxId, outbox};
use sea_orm::{ActiveValue::Set, ConnectionTrait, EntityTrait};

/// Between the letters of many at once, so that no relay is flooded.
pub const APART: TimeDelta = TimeDelta::seconds(1);
/// The most rows of one statement: engines count their parameters.
const BATCH: usize = 500;

/// A letter to be written.
#[derive(Clone, Debug)]
pub struct New {
    /// The row's id.
    pub id: OutboxId,
    /// It leaves then or later.
    pub at: DateTime<Utc>,
    /// To whom.
    pub recipient: String,
    /// What.
    pub letter: Letter,
    /// The invitation whose delivery it is.
    pub invitation: Option<InvitationId>,
}

/// Writes a letter's row; it leaves if, and only if, the transaction commits.
pub async fn enqueue(
    tx: &impl ConnectionTrait,
    id: OutboxId,
    now: DateTime<Utc>,
    recipient: &str,
    letter: &Letter,
    invitation: Option<InvitationId>,
) -> Result<(), Fault> {
    let (recipient, letter) = (recipient.to_owned(), letter.clone());
    enqueue_all(tx, now, [New { id, at: now, recipient, letter, invitation }]).await
}

/// Writes a letter to each of many, [`APART`] from each other.
pub async fn enqueue_many(
    tx: &impl ConnectionTrait,
    now: DateTime<Utc>,
    letters: impl IntoIterator<Item = (OutboxId, String, Letter)>,
) -> Result<(), Fault> {
    let spread = letters.into_iter().zip(0..).map(|((id, recipient, letter), place)| New {
        id,
        at: now + APART * place,
        recipient,
        letter,
        invitation: None,
    });
    enqueue_all(tx, now, spread).await
}

/// Writes many letters, each for its own time.
pub async fn enqueue_all(
    tx: &impl ConnectionTrait,
    now: DateTime<Utc>,
    letters: impl IntoIterator<Item = New>,
) -> Result<(), Fault> {
    let rows: Vec<_> = letters.into_iter().map(|letter| letter_row(letter, now)).collect::<Result<_, _>>()?;
    for rows in rows.chunks(BATCH) {
        outbox::Entity::insert_many(rows.to_vec()).exec_without_returning(tx).await?;
    }
    Ok(())
}

fn letter_row(new: New, now: DateTime<Utc>) -> Result<outbox::ActiveModel, Fault> {
    let params = serde_json::to_value(&new.letter).map_err(|error| Fault::Internal(format!("outbox: {error}")))?;
    Ok(outbox::ActiveModel {
        id: Set(new.id),
        kind: Set(new.letter.kind().to_owned()),
        recipient: Set(new.recipient),
        params: Set(params),
        invitation_id: Set(new.invitation),
        state: Set(outbox::OutboxState::Queued),
        attempts: Set(0),
        broken: Set(0),
        next_at: Set(new.at),
        lease_until: Set(None),
        lease_id: Set(None),
        last_error: Set(None),
        created_at: Set(now),
        sent_at: Set(None),
        give_up_at: Set(None),
    })
}
