//! A product connection owned by a partner or by the vendor itself.

use sea_orm::entity::prelude::*;

use crate::{IntegrationId, PartnerId, UserId, partner::Labels};

/// What an integration is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum IntegrationKind {
    /// Source in a repository.
    #[sea_orm(string_value = "INTERNAL")]
    Internal,
    /// A listing: landing URL and external key.
    #[sea_orm(string_value = "EXTERNAL")]
    External,
}

/// Where an integration stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum IntegrationStatus {
    /// Being written.
    #[sea_orm(string_value = "DRAFT")]
    Draft,
    /// Waits for the vendor.
    #[sea_orm(string_value = "IN_REVIEW")]
    InReview,
    /// Sent back with comments.
    #[sea_orm(string_value = "CHANGES_REQUESTED")]
    ChangesRequested,
    /// Live: takes tenants.
    #[sea_orm(string_value = "PUBLISHED")]
    Published,
    /// Put away.
    #[sea_orm(string_value = "ARCHIVED")]
    Archived,
}

/// A product connection.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "integration")]
pub struct Model {
    /// Time-ordered key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: IntegrationId,
    /// The owner; empty for the vendor's own.
    pub partner_id: Option<PartnerId>,
    /// What it is made of.
    pub kind: IntegrationKind,
    /// 1 to 200 characters.
    pub name: String,
    /// Made from the name; unique within its owner.
    pub slug: String,
    /// Where it stands; only `domain::integration::lifecycle` moves it.
    pub status: IntegrationStatus,
    /// What the vendor wants changed, or why it was taken down.
    pub status_reason: Option<String>,
    /// At most 5,000 characters.
    pub description: Option<String>,
    /// What it is about, in the owner's words.
    pub categories: Labels,
    /// Words by which it is found.
    pub tags: Labels,
    /// `EXTERNAL`: where it is described.
    pub landing_url: Option<String>,
    /// `EXTERNAL`: its key in the vendor's listing.
    pub external_key: Option<String>,
    /// `INTERNAL`: where its source is.
    pub repository_url: Option<String>,
    /// `INTERNAL`: which branch.
    pub repository_branch: Option<String>,
    /// `INTERNAL`: which folder.
    pub repository_path: Option<String>,
    /// When it was last submitted.
    pub submitted_at: Option<DateTimeUtc>,
    /// Who last submitted it.
    pub submitted_by_id: Option<UserId>,
    /// When it was published, while it is.
    pub published_at: Option<DateTimeUtc>,
    /// When it was first published, whatever became of it.
    pub first_published_at: Option<DateTimeUtc>,
    /// When it was archived, while it is.
    pub archived_at: Option<DateTimeUtc>,
    /// When the row was made.
    pub created_at: DateTimeUtc,
    /// When the row last changed.
    pub updated_at: DateTimeUtc,
    /// Counts the edits; a stale editor is told by it.
    pub version: i32,
    /// The partner that `partner_id` names.
    #[sea_orm(belongs_to, from = "partner_id", to = "id")]
    pub partner: BelongsTo<Option<super::partner::Entity>>,
    /// The user that `submitted_by_id` names.
    #[sea_orm(belongs_to, from = "submitted_by_id", to = "id")]
    pub submitted_by: BelongsTo<Option<super::user::Entity>>,
}

impl ActiveModelBehavior for ActiveModel {}
