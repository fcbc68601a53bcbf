//! What the server's key is called that made something, so that it can be another one.

use crate::column::*;
use sea_orm_migration::{prelude::*, schema::binary_null};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (table, mut column) in columns() {
            manager.alter_table(Table::alter().table(table).add_column(&mut column).to_owned()).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (table, column) in columns() {
            let name = column.get_column_name().to_owned();
            manager.alter_table(Table::alter().table(table).drop_column(name).to_owned()).await?;
        }
        Ok(())
    }
}

fn columns() -> [(&'static str, ColumnDef); 3] {
    [
        ("second_factor", text_null("key_id")),
        ("second_factor", binary_null("shift")),
        ("recovery_code", text_null("key_id")),
    ]
}
