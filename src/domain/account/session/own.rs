//! One's own sessions: seen, and ended.

use super::IDLE;
use crate::{
    access::{Access, Action, Person},
    domain::{account::hold, activity},
    fault::Fault,
};
use entity::{
    SessionId, UserId,
    session::{self, Column},
    user,
};
use sea_orm::{ColumnTrait, DatabaseTransaction, DeleteMany, EntityTrait, QueryFilter, QueryOrder};

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
    match end(access, own_rows(access.person()?.user.id).filter(Column::Id.eq(id))).await? {
        0 => Err(Fault::NotFound),
        _ => Ok(()),
    }
}

/// Ends all but the one that carries the request; answers how many.
pub async fn revoke_others(access: &Access) -> Result<u64, Fault> {
    let person = access.person()?;
    end(access, own_rows(person.user.id).filter(Column::Id.ne(person.session_id))).await
}

/// Ends the session that carries a request which has opened another one for the same user: it gives way.
#[expect(clippy::disallowed_methods, reason = "the actor's own session")]
pub(crate) async fn give_way(tx: &Access<DatabaseTransaction>, user: UserId) -> Result<(), Fault> {
    if let Some(person) = tx.actor().person().filter(|person| person.user.id == user) {
        session::Entity::delete_by_id(person.session_id).exec(tx.conn()).await?;
    }
    Ok(())
}

/// Ends every session of a user.
pub(crate) async fn end_all_of_user(tx: &Access<DatabaseTransaction>, user: UserId) -> Result<(), Fault> {
    own_rows(user).exec(tx.conn()).await?;
    Ok(())
}

async fn end(access: &Access, which: DeleteMany<session::Entity>) -> Result<u64, Fault> {
    access.permit(Action::ManageOwnAccount)?;
    let user = &access.person()?.user;
    let tx = access.begin().await?;
    hold(&tx, user.id, user.partner_id).await?;
    let ended = which.exec(tx.conn()).await?.rows_affected;
    if ended > 0 {
        activity::record_by::<user::Entity>(&tx, "user.sessions_revoked", user, user.id).await?;
    }
    tx.commit().await?;
    Ok(ended)
}

#[expect(clippy::disallowed_methods, reason = "one user's sessions")]
fn own_rows(user: UserId) -> DeleteMany<session::Entity> {
    session::Entity::delete_many().filter(Column::UserId.eq(user))
}
