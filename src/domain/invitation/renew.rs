//! A fresh link: the old one is dead from the commit on. How often, and what else is set back.

use crate::{
    access::Access,
    domain::{account::session, input::Email, vendor},
    fault::{Fault, Reason, Refusal, UserError},
    outbox::{self, Letter},
    secret::{self, Purpose},
};
use chrono::{DateTime, TimeDelta, Utc};
use entity::{
    invitation::{self, DeliveryStatus, InvitationStatus},
    outbox as letters, partner, user,
    user::UserStatus,
    vendor::Model as Vendor,
};
use sea_orm::{ActiveValue::Set, ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QuerySelect};

/// The least time between two letters of one invitation.
const APART: TimeDelta = TimeDelta::seconds(60);
/// The most letters of one invitation within a day, the first one included.
const A_DAY: usize = 6;
/// The most links of one invitation in all.
const IN_ALL: i32 = 21;

/// What changes together with the link.
#[derive(Debug, Default)]
pub(super) struct Renewal {
    /// Another address.
    pub(super) email: Option<Email>,
    /// Another personal line.
    pub(super) message: Option<String>,
    /// How long this link and those after it live.
    pub(super) lifetime_hours: Option<i32>,
    /// A letter carries it: what became of the last one is over, and reminders begin anew. A link that is handed over by
    /// hand leaves both as they are.
    pub(super) by_letter: bool,
}

/// Whether one more letter may be written.
#[expect(clippy::disallowed_methods, reason = "letters of an invitation that was granted, or named by its token")]
pub(super) async fn may_write(
    tx: &Access<DatabaseTransaction>,
    row: &invitation::Model,
    another_address: bool,
) -> Result<(), Refusal> {
    let now = tx.now();
    let today: Vec<DateTime<Utc>> = letters::Entity::find()
        .select_only()
        .column(letters::Column::CreatedAt)
        .filter(letters::Column::InvitationId.eq(row.id))
        .filter(letters::Column::Kind.eq("invitation"))
        .filter(letters::Column::CreatedAt.gt(now - TimeDelta::days(1)))
        .into_tuple()
        .all(tx.conn())
        .await?;
    let newest = today.iter().max().filter(|at| **at > now - APART && !another_address);
    if let Some(newest) = newest {
        let wait = (*newest + APART - now).num_seconds().max(1);
        let sentence = format!("A letter was written a moment ago. Wait {wait} seconds, then send again.");
        return Err(UserError::general(Reason::TooSoon, sentence).into());
    }
    if row.generation >= IN_ALL {
        let sentence = "This invitation has had 20 fresh links. Copy the link and hand it over, or revoke it.";
        return Err(UserError::general(Reason::LimitReached, sentence).into());
    }
    if today.len() >= A_DAY {
        let sentence = "This invitation has been sent again 5 times today. Try tomorrow, or copy the link.";
        return Err(UserError::general(Reason::LimitReached, sentence).into());
    }
    Ok(())
}

/// Whether the invitee could use a link at all.
pub(super) fn may_come_in(
    row: &invitation::Model,
    user: &user::Model,
    partner: Option<&partner::Model>,
) -> Result<(), Refusal> {
    let sentence = if row.status == InvitationStatus::Accepted || user.status == UserStatus::Active {
        "The invitation has been accepted already."
    } else if user.status == UserStatus::Deleted {
        "The user is deleted. Invite the person anew."
    } else if user.status == UserStatus::Disabled {
        "The user is disabled. Enable the user first, or invite anew."
    } else if !session::may_log_in(partner.map(|partner| partner.status)) {
        "The partner is shut out. Let it in first."
    } else {
        return Ok(());
    };
    Err(UserError::general(Reason::InvalidState, sentence).into())
}

/// Moves the invitation to its next link, open for as long as the first one was unless said otherwise. `None` if somebody
/// changed it at the same time: what was taken back a moment ago stays taken back.
#[expect(clippy::disallowed_methods, reason = "one granted row, guarded by its link and status")]
pub(super) async fn renew(
    tx: &Access<DatabaseTransaction>,
    row: &invitation::Model,
    renewal: Renewal,
) -> Result<Option<invitation::Model>, Fault> {
    let generation = row.generation + 1;
    let token = tx.hub().key.token(Purpose::Invitation, row.id.0, generation, &row.nonce);
    let lifetime_hours = renewal.lifetime_hours.unwrap_or(row.lifetime_hours);
    let expires_at = tx.now() + TimeDelta::hours(lifetime_hours.into());
    let mut change = invitation::ActiveModel {
        status: Set(InvitationStatus::Pending),
        generation: Set(generation),
        token_hash: Set(secret::token_hash(&token).into()),
        lifetime_hours: Set(lifetime_hours),
        expires_at: Set(expires_at),
        revoked_at: Set(None),
        declined_at: Set(None),
        decline_reason: Set(None),
        updated_at: Set(tx.now()),
        ..Default::default()
    };
    if renewal.by_letter {
        let vendor = vendor::current(tx).await?;
        change.delivery_status = Set(DeliveryStatus::Queued);
        change.delivery_reason = Set(None);
        change.delivery_attempted_at = Set(None);
        change.reminders = Set(0);
        change.next_reminder_at = Set(next_reminder(&vendor, tx.now(), 0, expires_at));
    }
    if let Some(email) = renewal.email {
        change.email = Set(email.address);
    }
    if let Some(message) = renewal.message {
        change.message = Set(Some(message));
    }
    let renewed = invitation::Entity::update_many()
        .set(change)
        .filter(invitation::Column::Id.eq(row.id))
        .filter(invitation::Column::Generation.eq(row.generation))
        .filter(invitation::Column::Status.eq(row.status))
        .exec(tx.conn())
        .await?;
    if renewed.rows_affected == 0 {
        return Ok(None);
    }
    Ok(invitation::Entity::find_by_id(row.id).one(tx.conn()).await?)
}

/// The letter of an invitation's newest link, which leaves at `at` or later.
pub(super) fn letter(tx: &Access<DatabaseTransaction>, row: &invitation::Model, at: DateTime<Utc>) -> outbox::New {
    let letter = Letter::Invitation { invitation: row.id, generation: row.generation };
    outbox::New { id: tx.id(), at, recipient: row.email.clone(), letter, invitation: Some(row.id) }
}

/// When the next reminder of a link made at `born` is due; `None` when there is no more, or none before it expires.
pub(super) fn next_reminder(
    vendor: &Vendor,
    born: DateTime<Utc>,
    written: i32,
    expires_at: DateTime<Utc>,
) -> Option<DateTime<Utc>> {
    let place = usize::try_from(written).ok()?;
    let days = *vendor.reminder_days.0.get(place)?;
    Some(born + TimeDelta::days(days.into())).filter(|at| *at < expires_at)
}
