//! Reminders: by the vendor's schedule, until somebody has come in, refused, or cannot be reached.

use super::{end::some_open, next_reminder};
use crate::{
    access::Access,
    db::any_of,
    domain::{account::session, activity, vendor},
    fault::Fault,
    outbox::{self, APART, Letter},
};
use chrono::TimeDelta;
use entity::{
    PartnerId,
    invitation::{self, DeliveryStatus},
    partner,
};
use sea_orm::{ActiveValue::Set, ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter};
use serde_json::json;
use std::collections::HashSet;

/// Reminders that the chore writes at once: those of a long list fall due in one moment, and leave one after the other
/// until the chore comes again.
const BATCH: u64 = 30;

/// Writes the reminders that are due.
#[expect(clippy::disallowed_methods, reason = "the hub's own chore, guarded by the reminder's time")]
pub async fn remind(access: &Access) -> Result<(), Fault> {
    let due = invitation::Column::NextReminderAt.lte(access.now());
    if some_open(access.conn(), due.clone(), 1).await?.is_empty() {
        return Ok(());
    }
    let tx = access.begin().await?;
    let vendor = vendor::current(&tx).await?;
    let rows = some_open(tx.conn(), due, BATCH).await?;
    let shut_out = shut_out(&tx, &rows).await?;
    let mut letters = Vec::new();
    for row in rows {
        let born = row.expires_at - TimeDelta::hours(row.lifetime_hours.into());
        let bounced = row.delivery_status == DeliveryStatus::Bounced;
        let next = next_reminder(&vendor, born, row.reminders + 1, row.expires_at).filter(|_| !bounced);
        // A partner that is shut out is not reminded; its reminder is left out, as if it had been written.
        let wanted =
            !bounced && row.expires_at > tx.now() && !row.partner_id.is_some_and(|partner| shut_out.contains(&partner));
        let taken = invitation::Entity::update_many()
            .set(invitation::ActiveModel {
                reminders: Set(row.reminders + 1),
                next_reminder_at: Set(next),
                ..Default::default()
            })
            .filter(invitation::Column::Id.eq(row.id))
            .filter(invitation::Column::NextReminderAt.eq(row.next_reminder_at))
            .exec(tx.conn())
            .await?;
        if taken.rows_affected == 1 && wanted {
            let data = json!({ "email": row.email, "reminder": row.reminders + 1 });
            activity::record::<invitation::Entity>(&tx, "invitation.reminded", row.partner_id, row.id, data).await?;
            letters.push(outbox::New {
                id: tx.id(),
                at: tx.now() + APART * i32::try_from(letters.len()).unwrap_or(i32::MAX),
                recipient: row.email,
                letter: Letter::Reminder { invitation: row.id, generation: row.generation },
                invitation: Some(row.id),
            });
        }
    }
    outbox::enqueue_all(tx.conn(), tx.now(), letters).await?;
    tx.finish().await
}

/// Which of these invitations' partners nobody can come in to.
#[expect(clippy::disallowed_methods, reason = "the partners of invitations that the hub itself reads")]
async fn shut_out(tx: &Access<DatabaseTransaction>, rows: &[invitation::Model]) -> Result<HashSet<PartnerId>, Fault> {
    let ids: Vec<_> = rows.iter().filter_map(|row| row.partner_id).collect();
    let partners = partner::Entity::find().filter(any_of(tx.conn(), partner::Column::Id, &ids));
    let partners = partners.all(tx.conn()).await?.into_iter();
    Ok(partners.filter(|partner| !session::may_log_in(Some(partner.status))).map(|partner| partner.id).collect())
}
