//! Logos that were sent to the hub itself.

use crate::column::*;
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut logo = Table::create();
        logo.table("logo")
            .col(text("name").primary_key())
            .col(uuid_null("partner_id"))
            .col(binary("png"))
            .col(time("created_at"))
            .foreign_key(&mut references("logo", "partner_id", "partner"))
            .index(&mut unique("logo", &["partner_id"]));
        manager.create_table(logo).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("logo").to_owned()).await
    }
}
