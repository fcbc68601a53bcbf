//! Devices that have been in an account: what ends all of them at once.

use crate::column::*;
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let column = &mut integer("device_generation").default(0).take();
        manager.alter_table(Table::alter().table("user").add_column(column).to_owned()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.alter_table(Table::alter().table("user").drop_column("device_generation").to_owned()).await
    }
}
