//! A way in for whoever has lost the authenticator.

use sea_orm::entity::prelude::*;

use crate::UserId;

/// A code that takes the place of an authenticator's once; it goes when it is used.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "recovery_code")]
pub struct Model {
    /// A keyed hash of user and code: whoever reads the table cannot try codes at home.
    #[sea_orm(primary_key, auto_increment = false)]
    pub code_hash: String,
    /// Whose it is.
    pub user_id: UserId,
    /// What the server's key is called that made the hash.
    pub key_id: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
