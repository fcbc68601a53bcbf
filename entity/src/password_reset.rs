//! A link that sets a new password.

use sea_orm::entity::prelude::*;

use crate::{Nonce, OutboxId, TokenHash, UserId};

/// The one link of a user that sets a new password; it goes when it is used.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "password_reset")]
pub struct Model {
    /// The row of the letter that carries it.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: OutboxId,
    /// Whose it is.
    #[sea_orm(unique)]
    pub user_id: UserId,
    /// Makes the token, with the server's key.
    pub nonce: Nonce,
    /// SHA-256 of the token.
    #[sea_orm(unique)]
    pub token_hash: TokenHash,
    /// Until when it works.
    pub expires_at: DateTimeUtc,
    /// When it was made.
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
