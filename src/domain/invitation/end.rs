//! How an invitation ends without an account: taken back, refused, or run out.

use super::find_open;
use crate::{
    access::{Access, Action, Scoped},
    domain::input::{Check, TEXT},
    domain::{account::session, activity, notice},
    fault::{Fault, Reason, Refusal, UserError},
    outbox::Letter,
};
use entity::{
    InvitationId,
    invitation::{self, InvitationStatus},
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect, sea_query::Expr,
};
use serde_json::json;

/// Links that the chore ends at once.
const BATCH: u64 = 200;

/// Takes an invitation back: its link is dead from the commit on, and a letter that has not left never does.
pub async fn revoke(access: &Access, id: InvitationId) -> Result<invitation::Model, Refusal> {
    let tx = access.begin().await?;
    let row = tx.fetch::<invitation::Entity>(Action::ManageInvitation, id).await?.into_inner();
    let open = [InvitationStatus::Pending, InvitationStatus::Expired];
    let change = invitation::ActiveModel {
        status: Set(InvitationStatus::Revoked),
        revoked_at: Set(Some(tx.now())),
        ..Default::default()
    };
    if !open.contains(&row.status) || !end(&tx, &row, change).await? {
        let sentence = "Only an invitation that waits for an answer can be revoked.";
        return Err(UserError::general(Reason::InvalidState, sentence).into());
    }
    let data = json!({ "email": row.email });
    activity::record::<invitation::Entity>(&tx, "invitation.revoked", row.partner_id, row.id, data).await?;
    let row = tx.fetch::<invitation::Entity>(invitation::Entity::READ, id).await?.into_inner();
    tx.commit().await?;
    Ok(row)
}

/// The invitee refuses; inviter and vendor are told.
pub async fn decline(access: &Access, token: &str, reason: Option<&str>) -> Result<(), Refusal> {
    let mut check = Check::default();
    let reason = check.optional_text("reason", reason, TEXT);
    check.finish()?;
    let dead = || UserError::at("token", Reason::InvalidToken, "This link does not work, or no longer.");
    let tx = access.begin().await?;
    let Some(invited) = find_open(&tx, token).await? else { return Err(dead().into()) };
    if !session::may_log_in(invited.partner.as_ref().map(|partner| partner.status)) {
        return Err(dead().into());
    }
    let change = invitation::ActiveModel {
        status: Set(InvitationStatus::Declined),
        declined_at: Set(Some(tx.now())),
        decline_reason: Set(reason.clone()),
        ..Default::default()
    };
    if !end(&tx, &invited.invitation, change).await? {
        return Err(dead().into());
    }
    activity::record_by::<invitation::Entity>(&tx, "invitation.declined", &invited.user, invited.invitation.id).await?;
    let letter = Letter::InvitationDeclined {
        name: invited.user.name,
        email: invited.user.email,
        partner: invited.partner.map(|partner| partner.name),
        reason,
        inviter: invited.invitation.inviter_id,
    };
    notice::to_vendor(&tx, letter).await?;
    tx.commit().await?;
    Ok(())
}

/// Ends links that ran out.
pub async fn expire(access: &Access) -> Result<(), Fault> {
    let ran_out = invitation::Column::ExpiresAt.lte(access.now());
    if some_open(access.conn(), ran_out.clone(), 1).await?.is_empty() {
        return Ok(());
    }
    let tx = access.begin().await?;
    for row in some_open(tx.conn(), ran_out, BATCH).await? {
        let change = invitation::ActiveModel { status: Set(InvitationStatus::Expired), ..Default::default() };
        if end(&tx, &row, change).await? {
            let data = json!({ "email": row.email });
            activity::record::<invitation::Entity>(&tx, "invitation.expired", row.partner_id, row.id, data).await?;
        }
    }
    tx.finish().await
}

#[expect(clippy::disallowed_methods, reason = "the hub's own chores")]
pub(super) async fn some_open(
    conn: &impl ConnectionTrait,
    which: Expr,
    most: u64,
) -> Result<Vec<invitation::Model>, Fault> {
    let open = invitation::Entity::find().filter(invitation::Column::Status.eq(InvitationStatus::Pending));
    Ok(open.filter(which).order_by_asc(invitation::Column::Id).limit(most).all(conn).await?)
}

/// Of two at once, one ends it; a link that was renewed meanwhile stays.
#[expect(clippy::disallowed_methods, reason = "one row that was granted, guarded by its status and link")]
async fn end(
    tx: &Access<DatabaseTransaction>,
    row: &invitation::Model,
    mut change: invitation::ActiveModel,
) -> Result<bool, Fault> {
    change.updated_at = Set(tx.now());
    change.next_reminder_at = Set(None);
    let ended = invitation::Entity::update_many()
        .set(change)
        .filter(invitation::Column::Id.eq(row.id))
        .filter(invitation::Column::Status.eq(row.status))
        .filter(invitation::Column::Generation.eq(row.generation))
        .exec(tx.conn())
        .await?;
    Ok(ended.rows_affected == 1)
}
