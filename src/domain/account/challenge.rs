//! The second step of a log-in: what stands for the password while the code is looked up.

use super::{
    factor, hold,
    login::{is_open, note},
    recent::wrong_code,
    session,
    signed::Signed,
};
use crate::{
    access::Access,
    domain::{activity, throttle},
    fault::{Reason, Refusal, UserError},
    hub::Hub,
};
use chrono::{DateTime, TimeDelta, Utc};
use entity::user;
use secrecy::SecretString;

/// Five minutes for the code. With another password it is void.
const CHALLENGE: Signed = Signed {
    prefix: "pchl_",
    purpose: "challenge",
    life: TimeDelta::minutes(5),
    bound_to: |user| user.password_hash.as_deref().unwrap_or_default().as_bytes().to_vec(),
};

/// A password that was right, of an account that asks for a code as well.
#[derive(Debug)]
pub struct Challenge {
    /// To be sent back with the code.
    pub token: SecretString,
    /// Until when.
    pub expires_at: DateTime<Utc>,
}

impl Challenge {
    /// Signs that the password of this account was right.
    pub(super) fn of(hub: &Hub, user: &user::Model) -> Self {
        let (token, expires_at) = CHALLENGE.sign(hub, user);
        Self { token, expires_at }
    }
}

/// Opens a session by the challenge of `login` and a code.
pub async fn complete_log_in(access: &Access, token: &str, code: &str) -> Result<session::Opened, Refusal> {
    let user = CHALLENGE.owner(access, token).await?.ok_or_else(over)?;
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

fn over() -> Refusal {
    let sentence = "This log-in has taken too long. Begin again with your password.";
    UserError::at("challenge", Reason::InvalidToken, sentence).into()
}
