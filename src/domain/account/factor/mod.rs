//! A second factor: the codes of an authenticator (RFC 6238), and codes on paper for whoever has lost it.
//!
//! The secret is derived from the server's key and a nonce in the row, so that none is stored.

mod codes;
mod end;
mod rekey;
mod setup;

pub use codes::left as codes_left;
pub(crate) use end::forget;
pub use end::{disable, reset};
pub use rekey::rekey;
pub(crate) use setup::changed;
pub use setup::{Setup, begin, confirm, renew_codes};

use crate::{
    access::Access,
    domain::{activity, notice},
    fault::Fault,
    hub::Hub,
    outbox::{FactorChange, Letter},
};
use chrono::{DateTime, Utc};
use entity::{
    UserId,
    second_factor::{Column, Entity, Model},
    user,
};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter};
use totp_rs::{Builder, Totp};

/// How many bytes the secret has: those of the hash, as RFC 4226 recommends.
const SECRET: usize = 20;

/// Uses a code up: an authenticator's once, a recovery code for good, of which the owner is told. `false` if it is neither. The user is held.
pub(super) async fn use_up(tx: &Access<DatabaseTransaction>, user: &user::Model, code: &str) -> Result<bool, Fault> {
    let code: String = code.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
    if code.len() == 6 && code.bytes().all(|b| b.is_ascii_digit()) {
        return use_code(tx, user.id, &code).await;
    }
    let used = codes::use_up(tx, user.id, &code).await?;
    if used {
        // Whoever comes in by it has no session yet.
        activity::record_by::<user::Entity>(tx, "user.recovery_code_used", user, user.id).await?;
        let letter = Letter::SecondFactorChanged { user: user.id, change: FactorChange::Used };
        notice::to_user(tx, user.id, letter).await?;
    }
    Ok(used)
}

/// A code of the authenticator, of this step of time or the ones beside it; each step counts once.
#[expect(clippy::disallowed_methods, reason = "the row of a user who was granted, guarded by its step")]
async fn use_code(tx: &Access<DatabaseTransaction>, user: UserId, code: &str) -> Result<bool, Fault> {
    let Some(row) = find(tx, user).await? else { return Ok(false) };
    let Some(totp) = totp(tx.hub(), &row, None)? else {
        tracing::error!(
            key = row.key_id,
            "the key of an authenticator is gone; set SECRET_KEY_OLD, or take the factor away"
        );
        return Ok(false);
    };
    let Some(step) = totp.check(code, seconds(tx.now())) else { return Ok(false) };
    let step = i64::try_from(step).map_err(|_| Fault::Internal("a step beyond all time".into()))?;
    let used = entity::second_factor::ActiveModel { last_step: Set(step), ..Default::default() };
    let used = Entity::update_many().set(used).filter(Column::UserId.eq(user)).filter(Column::LastStep.lt(step));
    Ok(used.exec(tx.conn()).await?.rows_affected == 1)
}

#[expect(clippy::disallowed_methods, reason = "the row of a user who was granted")]
async fn find<C: ConnectionTrait>(access: &Access<C>, user: UserId) -> Result<Option<Model>, Fault> {
    Ok(Entity::find_by_id(user).one(access.conn()).await?)
}

/// What a key of the server makes of a row; `None` if that key is gone.
fn derived(hub: &Hub, key_id: Option<&str>, row: &Model) -> Option<Vec<u8>> {
    let bytes = hub.key.derive_by(key_id, "second factor", &[row.user_id.0.as_bytes(), &row.nonce]);
    bytes.map(|bytes| bytes[..SECRET].to_vec())
}

/// What authenticator and hub share; `None` if the key that makes it is gone.
fn secret(hub: &Hub, row: &Model) -> Option<Vec<u8>> {
    let derived = derived(hub, row.key_id.as_deref(), row)?;
    Some(row.shift.as_deref().map_or_else(|| derived.clone(), |shift| between(&derived, shift)))
}

/// What lies between two secrets of one length; with one of them it gives the other.
fn between(one: &[u8], other: &[u8]) -> Vec<u8> {
    one.iter().zip(other).map(|(one, other)| one ^ other).collect()
}

/// What makes the codes; `labels` are issuer and account, which an authenticator shows beside them. `None` if the key is
/// gone.
fn totp(hub: &Hub, row: &Model, labels: Option<(String, String)>) -> Result<Option<Totp>, Fault> {
    let Some(secret) = secret(hub, row) else { return Ok(None) };
    let mut builder = Builder::new().with_secret(secret);
    if let Some((issuer, account)) = labels {
        builder = builder.with_issuer(Some(issuer)).with_account_name(account);
    }
    builder.build().map(Some).map_err(|error| Fault::Internal(format!("second factor: {error:?}")))
}

fn seconds(now: DateTime<Utc>) -> u64 {
    now.timestamp().unsigned_abs()
}
