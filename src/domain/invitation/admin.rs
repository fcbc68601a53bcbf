//! The vendor's admins come in by the same invitation as everybody else.

use super::{Opening, count_one, link, open};
use crate::{
    access::{Access, Action},
    domain::{
        input::{Check, Email},
        user, vendor,
    },
    fault::{Fault, Refusal},
};
use entity::{
    UserId,
    invitation::{self, InvitationStatus},
    user::{self as users, UserRole, UserStatus},
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait,
    IntoActiveModel, QueryFilter, QueryOrder,
};

/// Invites an admin of the vendor and answers the link. The first one becomes the vendor's primary contact; one who has
/// not set a password yet gets a fresh link, and the old one is dead.
pub async fn invite_admin(access: &Access, email: &str) -> Result<String, Refusal> {
    access.permit(Action::InviteVendorAdmin)?;
    let mut check = Check::default();
    let email = check.email("email", email);
    check.finish()?;

    let tx = access.begin().await?;
    let waiting = find_waiting(&tx).await?.into_iter().find(|user| user.email_key == email.key);
    let admin = match waiting {
        Some(admin) => {
            count_one(&tx, &admin.email).await?;
            revoke_open(&tx, admin.id).await?;
            admin
        }
        None => add_admin(&tx, email).await?,
    };
    open_for(tx, &admin).await
}

async fn open_for(tx: Access<DatabaseTransaction>, admin: &users::Model) -> Result<String, Refusal> {
    let invitation = open(&tx, admin, Opening::default()).await?;
    let link = link(&tx, &invitation);
    tx.commit().await?;
    Ok(link)
}

/// Answers the link of the first admin for as long as no admin has come in: printed at each start, made anew once it
/// has expired.
pub async fn invite_first_admin(access: &Access) -> Result<Option<String>, Refusal> {
    match look_or_invite(access).await {
        // Another server that starts at the same time was faster: its invitation is found now.
        Err(Refusal::Mend(_) | Refusal::Fault(Fault::Conflict)) => look_or_invite(access).await,
        done => done,
    }
}

async fn look_or_invite(access: &Access) -> Result<Option<String>, Refusal> {
    if is_entered(access).await? {
        return Ok(None);
    }
    let Some(first) = find_waiting(access).await?.into_iter().next() else {
        let mut check = Check::default();
        let email = check.email("email", &access.hub().config.admin_email);
        check.finish()?;
        let tx = access.begin().await?;
        let admin = add_admin(&tx, email).await?;
        return open_for(tx, &admin).await.map(Some);
    };
    match find_open_of(access, first.id).await? {
        Some(invitation) => Ok(Some(link(access, &invitation))),
        None => invite_admin(access, &first.email).await.map(Some),
    }
}

#[expect(clippy::disallowed_methods, reason = "the hub itself, or who may invite admins, names the first contact")]
async fn add_admin(tx: &Access<DatabaseTransaction>, email: Email) -> Result<users::Model, Refusal> {
    let name = email.address.split('@').next().unwrap_or("Admin").to_owned();
    let admin = user::add(tx, user::NewUser { name, email, role: UserRole::Admin }, None, "email").await?;
    let vendor = vendor::current(tx).await?;
    if vendor.primary_contact_id.is_none() {
        let mut vendor = vendor.into_active_model();
        vendor.primary_contact_id = Set(Some(admin.id));
        vendor.updated_at = Set(tx.now());
        vendor.update(tx.conn()).await?;
    }
    Ok(admin)
}

/// Whether anybody of the vendor has ever set a password.
#[expect(clippy::disallowed_methods, reason = "asked by the hub itself at its start")]
async fn is_entered(access: &Access) -> Result<bool, Fault> {
    let staff = users::Entity::find().filter(users::Column::PartnerId.is_null());
    Ok(staff.filter(users::Column::PasswordHash.is_not_null()).one(access.conn()).await?.is_some())
}

/// The vendor's admins who have not set a password yet, oldest first.
#[expect(clippy::disallowed_methods, reason = "asked by the hub itself, or by who may invite admins")]
async fn find_waiting<C: ConnectionTrait>(access: &Access<C>) -> Result<Vec<users::Model>, Fault> {
    Ok(users::Entity::find()
        .filter(users::Column::PartnerId.is_null())
        .filter(users::Column::Status.eq(UserStatus::Invited))
        .filter(users::Column::Role.eq(UserRole::Admin))
        .order_by_asc(users::Column::Id)
        .all(access.conn())
        .await?)
}

#[expect(clippy::disallowed_methods, reason = "asked by the hub itself at its start")]
async fn find_open_of(access: &Access, user: UserId) -> Result<Option<invitation::Model>, Fault> {
    Ok(invitation::Entity::find()
        .filter(invitation::Column::UserId.eq(user))
        .filter(invitation::Column::Status.eq(InvitationStatus::Pending))
        .filter(invitation::Column::ExpiresAt.gt(access.now()))
        .one(access.conn())
        .await?)
}

/// Takes the open invitation of a user back.
#[expect(clippy::disallowed_methods, reason = "the open invitation of one user, who was granted")]
pub(crate) async fn revoke_open(tx: &Access<DatabaseTransaction>, user: UserId) -> Result<(), Fault> {
    invitation::Entity::update_many()
        .set(invitation::ActiveModel {
            status: Set(InvitationStatus::Revoked),
            revoked_at: Set(Some(tx.now())),
            next_reminder_at: Set(None),
            updated_at: Set(tx.now()),
            ..Default::default()
        })
        .filter(invitation::Column::UserId.eq(user))
        .filter(invitation::Column::Status.eq(InvitationStatus::Pending))
        .exec(tx.conn())
        .await?;
    Ok(())
}

/// Overwrites the address of all invitations of a user who is deleted.
#[expect(clippy::disallowed_methods, reason = "the invitations of one user, who was granted")]
pub(crate) async fn forget_address(tx: &Access<DatabaseTransaction>, user: UserId, instead: &str) -> Result<(), Fault> {
    let change = invitation::ActiveModel { email: Set(instead.to_owned()), ..Default::default() };
    invitation::Entity::update_many().set(change).filter(invitation::Column::UserId.eq(user)).exec(tx.conn()).await?;
    Ok(())
}
