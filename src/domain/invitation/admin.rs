//! The vendor's admins come in by the same invitation as everybody else.

use super::{Invited, link, open, with_people};
use crate::{
    access::{Access, Action},
    domain::{input::Check, user, vendor},
    fault::{Fault, Refusal},
};
use entity::user::{self as users, UserRole};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, IntoActiveModel};

/// Invites an admin of the vendor and answers the link. The first one becomes the vendor's primary contact.
pub async fn invite_admin(access: &Access, email: &str) -> Result<String, Refusal> {
    access.permit(Action::InviteVendorAdmin)?;
    let mut check = Check::default();
    let email = check.email("email", email);
    check.finish()?;

    let tx = access.begin().await?;
    let name = email.address.split('@').next().unwrap_or("Admin").to_owned();
    let admin = user::add(&tx, user::NewUser { name, email, role: UserRole::Admin }, None, "email").await?;
    let vendor = vendor::current(&tx).await?;
    if vendor.primary_contact_id.is_none() {
        let mut vendor = vendor.into_active_model();
        vendor.primary_contact_id = Set(Some(admin.id));
        vendor.updated_at = Set(tx.now());
        vendor.update(tx.conn()).await?;
    }
    let invitation = open(&tx, &admin, None).await?;
    let link = link(&tx, &invitation);
    tx.commit().await?;
    Ok(link)
}

/// Invites the first admin of a hub without users, and answers the link as long as it has not been used: a link that
/// scrolled away is printed again at the next start.
pub async fn invite_first_admin(access: &Access) -> Result<Option<String>, Refusal> {
    if is_empty(access).await? {
        let email = access.hub().config.admin_email.clone();
        return invite_admin(access, &email).await.map(Some);
    }
    Ok(pending_first_admin(access).await?.map(|invited| link(access, &invited.invitation)))
}

#[expect(clippy::disallowed_methods, reason = "asked by the hub itself at its start")]
async fn is_empty(access: &Access) -> Result<bool, Fault> {
    Ok(users::Entity::find().one(access.conn()).await?.is_none())
}

#[expect(clippy::disallowed_methods, reason = "asked by the hub itself at its start")]
async fn pending_first_admin(access: &Access) -> Result<Option<Invited>, Fault> {
    use entity::invitation;
    use sea_orm::{ColumnTrait, QueryFilter};
    let entered = users::Entity::find()
        .filter(users::Column::PartnerId.is_null())
        .filter(users::Column::PasswordHash.is_not_null())
        .one(access.conn())
        .await?;
    let open = invitation::Entity::find()
        .filter(invitation::Column::PartnerId.is_null())
        .filter(invitation::Column::Status.eq(invitation::InvitationStatus::Pending))
        .filter(invitation::Column::ExpiresAt.gt(access.now()))
        .one(access.conn())
        .await?;
    match (entered, open) {
        (None, Some(invitation)) => with_people(access, invitation).await.map(Some),
        _ => Ok(None),
    }
}
