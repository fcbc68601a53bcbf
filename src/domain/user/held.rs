//! Who must stay: primary contacts, and the last admin of the vendor.

use super::manage::state;
use crate::{
    access::{Access, Action},
    domain::account,
    fault::{Fault, Refusal},
};
use entity::{
    UserId, partner,
    user::{self, Column, Entity, UserRole, UserStatus},
    vendor,
};
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect};

/// A user's organisation, held until the transaction ends: two admins who shut each other out come one after the
/// other, and the second finds what the first has done.
#[derive(Debug)]
pub(super) enum Held {
    /// A partner.
    Partner(partner::Model),
    /// The vendor.
    Vendor(vendor::Model),
}

/// Takes hold of a user's organisation, and then reads the user.
#[expect(clippy::disallowed_methods, reason = "the organisation of a granted user")]
pub(super) async fn hold(
    tx: &Access<DatabaseTransaction>,
    action: Action,
    id: UserId,
    expected: Option<i32>,
) -> Result<(Held, user::Model), Fault> {
    let partner = tx.fetch::<Entity>(action, id).await?.partner_id;
    let gone = || Fault::Internal("a user without its organisation".into());
    let held = match partner {
        Some(id) => {
            let partner = partner::Entity::find_by_id(id).lock_exclusive().one(tx.conn()).await?;
            Held::Partner(partner.ok_or_else(gone)?)
        }
        None => Held::Vendor(vendor::Entity::find().lock_exclusive().one(tx.conn()).await?.ok_or_else(gone)?),
    };
    let user = tx.fetch::<Entity>(action, id).await?.as_seen(expected)?.into_inner();
    if user.status == UserStatus::Deleted {
        return Err(Fault::NotFound);
    }
    Ok((held, user))
}

/// Takes hold of the actor's own account, which is seen also by whoever may see no users yet.
pub(super) async fn hold_oneself(
    tx: &Access<DatabaseTransaction>,
    expected: Option<i32>,
) -> Result<user::Model, Fault> {
    tx.permit(Action::ManageOwnAccount)?;
    let (user, _) = account::hold_own(tx).await?;
    match expected {
        Some(expected) if expected != user.version => Err(Fault::Stale(user.version)),
        _ => Ok(user),
    }
}

impl Held {
    /// Who is told of everything.
    pub(super) fn primary_contact(&self) -> Option<UserId> {
        match self {
            Self::Partner(partner) => partner.primary_contact_id,
            Self::Vendor(vendor) => vendor.primary_contact_id,
        }
    }

    /// Refuses to do without the primary contact.
    pub(super) fn spare_contact(&self, user: &user::Model) -> Result<(), Refusal> {
        if self.primary_contact() == Some(user.id) {
            return Err(state("This is the primary contact. Make somebody else the primary contact first."));
        }
        Ok(())
    }

    /// Refuses to do without the vendor's last admin who can log in.
    #[expect(clippy::disallowed_methods, reason = "asks whether anybody else is left")]
    pub(super) async fn spare_last_admin(
        &self,
        tx: &Access<DatabaseTransaction>,
        user: &user::Model,
    ) -> Result<(), Refusal> {
        if matches!(self, Self::Partner(_)) || user.role != UserRole::Admin {
            return Ok(());
        }
        let others = Entity::find()
            .filter(Column::PartnerId.is_null())
            .filter(Column::Role.eq(UserRole::Admin))
            .filter(Column::Status.eq(UserStatus::Active))
            .filter(Column::Id.ne(user.id));
        if others.count(tx.conn()).await? == 0 {
            return Err(state("This is the last admin. Make somebody else an admin first."));
        }
        Ok(())
    }
}
