//! An address that nobody came in with, and that nobody waits for any more, can be invited again.

use crate::{access::Access, db, fault::Fault};
use entity::{
    invitation::{self, InvitationStatus},
    partner,
    user::{self, UserStatus},
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{BinOper, Expr, ExprTrait, LockType},
};
use std::collections::HashMap;
use uuid::Uuid;

/// Frees those of these addresses whose newest invitation was taken back or declined. Their users stay where they are
/// named, disabled, without the address as their key, and nobody's primary contact: what concerns their partner is not
/// for whoever has the address now. Anybody else's address is left alone. The statements do not grow with the addresses.
#[expect(clippy::disallowed_methods, reason = "asks whether an address is in use, whoever's it is")]
pub(crate) async fn release(tx: &Access<DatabaseTransaction>, email_keys: &[String]) -> Result<(), Fault> {
    let waiting = || {
        user::Entity::find()
            .filter(user::Column::EmailKey.is_in(email_keys))
            .filter(user::Column::Status.eq(UserStatus::Invited))
            .filter(user::Column::PasswordHash.is_null())
    };
    let seen = waiting().all(tx.conn()).await?;
    if seen.is_empty() {
        return Ok(());
    }
    // Held as whoever sends a letter again holds them, and read anew: an invitation that was taken back a moment ago may
    // have been sent again since, and then its address is not free.
    let partners: Vec<_> = seen.iter().filter_map(|user| user.partner_id).collect();
    partner::Entity::find()
        .filter(db::any_of(tx.conn(), partner::Column::Id, &partners))
        .order_by_asc(partner::Column::Id)
        .lock(LockType::NoKeyUpdate)
        .all(tx.conn())
        .await?;
    let held = waiting().order_by_asc(user::Column::Id).lock(LockType::NoKeyUpdate).all(tx.conn()).await?;
    let ids: Vec<_> = held.iter().map(|user| user.id).collect();
    let invitations = invitation::Entity::find()
        .filter(db::any_of(tx.conn(), invitation::Column::UserId, &ids))
        .order_by_asc(invitation::Column::Id)
        .all(tx.conn())
        .await?;
    // The newest of each user stays.
    let newest: HashMap<_, _> = invitations.iter().map(|row| (row.user_id, row.status)).collect();
    let over = [InvitationStatus::Revoked, InvitationStatus::Declined];
    let free: Vec<_> =
        ids.into_iter().filter(|id| newest.get(id).is_some_and(|status| over.contains(status))).collect();
    if free.is_empty() {
        return Ok(());
    }
    // The partner before its user, as everybody takes hold of them.
    partner::Entity::update_many()
        .col_expr(partner::Column::PrimaryContactId, Expr::value(None::<Uuid>))
        .col_expr(partner::Column::Version, Expr::col(partner::Column::Version).add(1))
        .filter(db::any_of(tx.conn(), partner::Column::PrimaryContactId, &free))
        .exec(tx.conn())
        .await?;
    // No address has a space: nobody can log in or be invited by such a key.
    let prefix = format!("released {} ", tx.id::<Uuid>());
    user::Entity::update_many()
        .set(user::ActiveModel { status: Set(UserStatus::Disabled), updated_at: Set(tx.now()), ..Default::default() })
        .col_expr(
            user::Column::EmailKey,
            Expr::val(prefix).binary(BinOper::Custom("||"), Expr::col(user::Column::EmailKey)),
        )
        .col_expr(user::Column::Version, Expr::col(user::Column::Version).add(1))
        .filter(db::any_of(tx.conn(), user::Column::Id, &free))
        .filter(user::Column::Status.eq(UserStatus::Invited))
        .exec(tx.conn())
        .await?;
    Ok(())
}
