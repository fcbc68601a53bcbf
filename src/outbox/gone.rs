//! Letters that nobody should be sent any more, and addresses that are to be forgotten.

use super::Letter;
use crate::fault::Fault;
use entity::outbox::{ActiveModel, Column, Entity, OutboxState};
use entity::{OutboxId, user};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

/// Takes the letters with links for a new password back that have not left: the password is another one now.
#[expect(clippy::disallowed_methods, reason = "the hub's own rows")]
pub async fn take_resets_back(tx: &impl ConnectionTrait, user: &user::Model) -> Result<(), Fault> {
    let kind = Letter::PasswordReset { user: None }.kind();
    Entity::update_many()
        .set(ActiveModel { state: Set(OutboxState::Cancelled), ..Default::default() })
        .filter(Column::Kind.eq(kind))
        .filter(Column::Recipient.eq(&user.email))
        .filter(Column::State.is_in([OutboxState::Queued, OutboxState::Sending]))
        .exec(tx)
        .await?;
    Ok(())
}

/// Whether a letter was taken back, perhaps while it was on its way.
#[expect(clippy::disallowed_methods, reason = "the hub's own rows")]
pub async fn is_taken_back(tx: &impl ConnectionTrait, id: OutboxId) -> Result<bool, Fault> {
    let row = Entity::find_by_id(id).one(tx).await?;
    Ok(row.is_none_or(|row| row.state == OutboxState::Cancelled))
}

/// Overwrites an address with another one in all letters that need it no more.
#[expect(clippy::disallowed_methods, reason = "the hub's own rows")]
pub async fn forget_recipient(tx: &impl ConnectionTrait, address: &str, instead: &str) -> Result<(), Fault> {
    Entity::update_many()
        .set(ActiveModel { recipient: Set(instead.to_owned()), ..Default::default() })
        .filter(Column::Recipient.eq(address))
        .filter(Column::State.is_in([OutboxState::Sent, OutboxState::Failed, OutboxState::Cancelled]))
        .exec(tx)
        .await?;
    Ok(())
}
