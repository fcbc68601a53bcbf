//! Setting a second factor up: the secret is shown, and a code of the authenticator that has it switches it on.

use super::{codes, find, secret, totp, use_code};
use crate::{
    access::{Access, Action},
    domain::{
        account::{
            recent::{authenticated_recently, hold_own},
            session,
        },
        activity::{self, Changes},
        notice, vendor,
    },
    fault::{Fault, Reason, Refusal, UserError},
    outbox::{FactorChange, Letter},
    secret::random,
};
use entity::{
    partner,
    second_factor::{self, Entity},
    user,
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, DatabaseTransaction, EntityTrait, IntoActiveModel};
use secrecy::SecretString;
use totp_rs::Secret;

/// What an authenticator has to be told; shown this once.
#[derive(Debug)]
pub struct Setup {
    /// In Base32, to be typed.
    pub secret: SecretString,
    /// The same as an `otpauth:` address, to be shown as a picture.
    pub uri: SecretString,
}

/// Makes a new secret. Nothing is asked for yet; one that was begun before is forgotten.
#[expect(clippy::disallowed_methods, reason = "the actor's own row")]
pub async fn begin(access: &Access) -> Result<Setup, Refusal> {
    access.permit(Action::ManageOwnAccount)?;
    authenticated_recently(access)?;
    let tx = access.begin().await?;
    let (user, _) = hold_own(&tx).await?;
    if user.second_factor_at.is_some() {
        return Err(state("Your second factor is switched on already. Switch it off before you set up another."));
    }
    Entity::delete_by_id(user.id).exec(tx.conn()).await?;
    let row = second_factor::ActiveModel {
        user_id: Set(user.id),
        nonce: Set(random::<16>().to_vec().into()),
        key_id: Set(Some(tx.hub().key.id())),
        shift: Set(None),
        last_step: Set(0),
        created_at: Set(tx.now()),
    };
    let row = row.insert(tx.conn()).await?;
    // Neither may hold a colon: it stands between them.
    let plain = |text: &str| text.replace(':', " ");
    let labels = (plain(&vendor::current(&tx).await?.name), plain(&user.email));
    let gone = || Fault::Internal("second factor: the key of today is gone".into());
    let uri = totp(tx.hub(), &row, Some(labels))?.ok_or_else(gone)?.to_url();
    let uri = uri.map_err(|error| Fault::Internal(format!("second factor: {error:?}")))?;
    let secret = Secret::from(secret(tx.hub(), &row).ok_or_else(gone)?).to_base32();
    let setup = Setup { secret: secret.into(), uri: uri.into() };
    activity::record_by::<user::Entity>(&tx, "user.second_factor_begun", &user, user.id).await?;
    tx.commit().await?;
    Ok(setup)
}

/// Switches it on by a code. All sessions end but a new one, which is answered with the recovery codes.
#[expect(clippy::disallowed_methods, reason = "the actor's own row, which is held")]
pub async fn confirm(access: &Access, code: &str) -> Result<(session::Opened, Vec<String>), Refusal> {
    access.permit(Action::ManageOwnAccount)?;
    authenticated_recently(access)?;
    let tx = access.begin().await?;
    let (user, partner) = hold_own(&tx).await?;
    if user.second_factor_at.is_some() {
        return Err(state("Your second factor is switched on already."));
    }
    if find(&tx, user.id).await?.is_none() {
        return Err(state("Begin with `beginSecondFactor`."));
    }
    if !use_code(&tx, user.id, code.trim()).await? {
        let sentence = "This is not the code that the authenticator shows now. Look at the clock of its device.";
        return Err(UserError::at("code", Reason::InvalidCredentials, sentence).into());
    }
    let mut change = user.into_active_model();
    change.second_factor_at = Set(Some(tx.now()));
    let user = change.update(tx.conn()).await?;
    let codes = codes::renew(&tx, user.id).await?;
    let session = start_anew(&tx, &user, partner.as_ref()).await?;
    changed(&tx, "user.second_factor_enabled", &user, FactorChange::On).await?;
    tx.commit().await?;
    Ok((session, codes))
}

/// Makes ten new recovery codes; the old ones are gone.
pub async fn renew_codes(access: &Access) -> Result<Vec<String>, Refusal> {
    access.permit(Action::ManageOwnAccount)?;
    authenticated_recently(access)?;
    let tx = access.begin().await?;
    let (user, _) = hold_own(&tx).await?;
    if user.second_factor_at.is_none() {
        return Err(state("You have no second factor. Set one up first."));
    }
    let codes = codes::renew(&tx, user.id).await?;
    changed(&tx, "user.recovery_codes_renewed", &user, FactorChange::Codes).await?;
    tx.commit().await?;
    Ok(codes)
}

/// Records a change and tells the owner.
pub(crate) async fn changed(
    tx: &Access<DatabaseTransaction>,
    event: &str,
    user: &user::Model,
    change: FactorChange,
) -> Result<(), Fault> {
    let data = match change {
        FactorChange::On => Changes::default().note("secondFactor", false, true),
        FactorChange::Off | FactorChange::Reset => Changes::default().note("secondFactor", true, false),
        FactorChange::Codes | FactorChange::Used => Changes::default(),
    };
    activity::record::<user::Entity>(tx, event, user.partner_id, user.id, data.into()).await?;
    notice::to_user(tx, user.id, Letter::SecondFactorChanged { user: user.id, change }).await
}

/// Ends every session and opens one with the rights that there are now.
pub(super) async fn start_anew(
    tx: &Access<DatabaseTransaction>,
    user: &user::Model,
    partner: Option<&partner::Model>,
) -> Result<session::Opened, Fault> {
    session::end_all_of_user(tx, user.id).await?;
    session::open(tx, user, partner).await
}

pub(super) fn state(sentence: &str) -> Refusal {
    UserError::general(Reason::InvalidState, sentence).into()
}
