//! What a program signs in with.

use sea_orm::entity::prelude::*;

use crate::{ApiKeyId, PartnerId, TokenHash, UserId, user::UserRole};

/// A part of what a role may do; one that writes also reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Scope {
    /// See partners.
    PartnersRead,
    /// Make, invite and edit partners.
    PartnersWrite,
    /// See people and their invitations.
    UsersRead,
    /// See integrations.
    IntegrationsRead,
    /// Make, review and publish integrations.
    IntegrationsWrite,
    /// See tenants.
    TenantsRead,
    /// Make tenants.
    TenantsWrite,
    /// See forms and what was answered to them.
    FormsRead,
    /// See the record of who did what.
    ActivityRead,
    /// See the vendor and its settings.
    SettingsRead,
}

/// What a key may do of all that its role may do, kept as a JSON array of names.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize, FromJsonQueryResult)]
pub struct Scopes(pub Vec<Scope>);

/// A key of one organisation; the token is stored only as a hash.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "api_key")]
pub struct Model {
    /// Time-ordered key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ApiKeyId,
    /// Which partner it belongs to; the vendor's own otherwise.
    pub partner_id: Option<PartnerId>,
    /// What it is for, in the words of who made it.
    pub name: String,
    /// SHA-256 of the token.
    #[sea_orm(unique)]
    pub token_hash: TokenHash,
    /// The most that it may do in its organisation.
    pub role: UserRole,
    /// What of that it may do.
    pub scopes: Scopes,
    /// Who made it.
    pub created_by_id: UserId,
    /// From then on it does not work.
    pub expires_at: DateTimeUtc,
    /// Refreshed at most every five minutes.
    pub last_used_at: Option<DateTimeUtc>,
    /// When it was taken back.
    pub revoked_at: Option<DateTimeUtc>,
    /// When it was made.
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
