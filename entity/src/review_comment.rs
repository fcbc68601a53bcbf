//! A remark about an integration, by its reviewers or its owner.

use sea_orm::entity::prelude::*;

use crate::{ApiKeyId, IntegrationId, PartnerId, ReviewCommentId, UserId};

/// A remark about an integration, pinned to a field or about the whole.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "review_comment")]
pub struct Model {
    /// Time-ordered key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ReviewCommentId,
    /// What it is about.
    pub integration_id: IntegrationId,
    /// The integration's owner, repeated so that scope needs no join.
    pub partner_id: Option<PartnerId>,
    /// Who wrote it, if a user.
    pub author_id: Option<UserId>,
    /// With which key it was written, if by a program.
    pub key_id: Option<ApiKeyId>,
    /// Which field of the integration, or the key of which question; empty for the whole.
    pub field: Option<String>,
    /// At most 5,000 characters.
    pub text: String,
    /// When it was ticked off.
    pub resolved_at: Option<DateTimeUtc>,
    /// Who ticked it off.
    pub resolved_by_id: Option<UserId>,
    /// When it was written.
    pub created_at: DateTimeUtc,
    /// The integration that `integration_id` names.
    #[sea_orm(belongs_to, from = "integration_id", to = "id")]
    pub integration: BelongsTo<super::integration::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
