//! What accounts need beside a password: limits on trying, and links that set a new one.

use crate::column::*;
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut throttle = Table::create();
        throttle.table("throttle").col(text("key").primary_key()).col(big_integer("full_at"));
        manager.create_table(throttle).await?;
        index(manager, "throttle", &["full_at"]).await?;

        let mut reset = Table::create();
        reset
            .table("password_reset")
            .col(pk_uuid("id"))
            // A new link kills the old one.
            .col(uuid("user_id").unique_key())
            .col(binary("nonce"))
            .col(binary_uniq("token_hash"))
            .col(time("expires_at"))
            .col(time("created_at"))
            .foreign_key(&mut references("password_reset", "user_id", "user"));
        manager.create_table(reset).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["password_reset", "throttle"] {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}
