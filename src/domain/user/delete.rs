//! Deleting a user: the account goes, and what the person did stays readable.

use super::{
    held,
    manage::{record, save, state},
};
use crate::{
    access::{Access, Action},
    domain::{
        account::{factor, reset, session},
        invitation, settings,
    },
    fault::Refusal,
    outbox,
};
use entity::{
    UserId,
    user::{ActiveModel, Model, UserStatus},
};
use sea_orm::ActiveValue::Set;

/// Takes a user out of the hub for good: its sessions and links end, its address is overwritten wherever it can
/// be and free for another account. The row stays with the name alone, since the record and what was submitted name it;
/// the record, to which nothing but time is done, keeps to which address the invitation went.
pub async fn delete(access: &Access, id: UserId, expected: Option<i32>) -> Result<Model, Refusal> {
    let tx = access.begin().await?;
    let (held, row) = held::hold(&tx, Action::ManageUser, id, expected).await?;
    if tx.actor().user_id() == Some(id) {
        return Err(state("Nobody deletes itself. Ask another admin."));
    }
    held.spare_contact(&row)?;
    held.spare_last_admin(&tx, &row).await?;
    // No letter arrives under this domain, by its definition in RFC 2606.
    let nowhere = format!("{}@deleted.invalid", id.0);
    let change = ActiveModel {
        status: Set(UserStatus::Deleted),
        email: Set(nowhere.clone()),
        email_key: Set(nowhere),
        password_hash: Set(None),
        last_login_at: Set(None),
        ..Default::default()
    };
    let after = save(&tx, &row, change).await?;
    let after = factor::forget(&tx, after).await?;
    session::end_all_of_user(&tx, id).await?;
    reset::take_back(&tx, id).await?;
    invitation::revoke_open(&tx, id).await?;
    invitation::forget_address(&tx, id, &after.email).await?;
    outbox::forget_recipient(tx.conn(), &row.email, &after.email).await?;
    settings::forget_follower(&tx, &row.email).await?;
    record(&tx, "user.deleted", &row, &after).await?;
    tx.commit().await?;
    Ok(after)
}
