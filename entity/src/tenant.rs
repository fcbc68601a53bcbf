//! One customer's installation of one published integration.

use sea_orm::entity::prelude::*;

use crate::{IntegrationId, PartnerId, TenantId};

/// One customer's installation of one integration.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "tenant")]
pub struct Model {
    /// Time-ordered key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: TenantId,
    /// What is installed.
    pub integration_id: IntegrationId,
    /// The integration's owner, repeated so that scope needs no join.
    pub partner_id: Option<PartnerId>,
    /// Lower-case letters, digits and `-`, at most 63; unique within the integration.
    pub name: String,
    /// The customer's key in the owner's own system.
    pub customer_reference: Option<String>,
    /// True at creation.
    pub paused: bool,
    /// When it was archived, while it is.
    pub archived_at: Option<DateTimeUtc>,
    /// A cron expression of five fields.
    pub schedule: Option<String>,
    /// A JSON object.
    pub configuration: Json,
    /// Where it came from.
    pub source: Option<String>,
    /// When the row was made.
    pub created_at: DateTimeUtc,
    /// When the row last changed.
    pub updated_at: DateTimeUtc,
    /// Counts the edits; a stale editor is told by it.
    pub version: i32,
    /// The integration that `integration_id` names.
    #[sea_orm(belongs_to, from = "integration_id", to = "id")]
    pub integration: BelongsTo<super::integration::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
