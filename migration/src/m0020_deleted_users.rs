//! Users that are deleted stay as rows, which the record names: lists and their lengths leave them out by an index.

use crate::column::*;
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

const BEFORE: [&str; 2] = ["partner_id", "id"];
const AFTER: [&str; 3] = ["partner_id", "id", "status"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        index(manager, "user", &AFTER).await?;
        drop_index(manager, "user", &BEFORE).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        index(manager, "user", &BEFORE).await?;
        drop_index(manager, "user", &AFTER).await
    }
}
