//! Doing without a second factor: switched off by its owner, or taken away by an admin when everything is lost.

use super::{
    codes,
    setup::{changed, start_anew, state},
};
use crate::{
    access::{Access, Action},
    domain::{
        account::{
            recent::{authenticated_recently, hold_own, show_password},
            session,
        },
        throttle, vendor,
    },
    fault::{Fault, Reason, Refusal, UserError},
    outbox::FactorChange,
};
use entity::{second_factor, user};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, DatabaseTransaction, EntityTrait, IntoActiveModel};
use secrecy::{ExposeSecret, SecretString};
use unicode_normalization::UnicodeNormalization;

/// Switches one's own off. All sessions end but a new one, which is answered.
pub async fn disable(access: &Access, password: &SecretString) -> Result<session::Opened, Refusal> {
    access.permit(Action::ManageOwnAccount)?;
    authenticated_recently(access)?;
    let person = access.person()?.clone();
    let limits = show_password(access, &person.user, password, "password").await?;
    throttle::succeeded(access.hub(), &limits).await?;
    if password.expose_secret().nfc().count() < access.hub().config.password_min_length {
        let sentence = "Without a second factor your password is too short. Choose a longer one first.";
        return Err(UserError::at("password", Reason::TooShort, sentence).into());
    }
    let tx = access.begin().await?;
    let (user, partner) = hold_own(&tx).await?;
    if user.second_factor_at.is_none() {
        return Err(state("You have no second factor."));
    }
    if partner.is_none() && vendor::current(&tx).await?.require_second_factor {
        return Err(state("The vendor asks its own users for a second factor."));
    }
    let user = forget(&tx, user).await?;
    let session = start_anew(&tx, &user, partner.as_ref()).await?;
    changed(&tx, "user.second_factor_disabled", &user, FactorChange::Off).await?;
    tx.commit().await?;
    Ok(session)
}

/// Takes a granted user's away, for whoever has lost authenticator and codes: its sessions end, and it is told.
pub async fn reset(tx: &Access<DatabaseTransaction>, user: user::Model) -> Result<user::Model, Refusal> {
    if tx.actor().user_id() == Some(user.id) {
        return Err(state("Switch your own second factor off in your settings."));
    }
    if user.second_factor_at.is_none() {
        return Err(state("This user has no second factor."));
    }
    let user = forget(tx, user).await?;
    session::end_all_of_user(tx, user.id).await?;
    Ok(user)
}

/// Forgets authenticator and codes of a user, whether or not there are any.
#[expect(clippy::disallowed_methods, reason = "the row of a user who was granted")]
pub(crate) async fn forget(tx: &Access<DatabaseTransaction>, user: user::Model) -> Result<user::Model, Fault> {
    codes::forget(tx, user.id).await?;
    second_factor::Entity::delete_by_id(user.id).exec(tx.conn()).await?;
    if user.second_factor_at.is_none() {
        return Ok(user);
    }
    let mut change = user.into_active_model();
    change.second_factor_at = Set(None);
    Ok(change.update(tx.conn()).await?)
}
