//! Devices that have been in an account before: strangers who guess at it do not use up what its owner has.
//!
//! A signed token in a browser, as OWASP's device cookie: it never takes the place of the password. It gives attempts at
//! this one account a bucket of their own, and with it somebody who stole one can guess a few times and no more.

use super::signed::Signed;
use crate::{
    access::Access,
    domain::throttle::{self, Limit},
    fault::Fault,
    hub::Hub,
};
use chrono::TimeDelta;
use entity::{
    UserId,
    user::{self, Column, Entity},
};
use sea_orm::{
    ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter,
    sea_query::{Expr, ExprTrait},
};
use secrecy::{ExposeSecret, SecretString};

/// For how long a browser is known that nobody logs in with.
pub const LIFE: TimeDelta = TimeDelta::days(180);

const DEVICE: Signed = Signed {
    prefix: "pdev_",
    purpose: "device",
    life: LIFE,
    bound_to: |user| user.device_generation.to_be_bytes().to_vec(),
};

/// What a browser of this user is known by from now on.
pub(super) fn token(hub: &Hub, user: &user::Model) -> SecretString {
    DEVICE.sign(hub, user).0
}

/// The limits of an attempt at the password of an account, by the key of its address: those of the device, if it has been
/// in this very account before, else those that everybody shares.
pub(super) async fn limits(access: &Access, account: &str) -> Result<Vec<Limit>, Fault> {
    if let Some(device) = access.origin().device.as_ref().map(ExposeSecret::expose_secret)
        && DEVICE.owner(access, device).await?.is_some_and(|user| user.email_key == account)
    {
        return Ok(throttle::device(access, device));
    }
    Ok(throttle::login(access, account))
}

/// Forgets every device of a user, who is held.
#[expect(clippy::disallowed_methods, reason = "one user, who was granted")]
pub(super) async fn forget_all(tx: &Access<DatabaseTransaction>, user: UserId) -> Result<(), Fault> {
    let next = Expr::col(Column::DeviceGeneration).add(1);
    let user = Entity::update_many().col_expr(Column::DeviceGeneration, next).filter(Column::Id.eq(user));
    user.exec(tx.conn()).await?;
    Ok(())
}
