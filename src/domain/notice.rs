//! Who is told: letters to the vendor and those who follow its events, and to a partner's primary contact.

use crate::{
    access::Access,
    domain::{settings, vendor},
    fault::Fault,
    outbox,
    outbox::Letter,
};
use entity::{UserId, user, vendor as vendors};
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter};
use std::collections::BTreeMap;

/// Writes to the vendor's primary contact, and to every further address that follows this event.
pub async fn to_vendor(tx: &Access<DatabaseTransaction>, letter: Letter) -> Result<(), Fault> {
    to_vendor_and(tx, None, letter).await
}

/// The same, and to one user more; nobody gets two.
pub async fn to_vendor_and(
    tx: &Access<DatabaseTransaction>,
    also: Option<UserId>,
    letter: Letter,
) -> Result<(), Fault> {
    let vendor = vendor::current(tx).await?;
    let mut addresses = BTreeMap::new();
    for user in vendor.primary_contact_id.into_iter().chain(also) {
        let user = tx.actor_may_cause().fetch::<user::Entity>(user).await?;
        addresses.insert(user.email.to_lowercase(), user.email.clone());
    }
    for address in settings::following(&vendor, letter.kind()) {
        addresses.entry(address.to_lowercase()).or_insert(address);
    }
    for address in addresses.values() {
        outbox::enqueue(tx.conn(), tx.id(), tx.now(), address, &letter, None).await?;
    }
    Ok(())
}

/// Writes to one user, whether or not the actor may see that user.
pub async fn to_user(tx: &Access<DatabaseTransaction>, user: UserId, letter: Letter) -> Result<(), Fault> {
    let user = tx.actor_may_cause().fetch::<user::Entity>(user).await?;
    outbox::enqueue(tx.conn(), tx.id(), tx.now(), &user.email, &letter, None).await
}

/// Why an address is told of an event, asked just before a letter leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It is the vendor's primary contact or was a part of what happened.
    Concerned,
    /// It asked to be told, and can end that.
    Follows,
    /// It is told no more.
    Gone,
}

/// How an address stands to an event of the vendor's.
#[expect(clippy::disallowed_methods, reason = "the hub itself asks, for a letter that a granted change has caused")]
pub async fn standing(access: &Access, vendor: &vendors::Model, event: &str, address: &str) -> Result<Standing, Fault> {
    let key = address.to_lowercase();
    let account = user::Entity::find().filter(user::Column::EmailKey.eq(&key)).one(access.conn()).await?;
    if vendor.primary_contact_id.is_some() && account.as_ref().map(|user| user.id) == vendor.primary_contact_id {
        return Ok(Standing::Concerned);
    }
    let followers = settings::following(vendor, event);
    if followers.iter().any(|follower| follower.to_lowercase() == key) {
        return Ok(Standing::Follows);
    }
    Ok(if account.is_some() { Standing::Concerned } else { Standing::Gone })
}
