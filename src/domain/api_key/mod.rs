//! API keys: what programs of the vendor's sign in with. Shown once, kept as a hash, taken back at any time.

mod resolve;

pub use resolve::{resolve, resume};

use crate::{
    access::{Access, Action},
    domain::{account::authenticated_recently, activity, input::Check},
    fault::{Fault, Reason, Refusal, UserError},
    secret,
};
use chrono::TimeDelta;
use entity::{
    ApiKeyId, UserId,
    api_key::{self, ActiveModel, Column, Entity, Model, Scope, Scopes},
    user::UserRole,
};
use sea_orm::{
    ActiveEnum, ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};
use secrecy::SecretString;
use serde_json::json;

/// The longest life of a key, in days.
pub const LONGEST_LIFE: i32 = 365;

/// What is said of a new key.
#[derive(Clone, Debug)]
pub struct NewApiKey {
    /// What it is for.
    pub name: String,
    /// Which of the vendor's users it acts like.
    pub role: UserRole,
    /// What it may do of what they may.
    pub scopes: Vec<Scope>,
    /// How long it works.
    pub days: i32,
}

/// A key that was just made.
#[derive(Debug)]
pub struct Made {
    /// Its row.
    pub key: Model,
    /// What the program sends; shown this once.
    pub token: SecretString,
}

/// Makes a key of the vendor's.
pub async fn create(access: &Access, new: NewApiKey) -> Result<Made, Refusal> {
    access.permit(Action::ManageApiKey)?;
    let mut check = Check::default();
    let name = check.name("name", &new.name);
    if !(1..=LONGEST_LIFE).contains(&new.days) {
        check.fail("expiresInDays", Reason::Invalid, format!("A key works 1 to {LONGEST_LIFE} days."));
    }
    if new.scopes.is_empty() {
        check.fail("scopes", Reason::Required, "Say what the key is for: without a scope it can do nothing.");
    }
    check.finish()?;
    let mut scopes: Vec<Scope> = Vec::new();
    for scope in new.scopes {
        if !scopes.contains(&scope) {
            scopes.push(scope);
        }
    }
    let tx = access.begin().await?;
    // After the beginning, which answers whoever repeats what was made: no new credential comes of that.
    authenticated_recently(access)?;
    let (token, now) = (secret::api_key_token(), tx.now());
    let key = ActiveModel {
        id: Set(tx.id()),
        partner_id: Set(None),
        name: Set(name),
        token_hash: Set(secret::token_hash(&token).into()),
        role: Set(new.role),
        scopes: Set(Scopes(scopes)),
        created_by_id: Set(tx.person()?.user.id),
        expires_at: Set(now + TimeDelta::days(new.days.into())),
        last_used_at: Set(None),
        revoked_at: Set(None),
        created_at: Set(now),
    }
    .insert(tx.conn())
    .await?;
    let data = json!({
        "name": key.name, "role": key.role.to_value(), "scopes": key.scopes, "expiresAt": key.expires_at,
    });
    activity::record::<Entity>(&tx, "api_key.created", None, key.id, data).await?;
    tx.commit().await?;
    Ok(Made { key, token: token.into() })
}

/// Takes a key back: it does not work from then on.
#[expect(clippy::disallowed_methods, reason = "a granted row, unless somebody else has revoked it")]
pub async fn revoke(access: &Access, id: ApiKeyId) -> Result<Model, Refusal> {
    let tx = access.begin().await?;
    let key = tx.fetch::<Entity>(Action::ManageApiKey, id).await?.into_inner();
    authenticated_recently(access)?;
    let revoked = ActiveModel { revoked_at: Set(Some(tx.now())), ..Default::default() };
    let still = Entity::update_many().set(revoked).filter(Column::Id.eq(id)).filter(Column::RevokedAt.is_null());
    if still.exec(tx.conn()).await?.rows_affected == 0 {
        return Err(UserError::general(Reason::InvalidState, "This key has been revoked already.").into());
    }
    activity::record::<Entity>(&tx, "api_key.revoked", None, id, json!({ "name": key.name })).await?;
    let revoked_at = Some(tx.now());
    tx.commit().await?;
    Ok(api_key::Model { revoked_at, ..key })
}

/// The keys that a user has made, the newest first.
pub async fn made_by(access: &Access, user: UserId) -> Result<Vec<Model>, Fault> {
    let made = access.list::<Entity>()?.filter(Column::CreatedById.eq(user));
    Ok(made.order_by_desc(Column::Id).limit(100).all(access.conn()).await?)
}

/// The same key again, for whoever repeats its making; the token is not shown twice.
pub async fn made(access: &Access, result: &serde_json::Value) -> Result<Model, Fault> {
    let id = crate::access::once::first_of::<Entity>(result).ok_or(Fault::NotFound)?;
    Ok(access.fetch::<Entity>(Action::ManageApiKey, id).await?.into_inner())
}
