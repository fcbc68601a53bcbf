//! Changing one's own password: by whoever knows the old one.

use super::{login::hold_unchanged, password, recent::show_password, reset::renew, session};
use crate::{
    access::{Access, Action},
    domain::{partner, throttle},
    fault::Refusal,
};
use secrecy::SecretString;

/// Sets a new password. All sessions end but a new one, which is answered.
pub async fn change_password(
    access: &Access,
    current: &SecretString,
    new: &SecretString,
) -> Result<session::Opened, Refusal> {
    access.permit(Action::ManageOwnAccount)?;
    let person = access.person()?.clone();
    let limits = show_password(access, &person.user, current, "currentPassword").await?;
    let company = partner::of_person(access, &person).await?;
    let context = password::Context::of(access, &person.user, company.as_ref()).await?;
    password::check("newPassword", new, &context).await?;
    let hash = password::hash(access.hub(), new).await?;

    let tx = access.begin().await?;
    let (user, partner) = hold_unchanged(&tx, &person.user).await?;
    let user = renew(&tx, user, hash, "user.password_changed").await?;
    let session = session::open(&tx, &user, partner.as_ref()).await?;
    tx.commit().await?;
    throttle::succeeded(access.hub(), &limits).await?;
    Ok(session)
}
