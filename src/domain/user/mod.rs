//! Users: people with one unique e-mail address.

mod delete;
mod factor;
mod held;
mod invite;
mod manage;
mod sessions;

pub use delete::delete;
pub use factor::reset_second_factor;
pub use invite::{Invitee, Organization, invite};
pub use manage::{UserChange, disable, enable, make_primary_contact, update};
pub use sessions::end_sessions;

use crate::{
    access::{Access, Scoped},
    domain::{input::Email, invitation, page::Count},
    fault::{Fault, Reason, Refusal, UserError},
};
use entity::{
    PartnerId, UserId,
    user::{self, UserRole, UserStatus},
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, Select, TryInsertResult, TryIntoModel,
};
use std::slice;

/// A user to be invited; name and address have been checked.
#[derive(Clone, Debug)]
pub(crate) struct NewUser {
    pub(crate) name: String,
    pub(crate) email: Email,
    pub(crate) role: UserRole,
}

impl NewUser {
    /// The row of one who has been invited.
    pub(crate) fn row(self, tx: &Access<DatabaseTransaction>, partner: Option<PartnerId>) -> user::ActiveModel {
        let now = tx.now();
        user::ActiveModel {
            id: Set(tx.id::<UserId>()),
            partner_id: Set(partner),
            email: Set(self.email.address),
            email_key: Set(self.email.key),
            name: Set(self.name),
            role: Set(self.role),
            status: Set(UserStatus::Invited),
            password_hash: Set(None),
            second_factor_at: Set(None),
            device_generation: Set(0),
            last_login_at: Set(None),
            version: Set(1),
            created_at: Set(now),
            updated_at: Set(now),
        }
    }
}

/// Adds an invited user; `field` is where the address stood in the input, for the error when it is taken.
pub(crate) async fn add(
    tx: &Access<DatabaseTransaction>,
    new: NewUser,
    partner: Option<PartnerId>,
    field: &str,
) -> Result<user::Model, Refusal> {
    let key = new.email.key.clone();
    invitation::release(tx, slice::from_ref(&key)).await?;
    invitation::count_one(tx, &key).await?;
    match add_all(tx, vec![new.row(tx, partner)]).await? {
        Some(added) => {
            let user = added.into_iter().next().ok_or(Fault::Conflict)?;
            // The record tells of the invitation; whoever repeats the change is answered the user.
            tx.led_to(user::Entity::NAME, user.id.into());
            Ok(user)
        }
        None => Err(taken(tx, &key, field).await?.into()),
    }
}

/// Adds users in one statement, or nobody: `None` if somebody has one of their addresses, also since a moment ago.
pub(crate) async fn add_all(
    tx: &Access<DatabaseTransaction>,
    rows: Vec<user::ActiveModel>,
) -> Result<Option<Vec<user::Model>>, Fault> {
    let count = rows.len() as u64;
    // The transaction can go on to say who has it.
    let added = user::Entity::insert_many(rows.clone())
        .on_conflict_do_nothing_on([user::Column::EmailKey])
        .exec_without_returning(tx.conn());
    if !matches!(added.await?, TryInsertResult::Inserted(added) if added == count) {
        return Ok(None);
    }
    Ok(Some(rows.into_iter().map(TryIntoModel::try_into_model).collect::<Result<_, _>>()?))
}

/// What is said of an address that somebody has: whoever was invited already is sent the letter again.
#[expect(clippy::disallowed_methods, reason = "whether an address is in use, whoever's it is")]
pub(crate) async fn taken(tx: &Access<DatabaseTransaction>, key: &str, field: &str) -> Result<UserError, Fault> {
    let by = user::Entity::find().filter(user::Column::EmailKey.eq(key)).one(tx.conn()).await?;
    // Of other organisations' users nothing more is said.
    let reach = tx.actor().organization().ok();
    let known = by.filter(|user| reach.is_some_and(|own| own.is_none() || own == user.partner_id));
    let (reason, sentence) = taken_by(known.map(|user| user.status));
    Ok(UserError::at(field, reason, sentence))
}

/// The same, by where a user stands that the actor may see.
pub(crate) fn taken_by(status: Option<UserStatus>) -> (Reason, &'static str) {
    if status == Some(UserStatus::Invited) {
        (Reason::AlreadyInvited, "This person has been invited already. Send that invitation again.")
    } else {
        (Reason::Taken, "Somebody in this hub already has this e-mail address. Use another one.")
    }
}

/// How many users the vendor has.
pub fn count_staff(access: &Access) -> Result<Count, Fault> {
    Ok(Count::list(staff(access)?))
}

/// The vendor's own users.
pub fn staff(access: &Access) -> Result<Select<user::Entity>, Fault> {
    Ok(access.listed::<user::Entity>()?.filter(user::Column::PartnerId.is_null()))
}
