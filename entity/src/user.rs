//! A person with one unique e-mail address.

use sea_orm::entity::prelude::*;

use crate::{PartnerId, PasswordHash, UserId};

/// What a user may do in its own organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum UserRole {
    /// Runs the organisation.
    #[sea_orm(string_value = "ADMIN")]
    Admin,
    /// Works in it.
    #[sea_orm(string_value = "MEMBER")]
    Member,
}

/// Whether a user can enter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum UserStatus {
    /// Has not set a password yet.
    #[sea_orm(string_value = "INVITED")]
    Invited,
    /// Has a password.
    #[sea_orm(string_value = "ACTIVE")]
    Active,
    /// Shut out.
    #[sea_orm(string_value = "DISABLED")]
    Disabled,
    /// Gone for good: without address and password, and named by the record alone.
    #[sea_orm(string_value = "DELETED")]
    Deleted,
}

/// A person; belongs to the vendor (`partner_id` empty) or to one partner.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "user")]
pub struct Model {
    /// Time-ordered key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: UserId,
    /// The partner; empty for vendor staff.
    pub partner_id: Option<PartnerId>,
    /// As typed.
    pub email: String,
    /// The address in lower case: what is unique and looked up.
    #[sea_orm(unique)]
    pub email_key: String,
    /// As the person is called; 1 to 200 characters.
    pub name: String,
    /// What the person may do in its organisation.
    pub role: UserRole,
    /// Whether the person can enter.
    pub status: UserStatus,
    /// PHC string; empty until the invitation is accepted.
    pub password_hash: Option<PasswordHash>,
    /// Since when a code is asked for beside the password; empty if none is.
    pub second_factor_at: Option<DateTimeUtc>,
    /// Counts how often all devices that have been in the account were forgotten.
    pub device_generation: i32,
    /// When a session was last opened.
    pub last_login_at: Option<DateTimeUtc>,
    /// When the row was made.
    pub created_at: DateTimeUtc,
    /// When the row last changed.
    pub updated_at: DateTimeUtc,
    /// Counts the edits; a stale editor is told by it.
    pub version: i32,
    /// The partner that `partner_id` names.
    #[sea_orm(belongs_to, from = "partner_id", to = "id")]
    pub partner: BelongsTo<Option<super::partner::Entity>>,
}

impl ActiveModelBehavior for ActiveModel {}
