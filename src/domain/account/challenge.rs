//! The second step of a log-in: what stands for the password while the code is looked up.

use super::{
    factor, hold,
    login::{is_open, note},
    recent::wrong_code,
    session,
};
use crate::{
    access::Access,
    domain::{activity, throttle},
    fault::{Fault, Reason, Refusal, UserError},
    hub::Hub,
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, TimeDelta, Utc};
use entity::{UserId, user};
use sea_orm::EntityTrait;
use secrecy::SecretString;
use uuid::Uuid;

/// How long there is for the code.
const LIFE: TimeDelta = TimeDelta::minutes(5);
/// Lets secret scanners recognise it.
const PREFIX: &str = "pchl_";

/// A password that was right, of an account that asks for a code as well.
#[derive(Debug)]
pub struct Challenge {
    /// To be sent back with the code.
    pub token: SecretString,
    /// Until when.
    pub expires_at: DateTime<Utc>,
}

impl Challenge {
    /// Signs that the password of this account was right. Nothing is stored: with another password it is void.
    pub(super) fn of(hub: &Hub, user: &user::Model) -> Self {
        let expires_at = hub.clock.now() + LIFE;
        let body = [user.id.0.as_bytes().as_slice(), &expires_at.timestamp().to_be_bytes()].concat();
        let signature = hub.key.derive("challenge", &[&body, password_of(user)]);
        let token = [body.as_slice(), &signature].concat();
        Self { token: format!("{PREFIX}{}", URL_SAFE_NO_PAD.encode(token)).into(), expires_at }
    }
}

/// Opens a session by the challenge of `login` and a code.
pub async fn complete_log_in(access: &Access, token: &str, code: &str) -> Result<session::Opened, Refusal> {
    let user = challenged(access, token).await?.ok_or_else(over)?;
    let limits = throttle::codes(access, user.id);
    throttle::admit(access.hub(), &limits).await?;
    let tx = access.begin().await?;
    let held = hold(&tx, user.id, user.partner_id).await?;
    let same = held.filter(|(now, partner)| {
        now.password_hash == user.password_hash && now.second_factor_at.is_some() && is_open(now, partner.as_ref())
    });
    let (user, partner) = same.ok_or_else(over)?;
    if !factor::use_up(&tx, &user, code).await? {
        note(access, &user.email_key, "wrong code");
        return Err(wrong_code());
    }
    session::give_way(&tx, user.id).await?;
    let session = session::open(&tx, &user, partner.as_ref()).await?;
    activity::record_by::<user::Entity>(&tx, "user.logged_in", &user, user.id).await?;
    tx.commit().await?;
    throttle::succeeded(access.hub(), &limits).await?;
    Ok(session)
}

/// Whom a challenge was signed for; `None` if it was not, or too long ago, or the password is another now.
#[expect(clippy::disallowed_methods, reason = "the signature is the permission")]
async fn challenged(access: &Access, token: &str) -> Result<Option<user::Model>, Fault> {
    let bytes = token.strip_prefix(PREFIX).and_then(|token| URL_SAFE_NO_PAD.decode(token).ok());
    let Some((body, signature)) = bytes.as_deref().and_then(|bytes| bytes.split_at_checked(24)) else {
        return Ok(None);
    };
    let (id, expires) = body.split_at(16);
    let (Ok(id), Ok(expires)) = (Uuid::from_slice(id), expires.try_into()) else { return Ok(None) };
    if i64::from_be_bytes(expires) <= access.now().timestamp() {
        return Ok(None);
    }
    let user = user::Entity::find_by_id(UserId(id)).one(access.conn()).await?;
    let key = &access.hub().key;
    Ok(user.filter(|user| key.made("challenge", &[body, password_of(user)], signature)))
}

fn password_of(user: &user::Model) -> &[u8] {
    user.password_hash.as_deref().unwrap_or_default().as_bytes()
}

fn over() -> Refusal {
    let sentence = "This log-in has taken too long. Begin again with your password.";
    UserError::at("challenge", Reason::InvalidToken, sentence).into()
}
