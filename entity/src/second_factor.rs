//! What the codes of an authenticator are made from.

use sea_orm::entity::prelude::*;

use crate::{Nonce, UserId};

/// A user's authenticator. It counts once `user.second_factor_at` is set; until then it is only being set up.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "second_factor")]
pub struct Model {
    /// Whose it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: UserId,
    /// Makes the secret, with the server's key.
    pub nonce: Nonce,
    /// What the key is called that makes it; empty for what was set up before keys had names.
    pub key_id: Option<String>,
    /// What lies between the secret and what this key makes, once it is another key than at the beginning.
    pub shift: Option<Nonce>,
    /// The newest step of 30 seconds whose code was used; no code works twice.
    pub last_step: i64,
    /// When it was set up.
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
