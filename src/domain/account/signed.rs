//! What the hub signs for an account and keeps nowhere: whose it is, until when, and what ends it sooner.

use crate::{access::Access, fault::Fault, hub::Hub, secret};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, TimeDelta, Utc};
use entity::{UserId, user};
use sea_orm::{ConnectionTrait, EntityTrait};
use secrecy::SecretString;
use uuid::Uuid;

/// User, end, and what tells two of the same second apart.
const BODY: usize = 16 + 8 + 8;

/// One kind of token that is signed.
pub(super) struct Signed {
    /// Lets secret scanners recognise it.
    pub(super) prefix: &'static str,
    /// Keeps one kind from being taken for another.
    pub(super) purpose: &'static str,
    /// For how long it counts.
    pub(super) life: TimeDelta,
    /// What of the account it is bound to: with another one, it is void.
    pub(super) bound_to: fn(&user::Model) -> Vec<u8>,
}

impl Signed {
    /// Signs one for an account; answers it with its end.
    pub(super) fn sign(&self, hub: &Hub, user: &user::Model) -> (SecretString, DateTime<Utc>) {
        let expires_at = hub.clock.now() + self.life;
        let end = expires_at.timestamp().to_be_bytes();
        let body = [user.id.0.as_bytes().as_slice(), &end, &secret::random::<8>()].concat();
        let signature = hub.key.derive(self.purpose, &[&body, &(self.bound_to)(user)]);
        let token = URL_SAFE_NO_PAD.encode([body.as_slice(), &signature].concat());
        (format!("{}{token}", self.prefix).into(), expires_at)
    }

    /// Whom it was signed for; `None` if it was not, or too long ago, or what it is bound to is another now.
    #[expect(clippy::disallowed_methods, reason = "the signature is the permission")]
    pub(super) async fn owner<C: ConnectionTrait>(
        &self,
        access: &Access<C>,
        token: &str,
    ) -> Result<Option<user::Model>, Fault> {
        let bytes = token.strip_prefix(self.prefix).and_then(|token| URL_SAFE_NO_PAD.decode(token).ok());
        let Some((body, signature)) = bytes.as_deref().and_then(|bytes| bytes.split_at_checked(BODY)) else {
            return Ok(None);
        };
        let (Ok(id), Ok(end)) = (Uuid::from_slice(&body[..16]), body[16..24].try_into()) else { return Ok(None) };
        if i64::from_be_bytes(end) <= access.now().timestamp() {
            return Ok(None);
        }
        let user = user::Entity::find_by_id(UserId(id)).one(access.conn()).await?;
        let key = &access.hub().key;
        Ok(user.filter(|user| key.made(self.purpose, &[body, &(self.bound_to)(user)], signature)))
    }
}
