//! Users that are there: named, given a role, shut out and let in.

use super::held::{self, Held};
use crate::{
    access::{Access, Action, Scoped},
    domain::{
        account::session,
        activity::{self, Changes},
        input::Check,
        invitation,
    },
    fault::{Fault, Reason, Refusal, UserError},
};
use entity::{
    UserId, partner,
    user::{self, ActiveModel, Column, Entity, Model, UserRole, UserStatus},
    vendor,
};
use sea_orm::{
    ActiveEnum, ActiveModelTrait, ActiveValue::Set, ColumnTrait, DatabaseTransaction, EntityTrait, IntoActiveModel,
    QueryFilter,
};
use serde_json::json;

/// What is to be changed; nothing said changes nothing.
#[derive(Clone, Debug, Default)]
pub struct UserChange {
    /// As the person is called.
    pub name: Option<String>,
    /// What the person may do in its organisation.
    pub role: Option<UserRole>,
    /// The version that was edited.
    pub expected_version: Option<i32>,
}

/// Changes name and role. Everybody may change its own name, also while onboarding. With another role all sessions end.
pub async fn update(access: &Access, id: UserId, change: UserChange) -> Result<Model, Refusal> {
    let mut check = Check::default();
    let name = change.name.as_deref().map(|name| check.name("name", name));
    check.finish()?;
    let tx = access.begin().await?;
    let own = tx.actor().user_id() == Some(id) && change.role.is_none();
    let row = if own {
        held::hold_oneself(&tx, change.expected_version).await?
    } else {
        let (held, row) = held::hold(&tx, Action::ManageUser, id, change.expected_version).await?;
        if change.role == Some(UserRole::Member) {
            held.spare_last_admin(&tx, &row).await?;
        }
        row
    };
    let changed = ActiveModel {
        name: Set(name.unwrap_or_else(|| row.name.clone())),
        role: Set(change.role.unwrap_or(row.role)),
        ..Default::default()
    };
    let after = save(&tx, &row, changed).await?;
    if after.role != row.role {
        session::end_all_of_user(&tx, id).await?;
    }
    record(&tx, "user.updated", &row, &after).await?;
    tx.commit().await?;
    Ok(after)
}

/// Shuts a user out: its sessions end at once, and an open invitation is taken back.
pub async fn disable(access: &Access, id: UserId, expected: Option<i32>) -> Result<Model, Refusal> {
    let tx = access.begin().await?;
    let (held, row) = held::hold(&tx, Action::ManageUser, id, expected).await?;
    if row.status == UserStatus::Disabled {
        return Err(state("This user is shut out already."));
    }
    held.spare_contact(&row)?;
    held.spare_last_admin(&tx, &row).await?;
    let change = ActiveModel { status: Set(UserStatus::Disabled), ..Default::default() };
    let after = save(&tx, &row, change).await?;
    session::end_all_of_user(&tx, id).await?;
    invitation::revoke_open(&tx, id).await?;
    record(&tx, "user.disabled", &row, &after).await?;
    tx.commit().await?;
    Ok(after)
}

/// Lets a user in again. One who has never set a password is invited anew.
pub async fn enable(access: &Access, id: UserId, expected: Option<i32>) -> Result<Model, Refusal> {
    let tx = access.begin().await?;
    let (_, row) = held::hold(&tx, Action::ManageUser, id, expected).await?;
    if row.status != UserStatus::Disabled {
        return Err(state("This user is not shut out."));
    }
    if !row.email_key.contains('@') || row.email_key.contains(' ') {
        return Err(state("This address belongs to a newer account. Invite the person under another one."));
    }
    let status = if row.password_hash.is_some() { UserStatus::Active } else { UserStatus::Invited };
    let after = save(&tx, &row, ActiveModel { status: Set(status), ..Default::default() }).await?;
    if status == UserStatus::Invited {
        invitation::count_one(&tx, &after.email).await?;
        invitation::open(&tx, &after, invitation::Opening::default()).await?;
    }
    record(&tx, "user.enabled", &row, &after).await?;
    tx.commit().await?;
    Ok(after)
}

/// Makes a user the one who is told of everything.
#[expect(clippy::disallowed_methods, reason = "the organisation of a granted user, which is held")]
pub async fn make_primary_contact(access: &Access, id: UserId, expected: Option<i32>) -> Result<Model, Refusal> {
    let tx = access.begin().await?;
    let (held, row) = held::hold(&tx, Action::ManageUser, id, expected).await?;
    if row.status == UserStatus::Disabled {
        return Err(state("Somebody who is shut out cannot be the primary contact."));
    }
    let (before, now) = (held.primary_contact(), tx.now());
    match held {
        Held::Partner(partner) => {
            let version = partner.version + 1;
            let mut change = partner.into_active_model();
            (change.primary_contact_id, change.version, change.updated_at) = (Set(Some(id)), Set(version), Set(now));
            let partner: partner::Model = change.update(tx.conn()).await?;
            let data = json!({ "primaryContact": { "from": before, "to": id } });
            activity::record::<partner::Entity>(&tx, "partner.updated", Some(partner.id), partner.id, data).await?;
        }
        Held::Vendor(vendor) => {
            let version = vendor.version + 1;
            let mut change = vendor.into_active_model();
            (change.primary_contact_id, change.version, change.updated_at) = (Set(Some(id)), Set(version), Set(now));
            let vendor: vendor::Model = change.update(tx.conn()).await?;
            let data = json!({ "primaryContact": { "from": before, "to": id } });
            activity::record_vendor(&tx, "vendor.updated", vendor.id, data).await?;
        }
    }
    // The record is about the organisation; the answer is the user.
    tx.led_to(Entity::NAME, id.into());
    tx.commit().await?;
    Ok(row)
}

/// Of two who edit at once, one does it.
#[expect(clippy::disallowed_methods, reason = "a granted row, guarded by its version")]
pub(super) async fn save(tx: &Access<DatabaseTransaction>, row: &Model, change: ActiveModel) -> Result<Model, Fault> {
    let change = ActiveModel { version: Set(row.version + 1), updated_at: Set(tx.now()), ..change };
    let same = Entity::update_many().set(change).filter(Column::Id.eq(row.id)).filter(Column::Version.eq(row.version));
    if same.exec(tx.conn()).await?.rows_affected == 0 {
        return Err(tx.overtaken::<Entity>(row.id).await);
    }
    Ok(tx.actor_may_cause().fetch::<Entity>(row.id).await?.into_inner())
}

pub(super) async fn record(
    tx: &Access<DatabaseTransaction>,
    event: &str,
    before: &Model,
    user: &Model,
) -> Result<(), Fault> {
    let changes = Changes::default()
        .note("name", &before.name, &user.name)
        .note("role", before.role.to_value(), user.role.to_value())
        .note("status", before.status.to_value(), user.status.to_value());
    activity::record::<user::Entity>(tx, event, user.partner_id, user.id, changes.into()).await
}

pub(super) fn state(sentence: &str) -> Refusal {
    UserError::general(Reason::InvalidState, sentence).into()
}
