//! Logging in: the same answer, after the same work, for everything that does not fit.

use super::{password, session};
use crate::{
    access::Access,
    domain::{activity, input::Email, throttle},
    fault::{Fault, Reason, Refusal, UserError},
};
use entity::{
    partner,
    user::{self, UserStatus},
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter,
};
use secrecy::SecretString;

/// Opens a session for an address and its password.
pub async fn log_in(access: &Access, email: &str, password: &SecretString) -> Result<session::Opened, Refusal> {
    let parsed = Email::parse(email);
    let limits = throttle::login(access, parsed.as_ref().map_or(email, |email| &email.key));
    // Before any hashing, and before anybody is looked up.
    throttle::admit(access.hub(), &limits).await?;
    let account = match &parsed {
        Some(email) => find(access, email).await?,
        None => None,
    };
    let hash = account.as_ref().and_then(|(user, _)| user.password_hash.as_deref());
    let fits = password::verify(access.hub(), password, hash).await?;
    let Some((user, _)) = account.filter(|(user, partner)| fits && is_open(user, partner.as_ref())) else {
        let sentence = "E-mail address and password do not belong together.";
        return Err(UserError::general(Reason::InvalidCredentials, sentence).into());
    };
    // With the parameters of today, as soon as the password itself is at hand.
    let renewed = match &user.password_hash {
        Some(hash) if password::is_dated(hash) => Some(password::hash(access.hub(), password).await?),
        _ => None,
    };

    let tx = access.begin().await?;
    // Hashing took a while; whoever was shut out meanwhile, or has a new password, stays outside.
    let email = Email { address: user.email.clone(), key: user.email_key.clone() };
    let now = find(&tx, &email).await?;
    let unchanged =
        now.filter(|(row, partner)| row.password_hash == user.password_hash && is_open(row, partner.as_ref()));
    let (user, partner) = unchanged.ok_or(Fault::Conflict)?;
    let user = match renewed {
        Some(hash) => {
            let mut change = user.into_active_model();
            change.password_hash = Set(Some(hash.into()));
            change.update(tx.conn()).await?
        }
        None => user,
    };
    let session = session::open(&tx, &user, partner.as_ref()).await?;
    activity::record_by::<user::Entity>(&tx, "user.logged_in", &user, user.id).await?;
    tx.commit().await?;
    throttle::succeeded(access.hub(), &limits).await?;
    Ok(session)
}

pub(super) fn is_open(user: &user::Model, partner: Option<&partner::Model>) -> bool {
    user.status == UserStatus::Active && session::may_log_in(partner.map(|partner| partner.status))
}

#[expect(clippy::disallowed_methods, reason = "nobody is signed in yet; the password is the permission")]
pub(super) async fn find<C: ConnectionTrait>(
    access: &Access<C>,
    email: &Email,
) -> Result<Option<(user::Model, Option<partner::Model>)>, Fault> {
    Ok(user::Entity::find()
        .filter(user::Column::EmailKey.eq(&email.key))
        .find_also_related(partner::Entity)
        .one(access.conn())
        .await?)
}
