//! Taking a colleague's second factor away, when authenticator and recovery codes are lost.

use super::held;
use crate::{
    access::{Access, Action},
    domain::account::{self, factor},
    fault::Refusal,
    outbox::FactorChange,
};
use entity::{UserId, user::Model};

/// Lets a user in by its password alone again, until it sets up another factor; it is told. Nobody does it to itself.
pub async fn reset_second_factor(access: &Access, id: UserId, expected: Option<i32>) -> Result<Model, Refusal> {
    let tx = access.begin().await?;
    let (_, row) = held::hold(&tx, Action::ManageUser, id, expected).await?;
    account::authenticated_recently(access)?;
    let user = factor::reset(&tx, row).await?;
    factor::changed(&tx, "user.second_factor_reset", &user, FactorChange::Reset).await?;
    tx.commit().await?;
    Ok(user)
}
