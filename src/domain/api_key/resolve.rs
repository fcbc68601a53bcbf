//! Which key a token is, found anew by each request.

use crate::{
    access::{Actor, Key},
    db::Reading,
    fault::Fault,
    hub::Hub,
    secret,
};
use chrono::TimeDelta;
use entity::{
    ApiKeyId,
    api_key::{ActiveModel, Column, Entity},
};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
use secrecy::{ExposeSecret, SecretString};
use std::sync::Arc;

/// How stale the time of last use may be before a request pays a write for it.
const TOUCH: TimeDelta = TimeDelta::minutes(5);

/// Which key a token is, in one statement; [`Actor::Anonymous`] for every token that does not work.
pub async fn resolve(hub: &Hub, conn: &Reading, token: &SecretString) -> Result<Actor, Fault> {
    find(hub, conn, Column::TokenHash.eq(secret::token_hash(token.expose_secret())), true).await
}

/// What a key may do now, with which a connection has been opened; [`Actor::Anonymous`] once it was revoked or has run
/// out. To be told of changes is not to use it.
pub async fn resume(hub: &Hub, id: ApiKeyId, used: bool) -> Result<Actor, Fault> {
    find(hub, &hub.any_connection(), Column::Id.eq(id), used).await
}

#[expect(clippy::disallowed_methods, reason = "the token is the permission")]
async fn find(hub: &Hub, conn: &Reading, which: Expr, used: bool) -> Result<Actor, Fault> {
    let now = hub.clock.now();
    let working = Entity::find()
        .filter(which)
        .filter(Column::ExpiresAt.gt(now))
        .filter(Column::RevokedAt.is_null())
        // Keys are the vendor's: one of a partner's would reach too far.
        .filter(Column::PartnerId.is_null());
    let Some(key) = working.one(conn).await? else { return Ok(Actor::Anonymous) };
    if used && key.last_used_at.is_none_or(|last| last < now - TOUCH) {
        Entity::update_many()
            .set(ActiveModel { last_used_at: Set(Some(now)), ..Default::default() })
            .filter(Column::Id.eq(key.id))
            .exec(conn)
            .await?;
    }
    Ok(Actor::Key(Arc::new(Key { id: key.id, name: key.name, role: key.role, scopes: key.scopes.0 })))
}
