//! How much of something somebody may still do.

use sea_orm::entity::prelude::*;

/// One bucket: it is full again at a moment, and each use moves that moment on.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "throttle")]
pub struct Model {
    /// What is limited for whom; addresses only as a keyed hash.
    #[sea_orm(primary_key, auto_increment = false)]
    pub key: String,
    /// Milliseconds since 1970.
    pub full_at: i64,
}

impl ActiveModelBehavior for ActiveModel {}
