//! Rows that a worker carries out after the commit: enqueue in the caller's transaction; claim, settle, retry.
//!
//! Delivery is at least once: a crash between the relay's answer and [`settle()`] repeats a letter: the same
//! text and link under the same Message-ID.

mod claim;
mod letter;
mod settle;
mod sweep;

pub use claim::claim;
pub use letter::{FactorChange, Letter, NOTICES};
pub use settle::{Outcome, settle};
pub use sweep::sweep;

use crate::fault::Fault;
use chrono::{DateTime, Utc};
use entity::{InvitationId, OutboxId, outbox};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ConnectionTrait};

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
    let params = serde_json::to_value(letter).map_err(|error| Fault::Internal(format!("outbox: {error}")))?;
    outbox::ActiveModel {
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
    }
    .insert(tx)
    .await?;
    Ok(())
}
