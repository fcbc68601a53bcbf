//! A logo that was sent to the hub itself.

use sea_orm::entity::prelude::*;

use crate::PartnerId;

/// The picture of one organisation, made anew by the hub.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "logo")]
pub struct Model {
    /// 128 random bits in hexadecimal digits: whoever knows it may see the picture.
    #[sea_orm(primary_key, auto_increment = false)]
    pub name: String,
    /// Whose it is; empty for the vendor's.
    pub partner_id: Option<PartnerId>,
    /// The picture.
    pub png: Vec<u8>,
    /// When it was sent.
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
