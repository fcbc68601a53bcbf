//! Integrations, with their tenants.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "integration")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub partner_id: Option<Uuid>,
    pub kind: String,
    pub name: String,
    pub slug: String,
    pub status: String,
    pub description: Option<String>,
    pub landing_url: Option<String>,
    pub external_key: Option<String>,
    pub repository_url: Option<String>,
    pub repository_branch: Option<String>,
    pub repository_path: Option<String>,
    pub submitted_at: Option<DateTimeWithTimeZone>,
    pub submitted_by_id: Option<Uuid>,
    pub published_at: Option<DateTimeWithTimeZone>,
    pub version: i32,
    pub created_at: DateTimeWithTimeZone,
    pub updated_at: DateTimeWithTimeZone,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(belongs_to = "super::partner::Entity", from = "Column::PartnerId", to = "super::partner::Column::Id")]
    Partner,
    #[sea_orm(has_many = "super::tenant::Entity")]
    Tenant,
}

impl Related<super::partner::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Partner.def()
    }
}

impl Related<super::tenant::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Tenant.def()
    }
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelatedEntity)]
pub enum RelatedEntity {
    #[sea_orm(entity = "super::partner::Entity")]
    Partner,
    #[sea_orm(entity = "super::tenant::Entity")]
    Tenant,
}

impl ActiveModelBehavior for ActiveModel {}
