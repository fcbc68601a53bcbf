//! Versions of forms are published and never change: answers are pinned to them.

use sea_orm_migration::{prelude::*, sea_orm::DbBackend};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// Versions can be added and read, never changed or removed.
const APPEND_ONLY_SQLITE: [&str; 2] = [
    "CREATE TRIGGER form_no_update BEFORE UPDATE ON form BEGIN SELECT RAISE(ABORT, 'form is append-only'); END",
    "CREATE TRIGGER form_no_delete BEFORE DELETE ON form BEGIN SELECT RAISE(ABORT, 'form is append-only'); END",
];
const APPEND_ONLY_POSTGRES: [&str; 2] = [
    "CREATE FUNCTION form_append_only() RETURNS trigger LANGUAGE plpgsql AS \
     $$ BEGIN RAISE EXCEPTION 'form is append-only'; END $$",
    "CREATE TRIGGER form_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON form \
     FOR EACH STATEMENT EXECUTE FUNCTION form_append_only()",
];
const BACK_SQLITE: [&str; 2] = ["DROP TRIGGER form_no_update", "DROP TRIGGER form_no_delete"];
const BACK_POSTGRES: [&str; 2] = ["DROP TRIGGER form_append_only ON form", "DROP FUNCTION form_append_only()"];

async fn run(manager: &SchemaManager<'_>, sqlite: [&str; 2], postgres: [&str; 2]) -> Result<(), DbErr> {
    let statements = if manager.get_database_backend() == DbBackend::Postgres { postgres } else { sqlite };
    for statement in statements {
        manager.get_connection().execute_unprepared(statement).await?;
    }
    Ok(())
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, APPEND_ONLY_SQLITE, APPEND_ONLY_POSTGRES).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, BACK_SQLITE, BACK_POSTGRES).await
    }
}
