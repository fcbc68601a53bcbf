//! Changes of credentials want somebody who has just shown the password: a session that was left open is not enough.

use super::{device, factor, hold, login::is_open, password};
use crate::{
    access::{Access, Action},
    domain::{
        activity,
        throttle::{self, Limit},
    },
    fault::{Fault, Reason, Refusal, UserError},
};
use chrono::TimeDelta;
use entity::{partner, session, user};
use sea_orm::{ActiveValue::Set, ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter};
use secrecy::{ExposeSecret, SecretString};

/// For how long a password that was shown is enough.
const RECENT: TimeDelta = TimeDelta::minutes(15);

/// Refuses whoever has shown no password for a while.
pub(crate) fn authenticated_recently(access: &Access) -> Result<(), Fault> {
    if access.now() - access.person()?.authenticated_at > RECENT { Err(Fault::Reauthenticate) } else { Ok(()) }
}

/// Compares a password with that of whoever is signed in: who has somebody's session, for a minute at a desk, could guess
/// here instead of at the door. Answers the limits that the attempt was counted by.
pub(super) async fn show_password(
    access: &Access,
    user: &user::Model,
    password: &SecretString,
    field: &str,
) -> Result<Vec<Limit>, Refusal> {
    let limits = device::limits(access, &user.email_key).await?;
    if password::attempt(access.hub(), &limits, password, user.password_hash.as_deref()).await? {
        return Ok(limits);
    }
    Err(UserError::at(field, Reason::InvalidCredentials, "This is not your password.").into())
}

/// Shows the password once more, and a code where one is asked for: the session counts as new.
#[expect(clippy::disallowed_methods, reason = "the actor's own session")]
pub async fn reauthenticate(
    access: &Access,
    password: &SecretString,
    code: Option<&SecretString>,
) -> Result<(), Refusal> {
    access.permit(Action::ManageOwnAccount)?;
    let person = access.person()?.clone();
    let limits = show_password(access, &person.user, password, "password").await?;
    let codes = throttle::codes(access, person.user.id);
    if person.user.second_factor_at.is_some() {
        if code.is_none() {
            let sentence = "Give a code of your authenticator, or a recovery code.";
            return Err(UserError::at("code", Reason::Required, sentence).into());
        }
        throttle::admit(access.hub(), &codes).await?;
    }
    let tx = access.begin().await?;
    let (user, _) = hold_own(&tx).await?;
    if user.password_hash != person.user.password_hash {
        return Err(Fault::Conflict.into());
    }
    if user.second_factor_at.is_some() {
        let code = code.map_or("", |code| code.expose_secret());
        if !factor::use_up(&tx, &user, code).await? {
            return Err(wrong_code());
        }
    }
    session::Entity::update_many()
        .set(session::ActiveModel { reauthenticated_at: Set(Some(tx.now())), ..Default::default() })
        .filter(session::Column::Id.eq(person.session_id))
        .exec(tx.conn())
        .await?;
    activity::record_by::<user::Entity>(&tx, "user.reauthenticated", &user, user.id).await?;
    tx.commit().await?;
    throttle::succeeded(access.hub(), &limits).await?;
    if user.second_factor_at.is_some() {
        throttle::succeeded(access.hub(), &codes).await?;
    }
    Ok(())
}

/// Takes hold of the actor's own account, if the session that asks is still there: a password may have been changed, or
/// the session ended, since the request began, and then none is opened in its place.
#[expect(clippy::disallowed_methods, reason = "the actor's own session")]
pub(crate) async fn hold_own(tx: &Access<DatabaseTransaction>) -> Result<(user::Model, Option<partner::Model>), Fault> {
    let person = tx.person()?;
    let held = hold(tx, person.user.id, person.user.partner_id).await?;
    // After the account is held: whoever ends sessions holds it too.
    if session::Entity::find_by_id(person.session_id).one(tx.conn()).await?.is_none() {
        return Err(Fault::Unauthenticated);
    }
    held.filter(|(user, partner)| is_open(user, partner.as_ref())).ok_or(Fault::Unauthenticated)
}

pub(super) fn wrong_code() -> Refusal {
    let sentence = "This code does not work, or was used already. Wait for the next one.";
    UserError::at("code", Reason::InvalidCredentials, sentence).into()
}
