//! Logging in: the same answer, after the same work, for everything that does not fit.

use super::{challenge::Challenge, device, held::hold, password, session};
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
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait,
    IntoActiveModel, QueryFilter,
};
use secrecy::SecretString;

/// What an address and its password lead to.
#[derive(Debug)]
pub enum LogIn {
    /// A session.
    In(session::Opened),
    /// The question for a code.
    Challenged(Challenge),
}

/// Opens a session for an address and its password, or asks for the code of a second factor.
pub async fn log_in(access: &Access, email: &str, password: &SecretString) -> Result<LogIn, Refusal> {
    let parsed = Email::parse(email);
    // Nobody is looked up here but whose device this is.
    let limits = device::limits(access, parsed.as_ref().map_or(email, |email| &email.key)).await?;
    // Before any hashing, and before the account is looked up.
    if let Err(fault) = throttle::admit(access.hub(), &limits).await {
        note(access, parsed.as_ref().map_or("", |email| &email.key), "too many attempts");
        return Err(fault.into());
    }
    let log_in = match enter(access, parsed.as_ref(), password).await {
        // The password was changed meanwhile, or another log-in has hashed it anew: what it is now decides.
        Err(Refusal::Fault(Fault::Conflict)) => enter(access, parsed.as_ref(), password).await,
        log_in => log_in,
    };
    // Whoever found no place to have the password hashed has tried none.
    if matches!(log_in, Err(Refusal::Fault(Fault::Busy))) {
        throttle::untaken(access.hub(), &limits).await?;
    }
    let log_in = log_in?;
    throttle::succeeded(access.hub(), &limits).await?;
    Ok(log_in)
}

/// [`Fault::Conflict`] if the account is no longer what the password was compared with.
#[expect(clippy::disallowed_methods, reason = "the row whose password was shown, which is held")]
async fn enter(access: &Access, email: Option<&Email>, password: &SecretString) -> Result<LogIn, Refusal> {
    let account = match email {
        Some(email) => find(access, email).await?,
        None => None,
    };
    let hash = account.as_ref().and_then(|(user, _)| user.password_hash.as_deref());
    let fits = password::verify(access.hub(), password, hash).await?;
    let why = refused(account.as_ref(), fits);
    let Some((user, _)) = account.filter(|_| why.is_none()) else {
        note(access, email.map_or("", |email| &email.key), why.unwrap_or_default());
        let sentence = "E-mail address and password do not belong together.";
        return Err(UserError::general(Reason::InvalidCredentials, sentence).into());
    };
    // With the parameters of today, as soon as the password itself is at hand.
    let renewed = match &user.password_hash {
        Some(hash) if password::is_dated(hash) => Some(password::hash(access.hub(), password).await?),
        _ => None,
    };

    let tx = access.begin().await?;
    let (user, partner) = hold_unchanged(&tx, &user).await?;
    let user = match renewed {
        Some(hash) => {
            let mut change = user.into_active_model();
            change.password_hash = Set(Some(hash.into()));
            change.update(tx.conn()).await?
        }
        None => user,
    };
    if user.second_factor_at.is_some() {
        tx.finish().await?;
        note(access, &user.email_key, "a code is asked for");
        return Ok(LogIn::Challenged(Challenge::of(access.hub(), &user)));
    }
    session::give_way(&tx, user.id).await?;
    let session = session::open(&tx, &user, partner.as_ref()).await?;
    activity::record_by::<user::Entity>(&tx, "user.logged_in", &user, user.id).await?;
    tx.commit().await?;
    Ok(LogIn::In(session))
}

/// Why a log-in is refused, in words for the log alone; `None` if it is not.
fn refused(account: Option<&(user::Model, Option<partner::Model>)>, fits: bool) -> Option<&'static str> {
    match account {
        None => Some("no such account"),
        Some((user, _)) if user.password_hash.is_none() => Some("no password yet"),
        Some(_) if !fits => Some("wrong password"),
        Some((user, partner)) if !is_open(user, partner.as_ref()) => Some("shut out"),
        Some(_) => None,
    }
}

/// Leaves a line in the log that tells attempts at one account apart from those at others, and names none.
pub(super) fn note(access: &Access, email_key: &str, why: &str) {
    let account = access.hub().key.blind("log", &[email_key]);
    let (account, request) = (account.get(..8).unwrap_or_default(), access.origin().request_id.as_deref());
    tracing::info!(account, why, request, "a log-in was refused");
}

/// Takes hold of an account whose password was compared. Hashing took a while; whoever was shut out meanwhile, or has
/// another password or second factor, begins anew.
pub(super) async fn hold_unchanged(
    tx: &Access<DatabaseTransaction>,
    seen: &user::Model,
) -> Result<(user::Model, Option<partner::Model>), Fault> {
    hold(tx, seen.id, seen.partner_id)
        .await?
        .filter(|(user, partner)| {
            let same = user.password_hash == seen.password_hash && user.second_factor_at == seen.second_factor_at;
            same && is_open(user, partner.as_ref())
        })
        .ok_or(Fault::Conflict)
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
