//! Outbox and activity: what is to be done outside, and what was done.

use crate::column::*;
use sea_orm_migration::{prelude::*, sea_orm::DbBackend};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// Rows of the activity can be added and read, never changed or removed.
const APPEND_ONLY_SQLITE: [&str; 2] = [
    "CREATE TRIGGER activity_no_update BEFORE UPDATE ON activity BEGIN SELECT RAISE(ABORT, 'activity is append-only'); END",
    "CREATE TRIGGER activity_no_delete BEFORE DELETE ON activity BEGIN SELECT RAISE(ABORT, 'activity is append-only'); END",
];
const APPEND_ONLY_POSTGRES: [&str; 2] = [
    "CREATE FUNCTION activity_append_only() RETURNS trigger LANGUAGE plpgsql AS \
     $$ BEGIN RAISE EXCEPTION 'activity is append-only'; END $$",
    "CREATE TRIGGER activity_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON activity \
     FOR EACH STATEMENT EXECUTE FUNCTION activity_append_only()",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("outbox")
                    .col(pk_uuid("id"))
                    .col(text("kind"))
                    .col(text("recipient"))
                    .col(json_binary("params"))
                    .col(uuid_null("invitation_id"))
                    .col(text("state"))
                    .col(integer("attempts"))
                    .col(time("next_at"))
                    .col(time_null("lease_until"))
                    .col(uuid_null("lease_id"))
                    .col(text_null("last_error"))
                    .col(time("created_at"))
                    .col(time_null("sent_at"))
                    .foreign_key(&mut references("outbox", "invitation_id", "invitation"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("activity")
                    .col(pk_uuid("id"))
                    .col(time("at"))
                    .col(text("event"))
                    .col(text("actor_kind"))
                    .col(uuid_null("actor_id"))
                    .col(uuid_null("partner_id"))
                    .col(text("subject_type"))
                    .col(uuid("subject_id"))
                    .col(json_binary("data"))
                    .col(text_null("ip"))
                    .col(text_null("request_id"))
                    .to_owned(),
            )
            .await?;

        index(manager, "outbox", &["state", "next_at"]).await?;
        index(manager, "outbox", &["invitation_id"]).await?;
        index(manager, "activity", &["partner_id", "id"]).await?;
        index(manager, "activity", &["subject_id", "id"]).await?;
        let guards = match manager.get_database_backend() {
            DbBackend::Postgres => APPEND_ONLY_POSTGRES,
            _ => APPEND_ONLY_SQLITE,
        };
        for guard in guards {
            manager.get_connection().execute_unprepared(guard).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["activity", "outbox"] {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        if manager.get_database_backend() == DbBackend::Postgres {
            manager.get_connection().execute_unprepared("DROP FUNCTION activity_append_only()").await?;
        }
        Ok(())
    }
}
