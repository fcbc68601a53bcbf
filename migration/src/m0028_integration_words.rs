//! What an integration is about, whether it was ever live, and when it was put away.

use crate::column::*;
use sea_orm_migration::{
    prelude::*,
    sea_orm::{ConnectionTrait, DbBackend},
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

const TABLES: [&str; 2] = ["integration", "integration_revision"];
const WORDS: [&str; 2] = ["categories", "tags"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let none = if manager.get_database_backend() == DbBackend::Postgres { "'[]'::jsonb" } else { "'[]'" };
        for table in TABLES {
            for name in WORDS {
                let mut words = json_binary(name);
                words.default(Expr::cust(none));
                manager.alter_table(Table::alter().table(table).add_column(&mut words).to_owned()).await?;
            }
        }
        for name in ["first_published_at", "archived_at"] {
            let mut at = time_null(name);
            manager.alter_table(Table::alter().table("integration").add_column(&mut at).to_owned()).await?;
        }
        // The record knows what is older.
        manager
            .get_connection()
            .execute_unprepared(
                "UPDATE integration SET first_published_at = coalesce(published_at, (SELECT min(at) FROM activity \
                 WHERE subject_id = integration.id AND event = 'integration.published'));
                 UPDATE integration SET archived_at = coalesce((SELECT max(at) FROM activity \
                 WHERE subject_id = integration.id AND event = 'integration.archived'), updated_at) \
                 WHERE status = 'ARCHIVED'",
            )
            .await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for name in ["first_published_at", "archived_at"] {
            manager.alter_table(Table::alter().table("integration").drop_column(name).to_owned()).await?;
        }
        for table in TABLES {
            for name in WORDS {
                manager.alter_table(Table::alter().table(table).drop_column(name).to_owned()).await?;
            }
        }
        Ok(())
    }
}
