//! The key under which somebody asked for a change, and what the change led to.

use sea_orm::entity::prelude::*;

use crate::IdempotencyKeyId;

/// A change that was asked for under a key; written in the transaction of the change, kept for a day.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "idempotency_key")]
pub struct Model {
    /// Time-ordered key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: IdempotencyKeyId,
    /// Who asked: a user, or an API key.
    pub actor_id: Uuid,
    /// The mutation's name.
    pub mutation: String,
    /// As the client chose it.
    pub key: String,
    /// SHA-256 of the input.
    pub input_hash: Vec<u8>,
    /// Which objects the change led to, and never a secret.
    pub result: Json,
    /// When.
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
