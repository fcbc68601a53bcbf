//! A link that gives an account another address.

use sea_orm::entity::prelude::*;

use crate::{Nonce, OutboxId, SessionId, TokenHash, UserId};

/// The one link of a user that gives the account another address; it goes when it is used.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "email_change")]
pub struct Model {
    /// The row of the letter that carries it.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: OutboxId,
    /// Whose it is.
    #[sea_orm(unique)]
    pub user_id: UserId,
    /// The session that asked; it stays when the others end.
    pub session_id: SessionId,
    /// The new address, as typed.
    pub email: String,
    /// The new address in lower case.
    pub email_key: String,
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
