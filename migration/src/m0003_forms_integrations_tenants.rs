//! Form, integration, submission and tenant: what partners bring.

use crate::column::*;
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("form")
                    .col(pk_uuid("id"))
                    .col(text("kind"))
                    .col(integer("version"))
                    .col(json_binary("questions"))
                    .col(time("published_at"))
                    .col(uuid_null("published_by_id"))
                    .index(&mut unique("form", &["kind", "version"]))
                    .foreign_key(&mut references("form", "published_by_id", "user"))
                    .to_owned(),
            )
            .await?;

        let mut integration = Table::create();
        integration
            .table("integration")
            .col(pk_uuid("id"))
            .col(uuid_null("partner_id"))
            .col(text("kind"))
            .col(text("name"))
            .col(text("slug"))
            .col(text("status"))
            .col(text_null("description"))
            .col(text_null("landing_url"))
            .col(text_null("external_key"))
            .col(text_null("repository_url"))
            .col(text_null("repository_branch"))
            .col(text_null("repository_path"))
            .col(time_null("submitted_at"))
            .col(uuid_null("submitted_by_id"))
            .col(time_null("published_at"))
            .col(integer("version"))
            .index(&mut unique("integration", &["partner_id", "slug"]))
            .index(&mut unique("integration", &["id", "partner_id"]))
            .foreign_key(&mut references("integration", "partner_id", "partner"))
            .foreign_key(&mut references("integration", "submitted_by_id", "user"));
        stamps(&mut integration);
        manager.create_table(integration).await?;

        let mut submission = Table::create();
        submission
            .table("form_submission")
            .col(pk_uuid("id"))
            .col(uuid("form_id"))
            .col(uuid_null("partner_id"))
            .col(uuid_null("integration_id"))
            .col(json_binary("answers"))
            .col(boolean("is_draft"))
            .col(time_null("submitted_at"))
            .col(uuid_null("submitted_by_id"))
            .col(text_null("submitted_from"))
            .foreign_key(&mut references("form_submission", "form_id", "form"))
            .foreign_key(&mut references("form_submission", "partner_id", "partner"))
            .foreign_key(&mut foreign_key(
                "form_submission",
                &["integration_id", "partner_id"],
                "integration",
                &["id", "partner_id"],
            ))
            .foreign_key(&mut references("form_submission", "submitted_by_id", "user"));
        stamps(&mut submission);
        manager.create_table(submission).await?;

        let mut tenant = Table::create();
        tenant
            .table("tenant")
            .col(pk_uuid("id"))
            .col(uuid("integration_id"))
            .col(uuid_null("partner_id"))
            .col(text("name"))
            .col(text_null("customer_reference"))
            .col(boolean("paused"))
            .col(time_null("archived_at"))
            .col(text_null("schedule"))
            .col(json_binary("configuration"))
            .col(text_null("source"))
            .col(integer("version"))
            .index(&mut unique("tenant", &["integration_id", "name"]))
            .foreign_key(references("tenant", "integration_id", "integration").name("fk_tenant_integration"))
            .foreign_key(&mut foreign_key(
                "tenant",
                &["integration_id", "partner_id"],
                "integration",
                &["id", "partner_id"],
            ));
        stamps(&mut tenant);
        manager.create_table(tenant).await?;

        // The vendor's own have no partner, and no two empty values are the same to a unique index.
        manager
            .create_index(
                Index::create()
                    .table("integration")
                    .name("uq_integration_own_slug")
                    .unique()
                    .col("slug")
                    .and_where(Expr::col("partner_id").is_null())
                    .to_owned(),
            )
            .await?;
        index(manager, "integration", &["partner_id", "id"]).await?;
        index(manager, "integration", &["status", "created_at", "id"]).await?;
        index(manager, "form_submission", &["partner_id", "id"]).await?;
        index(manager, "form_submission", &["integration_id", "id"]).await?;
        index(manager, "tenant", &["integration_id", "id"]).await?;
        index(manager, "tenant", &["partner_id", "id"]).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["tenant", "form_submission", "integration", "form"] {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}
