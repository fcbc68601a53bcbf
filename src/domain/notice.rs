//! Who is told: letters to the vendor and those who follow its events, and to a partner's primary contact.

use crate::{access::Access, domain::vendor, fault::Fault, outbox, outbox::Letter};
use entity::{UserId, user};
use sea_orm::DatabaseTransaction;
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
    let followers = vendor.subscribers.get(letter.kind()).and_then(|followers| followers.as_array());
    for address in followers.into_iter().flatten().filter_map(|address| address.as_str()) {
        addresses.entry(address.to_lowercase()).or_insert_with(|| address.to_owned());
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
