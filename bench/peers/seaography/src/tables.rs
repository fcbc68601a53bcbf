//! The measured tables with all their columns, as `sea-orm-cli generate entity` writes them.

/// Partners.
pub mod partner {
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
}

/// Users.
pub mod user {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "user")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub partner_id: Option<Uuid>,
        pub email: String,
        pub email_key: String,
        pub name: String,
        pub role: String,
        pub status: String,
        pub password_hash: Option<String>,
        pub last_login_at: Option<DateTimeWithTimeZone>,
        pub version: i32,
        pub created_at: DateTimeWithTimeZone,
        pub updated_at: DateTimeWithTimeZone,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {
        #[sea_orm(belongs_to = "super::partner::Entity", from = "Column::PartnerId", to = "super::partner::Column::Id")]
        Partner,
    }

    impl Related<super::partner::Entity> for Entity {
        fn to() -> RelationDef {
            Relation::Partner.def()
        }
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelatedEntity)]
    pub enum RelatedEntity {
        #[sea_orm(entity = "super::partner::Entity")]
        Partner,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// Integrations.
pub mod integration {
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
}

/// Tenants.
pub mod tenant {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "tenant")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub integration_id: Uuid,
        pub partner_id: Option<Uuid>,
        pub name: String,
        pub customer_reference: Option<String>,
        pub paused: bool,
        pub archived_at: Option<DateTimeWithTimeZone>,
        pub schedule: Option<String>,
        #[sea_orm(column_type = "JsonBinary")]
        pub configuration: Json,
        pub source: Option<String>,
        pub version: i32,
        pub created_at: DateTimeWithTimeZone,
        pub updated_at: DateTimeWithTimeZone,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {
        #[sea_orm(belongs_to = "super::integration::Entity", from = "Column::IntegrationId", to = "super::integration::Column::Id")]
        Integration,
    }

    impl Related<super::integration::Entity> for Entity {
        fn to() -> RelationDef {
            Relation::Integration.def()
        }
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelatedEntity)]
    pub enum RelatedEntity {
        #[sea_orm(entity = "super::integration::Entity")]
        Integration,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
