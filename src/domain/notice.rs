//! Who is told: letters to the vendor's and to a partner's primary contact.

use crate::{access::Access, domain::vendor, fault::Fault, outbox, outbox::Letter};
use entity::{UserId, user};
use sea_orm::DatabaseTransaction;

/// Writes to the vendor's primary contact; to nobody while there is none.
pub async fn to_vendor(tx: &Access<DatabaseTransaction>, letter: Letter) -> Result<(), Fault> {
    match vendor::current(tx).await?.primary_contact_id {
        Some(contact) => to_user(tx, contact, letter).await,
        None => Ok(()),
    }
}

/// Writes to one user, whether or not the actor may see that user.
pub async fn to_user(tx: &Access<DatabaseTransaction>, user: UserId, letter: Letter) -> Result<(), Fault> {
    let user = tx.actor_may_cause().fetch::<user::Entity>(user).await?;
    outbox::enqueue(tx.conn(), tx.id(), tx.now(), &user.email, &letter, None).await
}
