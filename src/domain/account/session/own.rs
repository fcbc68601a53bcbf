//! One's own sessions: seen, and ended.

use super::IDLE;
use crate::{
    access::{Access, Action, Person},
    domain::{
        account::{device, email, hold},
        activity,
    },
    fault::Fault,
};
use entity::{
    SessionId, UserId,
    session::{self, Column},
    user,
};
use sea_orm::{ColumnTrait, DatabaseTransaction, DeleteMany, EntityTrait, QueryFilter, QueryOrder};
use secrecy::SecretString;

/// The sessions of a person that still work, the last used first. The person is the actor, or has just come in by the
/// request itself.
#[expect(clippy::disallowed_methods, reason = "a person's own sessions")]
pub async fn of_person(access: &Access, person: &Person) -> Result<Vec<session::Model>, Fault> {
    let now = access.now();
    Ok(session::Entity::find()
        .filter(Column::UserId.eq(person.user.id))
        .filter(Column::ExpiresAt.gt(now))
        .filter(Column::LastUsedAt.gt(now - IDLE))
        .order_by_desc(Column::LastUsedAt)
        .order_by_desc(Column::Id)
        .all(access.conn())
        .await?)
}

/// Ends one.
pub async fn revoke(access: &Access, id: SessionId) -> Result<(), Fault> {
    let (tx, user) = begin(access).await?;
    if own_rows(user.id).filter(Column::Id.eq(id)).exec(tx.conn()).await?.rows_affected == 0 {
        return Err(Fault::NotFound);
    }
    activity::record_by::<user::Entity>(&tx, "user.sessions_revoked", &user, user.id).await?;
    tx.commit().await
}

/// Ends all but the one that carries the request, forgets every device, and takes the link to another address back; answers
/// how many, and by what this one is known from now on.
pub async fn revoke_others(access: &Access) -> Result<(u64, SecretString), Fault> {
    let (tx, mut user) = begin(access).await?;
    let ended = end_all_but(&tx, user.id, access.person()?.session_id).await?;
    email::take_back(&tx, user.id).await?;
    device::forget_all(&tx, user.id).await?;
    user.device_generation += 1;
    activity::record_by::<user::Entity>(&tx, "user.sessions_revoked", &user, user.id).await?;
    tx.commit().await?;
    Ok((ended, device::token(access.hub(), &user)))
}

/// Ends the session that carries a request which has opened another one for the same user: it gives way.
#[expect(clippy::disallowed_methods, reason = "the actor's own session")]
pub(crate) async fn give_way(tx: &Access<DatabaseTransaction>, user: UserId) -> Result<(), Fault> {
    if let Some(person) = tx.actor().person().filter(|person| person.user.id == user) {
        session::Entity::delete_by_id(person.session_id).exec(tx.conn()).await?;
    }
    Ok(())
}

/// Ends every session of a user but one; answers how many.
pub(crate) async fn end_all_but(
    tx: &Access<DatabaseTransaction>,
    user: UserId,
    session: SessionId,
) -> Result<u64, Fault> {
    Ok(own_rows(user).filter(Column::Id.ne(session)).exec(tx.conn()).await?.rows_affected)
}

/// Ends every session of a user, who is held, forgets its devices, and takes the link to another address back.
pub(crate) async fn end_all_of_user(tx: &Access<DatabaseTransaction>, user: UserId) -> Result<(), Fault> {
    own_rows(user).exec(tx.conn()).await?;
    email::take_back(tx, user).await?;
    device::forget_all(tx, user).await
}

/// The actor's own account, held.
async fn begin(access: &Access) -> Result<(Access<DatabaseTransaction>, user::Model), Fault> {
    access.permit(Action::ManageOwnAccount)?;
    let person = access.person()?;
    let tx = access.begin().await?;
    let held = hold(&tx, person.user.id, person.user.partner_id).await?;
    let (user, _) = held.ok_or(Fault::Unauthenticated)?;
    Ok((tx, user))
}

#[expect(clippy::disallowed_methods, reason = "one user's sessions")]
fn own_rows(user: UserId) -> DeleteMany<session::Entity> {
    session::Entity::delete_many().filter(Column::UserId.eq(user))
}
