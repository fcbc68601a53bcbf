//! Users: people with one unique e-mail address.

mod delete;
mod factor;
mod held;
mod invite;
mod manage;

pub use delete::delete;
pub use factor::reset_second_factor;
pub use invite::{Invitee, Organization, invite};
pub use manage::{UserChange, disable, enable, make_primary_contact, update};

use crate::{
    access::{Access, Scoped},
    domain::{input::Email, invitation, page::Count},
    fault::{Fault, Reason, Refusal, UserError, is_taken},
};
use entity::{
    PartnerId, UserId,
    user::{self, UserRole, UserStatus},
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, DatabaseTransaction, QueryFilter, Select};

/// A user to be invited; name and address have been checked.
#[derive(Clone, Debug)]
pub(crate) struct NewUser {
    pub(crate) name: String,
    pub(crate) email: Email,
    pub(crate) role: UserRole,
}

/// Adds an invited user; `field` is where the address stood in the input, for the error when it is taken.
pub(crate) async fn add(
    tx: &Access<DatabaseTransaction>,
    new: NewUser,
    partner: Option<PartnerId>,
    field: &str,
) -> Result<user::Model, Refusal> {
    invitation::release(tx, &new.email.key).await?;
    let now = tx.now();
    let row = user::ActiveModel {
        id: Set(tx.id::<UserId>()),
        partner_id: Set(partner),
        email: Set(new.email.address),
        email_key: Set(new.email.key),
        name: Set(new.name),
        role: Set(new.role),
        status: Set(UserStatus::Invited),
        password_hash: Set(None),
        second_factor_at: Set(None),
        last_login_at: Set(None),
        version: Set(1),
        created_at: Set(now),
        updated_at: Set(now),
    };
    match row.insert(tx.conn()).await {
        Ok(user) => {
            // The record tells of the invitation; whoever repeats the change is answered the user.
            tx.led_to(user::Entity::NAME, user.id.into());
            Ok(user)
        }
        Err(error) if is_taken(&error) => {
            let sentence = "Somebody in this hub already has this e-mail address. Use another one.";
            Err(UserError::at(field, Reason::Taken, sentence).into())
        }
        Err(error) => Err(error.into()),
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
