//! An organisation that builds integrations for the vendor.

use sea_orm::entity::prelude::*;

use crate::{PartnerId, UserId};

/// Where a partner stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum PartnerStatus {
    /// Invited; has not finished onboarding.
    #[sea_orm(string_value = "PENDING")]
    Pending,
    /// Its users may enter the hub.
    #[sea_orm(string_value = "APPROVED")]
    Approved,
    /// Refused by a vendor admin.
    #[sea_orm(string_value = "REJECTED")]
    Rejected,
    /// Shut out for a time.
    #[sea_orm(string_value = "SUSPENDED")]
    Suspended,
    /// Put away.
    #[sea_orm(string_value = "ARCHIVED")]
    Archived,
}

/// Which mutation a partner came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum PartnerOrigin {
    /// `createPartner`: approved at once.
    #[sea_orm(string_value = "CREATED")]
    Created,
    /// `invitePartner`: pending until onboarded.
    #[sea_orm(string_value = "INVITED")]
    Invited,
}

/// Free labels, kept as a JSON array.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize, FromJsonQueryResult)]
pub struct Labels(pub Vec<String>);

/// An organisation that builds integrations for the vendor.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "partner")]
pub struct Model {
    /// Time-ordered key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PartnerId,
    /// As the vendor calls it; 1 to 200 characters.
    pub name: String,
    /// Where it stands; only `domain::partner::lifecycle` moves it.
    pub status: PartnerStatus,
    /// Why it was moved there, in the words of who moved it.
    pub status_reason: Option<String>,
    /// Which mutation it came from.
    pub origin: PartnerOrigin,
    /// `https:` address.
    pub website: Option<String>,
    /// `https:` address.
    pub logo_url: Option<String>,
    /// The vendor's own key for it.
    pub external_id: Option<String>,
    /// Free labels.
    pub labels: Labels,
    /// One of its own users; empty only inside the transaction that makes it.
    pub primary_contact_id: Option<UserId>,
    /// When the Partner Form was submitted; empty while it is open.
    pub form_submitted_at: Option<DateTimeUtc>,
    /// When it was last approved.
    pub approved_at: Option<DateTimeUtc>,
    /// When it was suspended, while it is.
    pub suspended_at: Option<DateTimeUtc>,
    /// When it was archived, while it is.
    pub archived_at: Option<DateTimeUtc>,
    /// When the row was made.
    pub created_at: DateTimeUtc,
    /// When the row last changed.
    pub updated_at: DateTimeUtc,
    /// Counts the edits; a stale editor is told by it.
    pub version: i32,
    /// The user that `primary_contact_id` names.
    #[sea_orm(belongs_to, from = "primary_contact_id", to = "id")]
    pub primary_contact: BelongsTo<Option<super::user::Entity>>,
}

impl ActiveModelBehavior for ActiveModel {}
