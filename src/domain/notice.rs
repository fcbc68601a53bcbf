//! Who is told: letters to the vendor and those who follow its events, and to a partner's primary contact.

use crate::{
    access::Access,
    domain::{settings, vendor},
    fault::Fault,
    outbox,
    outbox::Letter,
};
use entity::{
    UserId,
    user::{self, UserStatus},
    vendor as vendors,
};
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter};
use std::collections::BTreeMap;

/// Writes to the vendor's primary contact, to whoever was a part of what happened, and to every further address that
/// follows this event; nobody gets two.
pub async fn to_vendor(tx: &Access<DatabaseTransaction>, letter: Letter) -> Result<(), Fault> {
    let vendor = vendor::current(tx).await?;
    let mut addresses = BTreeMap::new();
    for user in vendor.primary_contact_id.into_iter().chain(letter.part_of()) {
        if let Some(address) = address(tx, user).await? {
            addresses.insert(address.to_lowercase(), address);
        }
    }
    for event in letter.followed_as() {
        for address in settings::following(&vendor, event) {
            addresses.entry(address.to_lowercase()).or_insert(address);
        }
    }
    for address in addresses.values() {
        outbox::enqueue(tx.conn(), tx.id(), tx.now(), address, &letter, None).await?;
    }
    Ok(())
}

/// Writes to one user, whether or not the actor may see that user; whoever has left, or was shut out, gets no news.
pub async fn to_user(tx: &Access<DatabaseTransaction>, user: UserId, letter: Letter) -> Result<(), Fault> {
    let Some(address) = address(tx, user).await? else { return Ok(()) };
    outbox::enqueue(tx.conn(), tx.id(), tx.now(), &address, &letter, None).await
}

/// The address of a user who is here or awaited. One who was shut out may have lost it to somebody else.
async fn address(tx: &Access<DatabaseTransaction>, user: UserId) -> Result<Option<String>, Fault> {
    let user = tx.actor_may_cause().fetch::<user::Entity>(user).await?;
    Ok(matches!(user.status, UserStatus::Invited | UserStatus::Active).then(|| user.email.clone()))
}

/// Why an address is told of an event, asked just before a letter leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It is the vendor's primary contact or was a part of what happened.
    Concerned,
    /// It asked to be told of this event, and can end that.
    Follows(&'static str),
    /// It is told no more.
    Gone,
}

/// How an address stands to what a letter tells the vendor.
#[expect(clippy::disallowed_methods, reason = "the hub itself asks, for a letter that a granted change has caused")]
pub async fn standing(
    access: &Access,
    vendor: &vendors::Model,
    letter: &Letter,
    address: &str,
) -> Result<Standing, Fault> {
    let key = address.to_lowercase();
    let account = user::Entity::find().filter(user::Column::EmailKey.eq(&key)).one(access.conn()).await?;
    if account.as_ref().is_some_and(|user| user.status == UserStatus::Disabled) {
        return Ok(Standing::Gone);
    }
    if let Some(user) = account.map(|user| user.id)
        && [vendor.primary_contact_id, letter.part_of()].contains(&Some(user))
    {
        return Ok(Standing::Concerned);
    }
    let follows =
        |event: &&'static str| settings::following(vendor, event).iter().any(|follower| follower.to_lowercase() == key);
    Ok(letter.followed_as().iter().copied().find(follows).map_or(Standing::Gone, Standing::Follows))
}
