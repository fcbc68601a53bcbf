//! Invitations: the one-time way into an account that has no password yet.

mod accept;
mod admin;
mod again;
mod caps;
mod delivery;
mod end;
mod history;
mod release;
mod remind;
mod renew;
mod waiting;

pub use accept::{Acceptance, accept};
pub(crate) use admin::{forget_address, revoke_open};
pub use admin::{invite_admin, invite_first_admin};
pub use again::{copied, copy_link, correct_email, request_new, resend};
pub(crate) use caps::{count, count_letters_to, count_one, count_taken};
pub use delivery::{note_delivery, report_bounce};
pub use end::{decline, expire, revoke};
pub use history::{history, newest};
pub(crate) use release::release;
pub use remind::remind;
use renew::{letter, next_reminder};
pub(crate) use waiting::write_waiting;

use crate::{
    access::{Access, Action},
    domain::{activity, input::Check, vendor},
    fault::{Fault, Reason, Refusal},
    outbox,
    secret::{self, Purpose},
};
use chrono::{DateTime, TimeDelta, Utc};
use entity::{
    InvitationId,
    invitation::{self, DeliveryStatus, InvitationStatus},
    partner, user,
    vendor::Model as Vendor,
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter, TryIntoModel,
};
use serde_json::json;

/// The longest life of a link, in hours.
pub const LONGEST_LIFE: i32 = 30 * 24;

/// What an inviter says beside whom it invites.
#[derive(Clone, Debug, Default)]
pub(crate) struct Opening {
    /// A personal line in the letter.
    pub(crate) message: Option<String>,
    /// How long each link lives; the vendor's own rule when not said.
    pub(crate) lifetime_hours: Option<i32>,
    /// When the letter leaves at the earliest; at once when not said.
    pub(crate) not_before: Option<DateTime<Utc>>,
}

/// Opens an invitation that has been counted for a user, and puts its letter into the outbox.
pub(crate) async fn open(
    tx: &Access<DatabaseTransaction>,
    user: &user::Model,
    opening: Opening,
) -> Result<invitation::Model, Refusal> {
    let opened = open_all(tx, vec![(user, opening)]).await?;
    opened.into_iter().next().ok_or_else(|| Fault::Internal("no invitation was opened".into()).into())
}

/// The same for many whose letters have been counted; the statements do not grow with them.
pub(crate) async fn open_all(
    tx: &Access<DatabaseTransaction>,
    openings: Vec<(&user::Model, Opening)>,
) -> Result<Vec<invitation::Model>, Fault> {
    let vendor = vendor::current(tx).await?;
    let (mut rows, mut opened, mut letters) = (Vec::new(), Vec::new(), Vec::new());
    for (user, opening) in openings {
        let leaves = opening.not_before.unwrap_or_else(|| tx.now());
        let row = row(tx, &vendor, user, opening);
        rows.push(row.clone());
        let invitation = row.try_into_model()?;
        letters.push(letter(tx, &invitation, leaves));
        opened.push(invitation);
    }
    invitation::Entity::insert_many(rows).exec_without_returning(tx.conn()).await?;
    outbox::enqueue_all(tx.conn(), tx.now(), letters).await?;
    let lines = opened.iter().map(|row| (row.partner_id, row.id, json!({ "email": row.email })));
    activity::record_all::<invitation::Entity>(tx, "user.invited", lines.collect()).await?;
    Ok(opened)
}

fn row(
    tx: &Access<DatabaseTransaction>,
    vendor: &Vendor,
    user: &user::Model,
    opening: Opening,
) -> invitation::ActiveModel {
    let now = tx.now();
    let id: InvitationId = tx.id();
    let nonce = secret::random::<16>().to_vec();
    let token = tx.hub().key.token(Purpose::Invitation, id.0, 1, &nonce);
    let lifetime_hours = opening.lifetime_hours.unwrap_or(vendor.invitation_lifetime_hours);
    let expires_at = now + TimeDelta::hours(lifetime_hours.into());
    invitation::ActiveModel {
        id: Set(id),
        user_id: Set(user.id),
        partner_id: Set(user.partner_id),
        email: Set(user.email.clone()),
        status: Set(InvitationStatus::Pending),
        generation: Set(1),
        nonce: Set(nonce.into()),
        token_hash: Set(secret::token_hash(&token).into()),
        inviter_id: Set(tx.actor().user_id()),
        message: Set(opening.message),
        expires_at: Set(expires_at),
        accepted_at: Set(None),
        sent_at: Set(None),
        send_count: Set(0),
        delivery_status: Set(DeliveryStatus::Queued),
        delivery_reason: Set(None),
        delivery_attempted_at: Set(None),
        lifetime_hours: Set(lifetime_hours),
        reminders: Set(0),
        next_reminder_at: Set(next_reminder(vendor, now, 0, expires_at)),
        revoked_at: Set(None),
        declined_at: Set(None),
        decline_reason: Set(None),
        created_at: Set(now),
        updated_at: Set(now),
    }
}

/// How long a link lives, if that was said.
pub(crate) fn check_lifetime(check: &mut Check, hours: Option<i32>) -> Option<i32> {
    if hours.is_some_and(|hours| !(1..=LONGEST_LIFE).contains(&hours)) {
        check.fail("expiresInHours", Reason::Invalid, format!("A link lives 1 to {LONGEST_LIFE} hours."));
    }
    hours
}

/// The link of an invitation; the token stands in the fragment, which no server and no log sees.
pub fn link<C: ConnectionTrait>(access: &Access<C>, invitation: &invitation::Model) -> String {
    let hub = access.hub();
    let invitation::Model { id, generation, nonce, token_hash, .. } = invitation;
    let token = hub.key.token_again(Purpose::Invitation, id.0, *generation, nonce, token_hash);
    hub.config.link("/accept", &format!("t={token}"))
}

/// An invitation with whom and whose it is.
#[derive(Clone, Debug)]
pub struct Invited {
    /// The invitation.
    pub invitation: invitation::Model,
    /// The invitee.
    pub user: user::Model,
    /// The invitee's partner; `None` for vendor staff.
    pub partner: Option<partner::Model>,
}

/// What a link shows before it is used; looking never uses it up. `None` for every link that does not work, whatever
/// the reason, so that nothing is learnt from trying.
pub async fn preview(access: &Access, token: &str) -> Result<Option<Invited>, Fault> {
    find_open(access, token).await
}

/// The open invitation that a token belongs to.
#[expect(clippy::disallowed_methods, reason = "the token is the permission")]
async fn find_open<C: ConnectionTrait>(access: &Access<C>, token: &str) -> Result<Option<Invited>, Fault> {
    let found = invitation::Entity::find()
        .filter(invitation::Column::TokenHash.eq(secret::token_hash(token)))
        .filter(invitation::Column::Status.eq(InvitationStatus::Pending))
        .filter(invitation::Column::ExpiresAt.gt(access.now()))
        .one(access.conn())
        .await?;
    match found {
        Some(invitation) => with_people(access, invitation).await.map(Some),
        None => Ok(None),
    }
}

/// An invitation by id with its people, for the worker that writes its letter.
#[expect(clippy::disallowed_methods, reason = "asked by the hub itself")]
pub async fn for_letter(access: &Access, id: InvitationId) -> Result<Option<Invited>, Fault> {
    access.permit(Action::ReadAnyInvitation)?;
    match invitation::Entity::find_by_id(id).one(access.conn()).await? {
        Some(invitation) => with_people(access, invitation).await.map(Some),
        None => Ok(None),
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "reached through an invitation that was granted by its token or to the hub"
)]
async fn with_people<C: ConnectionTrait>(access: &Access<C>, invitation: invitation::Model) -> Result<Invited, Fault> {
    let rows =
        user::Entity::find_by_id(invitation.user_id).find_also_related(partner::Entity).one(access.conn()).await?;
    let (user, partner) = rows.ok_or(Fault::NotFound)?;
    Ok(Invited { invitation, user, partner })
}
