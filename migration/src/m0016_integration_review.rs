//! Rounds of review: why an integration was sent back, comments beside its fields, and edits of one that is live.

use crate::column::*;
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut reason = text_null("status_reason");
        manager.alter_table(Table::alter().table("integration").add_column(&mut reason).to_owned()).await?;

        let mut revision = Table::create();
        revision
            .table("integration_revision")
            .col(uuid("integration_id").primary_key())
            .col(uuid("partner_id"))
            .col(text("status"))
            .col(text_null("status_reason"))
            .col(text("name"))
            .col(text_null("description"))
            .col(text_null("landing_url"))
            .col(text_null("external_key"))
            .col(text_null("repository_url"))
            .col(text_null("repository_branch"))
            .col(text_null("repository_path"))
            .col(time("submitted_at"))
            .col(uuid_null("submitted_by_id"))
            .foreign_key(&mut references("integration_revision", "integration_id", "integration"))
            .foreign_key(&mut references("integration_revision", "partner_id", "partner"))
            .foreign_key(&mut references("integration_revision", "submitted_by_id", "user"));
        manager.create_table(revision).await?;

        let mut comment = Table::create();
        comment
            .table("review_comment")
            .col(pk_uuid("id"))
            .col(uuid("integration_id"))
            .col(uuid_null("partner_id"))
            .col(uuid_null("author_id"))
            .col(uuid_null("key_id"))
            .col(text_null("field"))
            .col(text("text"))
            .col(time_null("resolved_at"))
            .col(uuid_null("resolved_by_id"))
            .col(time("created_at"))
            .foreign_key(&mut references("review_comment", "integration_id", "integration"))
            .foreign_key(&mut references("review_comment", "partner_id", "partner"))
            .foreign_key(&mut references("review_comment", "author_id", "user"))
            .foreign_key(&mut references("review_comment", "key_id", "api_key"))
            .foreign_key(&mut references("review_comment", "resolved_by_id", "user"));
        manager.create_table(comment).await?;
        index(manager, "review_comment", &["integration_id", "id"]).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["review_comment", "integration_revision"] {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        manager.alter_table(Table::alter().table("integration").drop_column("status_reason").to_owned()).await
    }
}
