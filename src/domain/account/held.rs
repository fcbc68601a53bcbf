//! An account held until the transaction ends: whoever lets somebody in decides by what the account is now, and
//! whoever shuts it out afterwards finds what was let in.

use crate::{access::Access, fault::Fault};
use entity::{PartnerId, UserId, partner, user, vendor};
use sea_orm::{DatabaseTransaction, EntityTrait, QuerySelect, sea_query::LockType};

/// Takes hold of a user and reads it with its partner; `None` if it is gone.
///
/// The organisation first, as everybody does who holds both. Partner and user are held as an update holds them, so that
/// rows which name them may be written meanwhile. SQLite needs neither: the transaction is the only writer.
#[expect(clippy::disallowed_methods, reason = "whoever is let in has shown a password or a token")]
pub(crate) async fn hold(
    tx: &Access<DatabaseTransaction>,
    id: UserId,
    partner: Option<PartnerId>,
) -> Result<Option<(user::Model, Option<partner::Model>)>, Fault> {
    let partner = match partner {
        Some(id) => partner::Entity::find_by_id(id).lock(LockType::NoKeyUpdate).one(tx.conn()).await?,
        None => {
            // What the vendor asks of its own users stays as it is until they are in.
            vendor::Entity::find().lock_shared().one(tx.conn()).await?;
            None
        }
    };
    let user = user::Entity::find_by_id(id).lock(LockType::NoKeyUpdate).one(tx.conn()).await?;
    Ok(user.map(|user| (user, partner)))
}
