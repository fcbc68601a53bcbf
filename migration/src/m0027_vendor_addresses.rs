//! Where partners find help, terms and privacy: below letters and on the door.

use crate::column::*;
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

const ADDRESSES: [&str; 3] = ["support_email", "terms_url", "privacy_url"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for name in ADDRESSES {
            let mut address = text_null(name);
            manager.alter_table(Table::alter().table("vendor").add_column(&mut address).to_owned()).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for name in ADDRESSES {
            manager.alter_table(Table::alter().table("vendor").drop_column(name).to_owned()).await?;
        }
        Ok(())
    }
}
