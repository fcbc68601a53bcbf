//! Letters that were held back while a partner was shut out.

use super::letter;
use crate::{
    access::Access,
    db::any_of,
    fault::Fault,
    outbox::{self, APART},
};
use entity::{
    PartnerId,
    invitation::{self, DeliveryStatus, InvitationStatus},
    outbox::{Column, Entity, OutboxState},
};
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use std::collections::HashSet;

/// Writes the invitations of a partner anew that wait for their letter and have none under way: it was called off while
/// the partner was shut out, and the partner is let in again.
#[expect(clippy::disallowed_methods, reason = "invitations of a granted partner, and their letters")]
pub(crate) async fn write_waiting(tx: &Access<DatabaseTransaction>, partner: PartnerId) -> Result<(), Fault> {
    let waiting = invitation::Entity::find()
        .filter(invitation::Column::PartnerId.eq(partner))
        .filter(invitation::Column::Status.eq(InvitationStatus::Pending))
        .filter(invitation::Column::DeliveryStatus.is_in([DeliveryStatus::Queued, DeliveryStatus::Deferred]))
        .filter(invitation::Column::ExpiresAt.gt(tx.now()))
        .order_by_asc(invitation::Column::Id)
        .all(tx.conn())
        .await?;
    let ids: Vec<_> = waiting.iter().map(|row| row.id).collect();
    let under_way: Vec<_> = Entity::find()
        .select_only()
        .column(Column::InvitationId)
        .filter(any_of(tx.conn(), Column::InvitationId, &ids))
        .filter(Column::State.is_in([OutboxState::Queued, OutboxState::Sending]))
        .into_tuple()
        .all(tx.conn())
        .await?;
    let under_way: HashSet<entity::InvitationId> = under_way.into_iter().collect();
    let held_back = waiting.iter().filter(|row| !under_way.contains(&row.id));
    let letters = held_back.zip(0..).map(|(row, place)| letter(tx, row, tx.now() + APART * place));
    outbox::enqueue_all(tx.conn(), tx.now(), letters).await
}
