//! A signed-in browser or program.

use sea_orm::entity::prelude::*;

use crate::{SessionId, TokenHash, UserId};

/// How far a session reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum SessionScope {
    /// The Partner Form and nothing else.
    #[sea_orm(string_value = "ONBOARDING")]
    Onboarding,
    /// Whatever the user's role may do.
    #[sea_orm(string_value = "FULL")]
    Full,
}

/// A signed-in browser or program; the token is stored only as a hash.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "session")]
pub struct Model {
    /// Time-ordered key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: SessionId,
    /// Whose it is.
    pub user_id: UserId,
    /// SHA-256 of the token.
    #[sea_orm(unique)]
    pub token_hash: TokenHash,
    /// How far it reaches; never widened, only replaced.
    pub scope: SessionScope,
    /// Refreshed at most every five minutes.
    pub last_used_at: DateTimeUtc,
    /// Absolute end.
    pub expires_at: DateTimeUtc,
    /// Where it was opened from.
    pub ip: Option<String>,
    /// What it was opened with; at most 200 characters.
    pub user_agent: Option<String>,
    /// When the password was last shown again; empty if it was not since the session was opened.
    pub reauthenticated_at: Option<DateTimeUtc>,
    /// When it was opened.
    pub created_at: DateTimeUtc,
    /// The user that `user_id` names.
    #[sea_orm(belongs_to, from = "user_id", to = "id")]
    pub user: BelongsTo<super::user::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
