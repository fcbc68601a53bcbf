//! The company that runs the hub: one row.

use sea_orm::entity::prelude::*;

use sea_orm::FromJsonQueryResult;

use crate::{UserId, VendorId};

/// Days after which something is due, ascending, kept as a JSON array.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize, FromJsonQueryResult)]
pub struct Days(pub Vec<i32>);

/// What happens when a partner submits its Partner Form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum ApprovalPolicy {
    /// The partner is approved in the same transaction.
    #[sea_orm(string_value = "AUTOMATIC")]
    Automatic,
    /// The partner waits until a vendor admin approves it.
    #[sea_orm(string_value = "MANUAL")]
    Manual,
}

/// The company that runs the hub.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "vendor")]
pub struct Model {
    /// Time-ordered key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: VendorId,
    /// Always 1 and unique, so that there can be one row only.
    #[sea_orm(unique)]
    pub singleton: i32,
    /// As shown in letters and on pages.
    pub name: String,
    /// `https:` address.
    pub website: Option<String>,
    /// `https:` address.
    pub logo_url: Option<String>,
    /// The vendor user who is told of everything.
    pub primary_contact_id: Option<UserId>,
    /// What happens when a Partner Form is submitted.
    pub approval_policy: ApprovalPolicy,
    /// Whether the vendor's own users must have a second factor.
    pub require_second_factor: bool,
    /// How long a link lives, in hours.
    pub invitation_lifetime_hours: i32,
    /// When the row was made.
    pub created_at: DateTimeUtc,
    /// When the row last changed.
    pub updated_at: DateTimeUtc,
    /// Counts the edits; a stale editor is told by it.
    pub version: i32,
    /// The colour of buttons in letters, as `#1d4ed8`; empty for the hub's own.
    pub brand_color: Option<String>,
    /// After how many days without an answer invitees are reminded.
    pub reminder_days: Days,
    /// Where partners ask for help.
    pub support_email: Option<String>,
    /// `https:` address of what partners agree to by being here.
    pub terms_url: Option<String>,
    /// `https:` address of what the vendor does with what it knows of people.
    pub privacy_url: Option<String>,
    /// Event → further addresses that are told of it.
    pub subscribers: Json,
    /// The user that `primary_contact_id` names.
    #[sea_orm(belongs_to, from = "primary_contact_id", to = "id")]
    pub primary_contact: BelongsTo<Option<super::user::Entity>>,
}

impl ActiveModelBehavior for ActiveModel {}
