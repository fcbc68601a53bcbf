//! A second factor beside the password, and when somebody last proved to be who a session says.

use crate::column::*;
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut factor = Table::create();
        factor
            .table("second_factor")
            .col(uuid("user_id").primary_key())
            .col(binary("nonce"))
            .col(big_integer("last_step"))
            .col(time("created_at"))
            .foreign_key(&mut references("second_factor", "user_id", "user"));
        manager.create_table(factor).await?;

        let mut codes = Table::create();
        codes
            .table("recovery_code")
            .col(text("code_hash").primary_key())
            .col(uuid("user_id"))
            .foreign_key(&mut references("recovery_code", "user_id", "user"));
        manager.create_table(codes).await?;
        index(manager, "recovery_code", &["user_id"]).await?;

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
        for table in ["recovery_code", "second_factor"] {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}

fn columns() -> [(&'static str, ColumnDef); 3] {
    [
        ("user", time_null("second_factor_at")),
        ("session", time_null("reauthenticated_at")),
        ("vendor", boolean("require_second_factor").default(false).take()),
    ]
}
