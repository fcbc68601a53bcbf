//! Vendor, partner and user: who there is.

use crate::column::*;
use sea_orm_migration::{prelude::*, sea_orm::DbBackend};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // A primary contact must belong to the very partner that names it, hence two columns.
        let partner_contact = foreign_key("partner", &["primary_contact_id", "id"], "user", &["id", "partner_id"]);
        let vendor_contact = references("vendor", "primary_contact_id", "user");
        // SQLite takes a key to a table that does not exist yet and cannot add one later; PostgreSQL the other way round.
        let sqlite = manager.get_database_backend() == DbBackend::Sqlite;

        let mut vendor = Table::create();
        vendor
            .table("vendor")
            .col(pk_uuid("id"))
            .col(integer("singleton").unique_key().check(Expr::col("singleton").eq(1)))
            .col(text("name"))
            .col(text_null("website"))
            .col(text_null("logo_url"))
            .col(uuid_null("primary_contact_id"))
            .col(text("approval_policy"))
            .col(integer("invitation_lifetime_hours"))
            .col(integer("version"));
        stamps(&mut vendor);

        let mut partner = Table::create();
        partner
            .table("partner")
            .col(pk_uuid("id"))
            .col(text("name"))
            .col(text("status"))
            .col(text_null("status_reason"))
            .col(text("origin"))
            .col(text_null("website"))
            .col(text_null("logo_url"))
            .col(text_null("external_id"))
            .col(json_binary("labels"))
            .col(uuid_null("primary_contact_id"))
            .col(time_null("form_submitted_at"))
            .col(time_null("approved_at"))
            .col(time_null("suspended_at"))
            .col(time_null("archived_at"))
            .col(integer("version"));
        stamps(&mut partner);

        let mut user = Table::create();
        user.table("user")
            .col(pk_uuid("id"))
            .col(uuid_null("partner_id"))
            .col(text("email"))
            .col(text_uniq("email_key"))
            .col(text("name"))
            .col(text("role"))
            .col(text("status"))
            .col(text_null("password_hash"))
            .col(time_null("last_login_at"))
            .col(integer("version"))
            .index(&mut unique("user", &["id", "partner_id"]))
            .foreign_key(&mut references("user", "partner_id", "partner"));
        stamps(&mut user);

        if sqlite {
            vendor.foreign_key(&mut vendor_contact.clone());
            partner.foreign_key(&mut partner_contact.clone());
        }
        manager.create_table(vendor).await?;
        manager.create_table(partner).await?;
        manager.create_table(user).await?;
        if !sqlite {
            manager.create_foreign_key(vendor_contact).await?;
            manager.create_foreign_key(partner_contact).await?;
        }

        index(manager, "partner", &["created_at", "id"]).await?;
        index(manager, "partner", &["name", "id"]).await?;
        index(manager, "partner", &["status", "created_at", "id"]).await?;
        index(manager, "user", &["partner_id", "id"]).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        if manager.get_database_backend() == DbBackend::Postgres {
            let drop = |table: &'static str| {
                ForeignKey::drop().name(format!("fk_{table}_primary_contact_id")).table(table).to_owned()
            };
            manager.drop_foreign_key(drop("partner")).await?;
            manager.drop_foreign_key(drop("vendor")).await?;
        }
        for table in ["vendor", "user", "partner"] {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}
