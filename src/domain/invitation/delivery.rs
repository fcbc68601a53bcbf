//! What became of an invitation's letter, as the vendor sees it.

use crate::{
    access::{Access, Action, Scoped},
    domain::{
        activity,
        input::{Check, Email},
        notice,
    },
    fault::{Fault, Reason, Refusal, UserError},
    outbox::{Letter, Outcome},
};
use entity::{
    InvitationId,
    invitation::{self, DeliveryStatus, InvitationStatus},
    outbox::{Model as Row, OutboxState},
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder,
    sea_query::{Expr, ExprTrait},
};
use serde_json::json;

/// The longest reason that is kept, in characters.
const REASON: usize = 500;

/// Notes one try, in the transaction that settles its row. A letter that failed for good is told to the vendor, once.
#[expect(clippy::disallowed_methods, reason = "the row that the outbox names; asked by the worker alone")]
pub async fn note_delivery(
    tx: &Access<DatabaseTransaction>,
    id: InvitationId,
    row: &Row,
    state: OutboxState,
    outcome: &Outcome,
) -> Result<(), Fault> {
    let (status, reason) = match (state, outcome) {
        (OutboxState::Cancelled, _) => return Ok(()),
        (OutboxState::Sent, _) => (DeliveryStatus::Sent, None),
        (OutboxState::Failed, Outcome::Refused(why)) => (DeliveryStatus::Bounced, Some(why)),
        (OutboxState::Failed, Outcome::Deferred(why) | Outcome::Broken(why) | Outcome::ByHand(why)) => {
            (DeliveryStatus::Failed, Some(why))
        }
        (_, Outcome::Deferred(why) | Outcome::Broken(why) | Outcome::Unreachable(why)) => {
            (DeliveryStatus::Deferred, Some(why))
        }
        _ => return Ok(()),
    };
    // What became of an older link's letter concerns nobody any more.
    let Ok(Letter::Invitation { generation, .. } | Letter::Reminder { generation, .. }) =
        serde_json::from_value(row.params.clone())
    else {
        return Ok(());
    };
    let change = invitation::ActiveModel {
        delivery_status: Set(status),
        delivery_reason: Set(reason.map(|why| cut(why))),
        delivery_attempted_at: Set(Some(tx.now())),
        ..Default::default()
    };
    let mut update = invitation::Entity::update_many().set(change);
    if status == DeliveryStatus::Bounced {
        update =
            update.col_expr(invitation::Column::NextReminderAt, Expr::value(None::<chrono::DateTime<chrono::Utc>>));
    }
    if state == OutboxState::Sent {
        update = update
            .col_expr(invitation::Column::SentAt, Expr::val(tx.now()))
            .col_expr(invitation::Column::SendCount, Expr::col(invitation::Column::SendCount).add(1));
    }
    let noted = update
        .filter(invitation::Column::Id.eq(id))
        .filter(invitation::Column::Generation.eq(generation))
        .exec(tx.conn())
        .await?;
    match (outcome, reason) {
        (Outcome::ByHand(_), _) => Ok(()),
        (_, Some(why)) if noted.rows_affected == 1 && state == OutboxState::Failed => {
            let event =
                if status == DeliveryStatus::Bounced { "invitation.bounced" } else { "invitation.not_delivered" };
            tell(tx, id, event, &cut(why)).await
        }
        _ => Ok(()),
    }
}

/// A mail provider reports later that a letter came back. Answers the invitation that it was about, if any is open.
#[expect(clippy::disallowed_methods, reason = "looked up by address, for who may report bounces of all addresses")]
pub async fn report_bounce(
    access: &Access,
    email: &str,
    reason: Option<&str>,
) -> Result<Option<invitation::Model>, Refusal> {
    access.permit(Action::ReportBounce)?;
    let mut check = Check::default();
    let reason = check.optional_line("reason", reason, REASON);
    check.finish()?;
    let Some(email) = Email::parse(email) else {
        return Err(UserError::at("email", Reason::Invalid, "Enter the address that the letter went to.").into());
    };
    let tx = access.begin().await?;
    let open = invitation::Entity::find()
        .filter(Expr::cust("LOWER(email)").eq(email.key))
        .filter(invitation::Column::Status.is_in([InvitationStatus::Pending, InvitationStatus::Expired]))
        .order_by_desc(invitation::Column::Id)
        .one(tx.conn())
        .await?;
    let Some(row) = open else { return Ok(None) };
    let reason = reason.unwrap_or_else(|| "The letter came back. Correct the address.".into());
    let bounced = invitation::Entity::update_many()
        .set(invitation::ActiveModel {
            delivery_status: Set(DeliveryStatus::Bounced),
            delivery_reason: Set(Some(reason.clone())),
            next_reminder_at: Set(None),
            updated_at: Set(tx.now()),
            ..Default::default()
        })
        .filter(invitation::Column::Id.eq(row.id))
        .filter(invitation::Column::Generation.eq(row.generation))
        .filter(invitation::Column::DeliveryStatus.ne(DeliveryStatus::Bounced))
        .exec(tx.conn())
        .await?;
    if bounced.rows_affected == 1 {
        tell(&tx, row.id, "invitation.bounced", &reason).await?;
    }
    tx.led_to(invitation::Entity::NAME, row.id.into());
    let row = invitation::Entity::find_by_id(row.id).one(tx.conn()).await?;
    tx.commit().await?;
    Ok(row)
}

/// Records that a letter did not arrive, and tells the vendor.
#[expect(clippy::disallowed_methods, reason = "an invitation whose letter failed")]
async fn tell(tx: &Access<DatabaseTransaction>, id: InvitationId, event: &str, reason: &str) -> Result<(), Fault> {
    let Some(row) = invitation::Entity::find_by_id(id).one(tx.conn()).await? else { return Ok(()) };
    let data = json!({ "email": row.email, "reason": reason });
    activity::record::<invitation::Entity>(tx, event, row.partner_id, id, data).await?;
    let invited = super::with_people(tx, row).await?;
    let letter = Letter::InvitationBounced {
        name: invited.user.name,
        email: invited.invitation.email,
        partner: invited.partner.map(|partner| partner.name),
        reason: reason.to_owned(),
        inviter: invited.invitation.inviter_id,
    };
    notice::to_vendor(tx, letter).await
}

fn cut(reason: &str) -> String {
    reason.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(REASON).collect()
}
