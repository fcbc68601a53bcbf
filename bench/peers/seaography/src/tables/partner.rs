//! Partners, with their primary contact, users and integrations.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "partner")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub name: String,
    pub status: String,
    pub status_reason: Option<String>,
    pub origin: String,
    pub website: Option<String>,
    pub logo_url: Option<String>,
    pub external_id: Option<String>,
    #[sea_orm(column_type = "JsonBinary")]
    pub labels: Json,
    pub primary_contact_id: Option<Uuid>,
    pub form_submitted_at: Option<DateTimeWithTimeZone>,
    pub approved_at: Option<DateTimeWithTimeZone>,
    pub suspended_at: Option<DateTimeWithTimeZone>,
    pub archived_at: Option<DateTimeWithTimeZone>,
    pub version: i32,
    pub created_at: DateTimeWithTimeZone,
    pub updated_at: DateTimeWithTimeZone,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(belongs_to = "super::user::Entity", from = "Column::PrimaryContactId", to = "super::user::Column::Id")]
    PrimaryContact,
    #[sea_orm(has_many = "super::user::Entity")]
    User,
    #[sea_orm(has_many = "super::integration::Entity")]
    Integration,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelatedEntity)]
pub enum RelatedEntity {
    #[sea_orm(entity = "super::user::Entity", def = "Relation::PrimaryContact.def()")]
    PrimaryContact,
    #[sea_orm(entity = "super::user::Entity", def = "Relation::User.def()")]
    User,
    #[sea_orm(entity = "super::integration::Entity", def = "Relation::Integration.def()")]
    Integration,
}

impl ActiveModelBehavior for ActiveModel {}
