//! Links that give an account another address.

use crate::column::*;
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut change = Table::create();
        change
            .table("email_change")
            .col(pk_uuid("id"))
            // A new link kills the old one.
            .col(uuid("user_id").unique_key())
            // Sessions come and go: what is named here may be gone.
            .col(uuid("session_id"))
            .col(text("email"))
            .col(text("email_key"))
            .col(binary("nonce"))
            .col(binary_uniq("token_hash"))
            .col(time("expires_at"))
            .col(time("created_at"))
            .foreign_key(&mut references("email_change", "user_id", "user"));
        manager.create_table(change).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("email_change").to_owned()).await
    }
}
