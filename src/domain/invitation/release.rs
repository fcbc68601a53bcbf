//! An address that nobody came in with, and that nobody waits for any more, can be invited again.

use crate::{access::Access, fault::Fault};
use entity::{
    invitation::{self, InvitationStatus},
    user::{self, UserStatus},
};
use sea_orm::{ActiveValue::Set, ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder};

/// Frees an address whose only invitation was taken back or declined. Its user stays where it is named, disabled and
/// without the address as its key. Anybody else's address is left alone.
#[expect(clippy::disallowed_methods, reason = "asks whether an address is in use, whoever's it is")]
pub(crate) async fn release(tx: &Access<DatabaseTransaction>, email_key: &str) -> Result<(), Fault> {
    let waiting = user::Entity::find()
        .filter(user::Column::EmailKey.eq(email_key))
        .filter(user::Column::Status.eq(UserStatus::Invited))
        .filter(user::Column::PasswordHash.is_null());
    let Some(user) = waiting.one(tx.conn()).await? else { return Ok(()) };
    let newest = invitation::Entity::find()
        .filter(invitation::Column::UserId.eq(user.id))
        .order_by_desc(invitation::Column::Id)
        .one(tx.conn())
        .await?;
    let over = [InvitationStatus::Revoked, InvitationStatus::Declined];
    if !newest.is_some_and(|newest| over.contains(&newest.status)) {
        return Ok(());
    }
    user::Entity::update_many()
        .set(user::ActiveModel {
            status: Set(UserStatus::Disabled),
            // No address has a space: nobody can log in or be invited by this key.
            email_key: Set(format!("released {} {email_key}", user.id.0)),
            version: Set(user.version + 1),
            updated_at: Set(tx.now()),
            ..Default::default()
        })
        .filter(user::Column::Id.eq(user.id))
        .filter(user::Column::Version.eq(user.version))
        .exec(tx.conn())
        .await?;
    Ok(())
}
