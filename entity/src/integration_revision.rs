//! What a partner wants to change of an integration that is live.

use sea_orm::entity::prelude::*;

use crate::{IntegrationId, PartnerId, UserId, integration::IntegrationStatus, partner::Labels};

/// The content that waits for the vendor beside the content that is live; at most one for each integration.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "integration_revision")]
pub struct Model {
    /// Whose content it is to be.
    #[sea_orm(primary_key, auto_increment = false)]
    pub integration_id: IntegrationId,
    /// The owner, repeated so that scope needs no join.
    pub partner_id: PartnerId,
    /// `IN_REVIEW` or `CHANGES_REQUESTED`.
    pub status: IntegrationStatus,
    /// What the vendor wants changed.
    pub status_reason: Option<String>,
    /// 1 to 200 characters.
    pub name: String,
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
    /// When it was handed in.
    pub submitted_at: DateTimeUtc,
    /// Who handed it in.
    pub submitted_by_id: Option<UserId>,
}

impl ActiveModelBehavior for ActiveModel {}
