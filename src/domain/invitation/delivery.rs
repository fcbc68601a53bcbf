//! What became of an invitation's letter, as the vendor sees it.

use crate::{access::Access, fault::Fault, outbox::Outcome};
use entity::{
    InvitationId,
    invitation::{self, DeliveryStatus},
    outbox::OutboxState,
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter,
    sea_query::{Expr, ExprTrait},
};

/// Notes one try, in the transaction that settles its row.
#[expect(clippy::disallowed_methods, reason = "the row that the outbox names; asked by the worker alone")]
pub async fn note_delivery(
    tx: &Access<DatabaseTransaction>,
    id: InvitationId,
    state: OutboxState,
    outcome: &Outcome,
) -> Result<(), Fault> {
    let (status, reason) = match (state, outcome) {
        (OutboxState::Cancelled, _) => return Ok(()),
        (OutboxState::Sent, _) => (DeliveryStatus::Sent, None),
        (OutboxState::Failed, Outcome::Refused(why)) => (DeliveryStatus::Bounced, Some(why)),
        (OutboxState::Failed, Outcome::Deferred(why)) => (DeliveryStatus::Failed, Some(why)),
        (_, Outcome::Deferred(why)) => (DeliveryStatus::Deferred, Some(why)),
        _ => return Ok(()),
    };
    let sent = state == OutboxState::Sent;
    let change = invitation::ActiveModel {
        delivery_status: Set(status),
        delivery_reason: Set(reason.map(|why| why.chars().take(500).collect())),
        delivery_attempted_at: Set(Some(tx.now())),
        ..Default::default()
    };
    let mut update = invitation::Entity::update_many().set(change);
    if sent {
        update = update
            .col_expr(invitation::Column::SentAt, Expr::val(tx.now()))
            .col_expr(invitation::Column::SendCount, Expr::col(invitation::Column::SendCount).add(1));
    }
    update.filter(invitation::Column::Id.eq(id)).exec(tx.conn()).await?;
    Ok(())
}
