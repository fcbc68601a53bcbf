//! Ending a colleague's sessions: a device is lost, or somebody else sits at it.

use super::held;
use crate::{
    access::{Access, Action},
    domain::{account::session, activity},
    fault::Refusal,
};
use entity::{
    UserId,
    user::{Entity, Model},
};
use serde_json::json;

/// Signs a user out everywhere, and forgets its devices; who knows the password comes in again.
pub async fn end_sessions(access: &Access, id: UserId, expected: Option<i32>) -> Result<Model, Refusal> {
    let tx = access.begin().await?;
    let (_, row) = held::hold(&tx, Action::ManageUser, id, expected).await?;
    session::end_all_of_user(&tx, id).await?;
    activity::record::<Entity>(&tx, "user.signed_out", row.partner_id, id, json!({})).await?;
    tx.commit().await?;
    Ok(row)
}
