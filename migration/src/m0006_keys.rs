//! Keys: those with which programs come in, and those under which a change is made once.

use crate::column::*;
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("idempotency_key")
                    .col(pk_uuid("id"))
                    .col(uuid("actor_id"))
                    .col(text("mutation"))
                    .col(text("key"))
                    .col(binary("input_hash"))
                    .col(json_binary("result"))
                    .col(time("created_at"))
                    .index(&mut unique("idempotency_key", &["actor_id", "mutation", "key"]))
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("api_key")
                    .col(pk_uuid("id"))
                    .col(uuid_null("partner_id"))
                    .col(text("name"))
                    .col(binary_uniq("token_hash"))
                    .col(text("role"))
                    .col(json_binary("scopes"))
                    .col(uuid("created_by_id"))
                    .col(time("expires_at"))
                    .col(time_null("last_used_at"))
                    .col(time_null("revoked_at"))
                    .col(time("created_at"))
                    .foreign_key(&mut references("api_key", "partner_id", "partner"))
                    .foreign_key(&mut references("api_key", "created_by_id", "user"))
                    .to_owned(),
            )
            .await?;
        let mut key = uuid_null("key_id");
        manager.alter_table(Table::alter().table("activity").add_column(&mut key).to_owned()).await?;
        index(manager, "idempotency_key", &["created_at"]).await?;
        index(manager, "api_key", &["partner_id", "id"]).await?;
        index(manager, "activity", &["actor_id", "id"]).await?;
        index(manager, "activity", &["event", "id"]).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for name in ["ix_activity_event_id", "ix_activity_actor_id_id"] {
            manager.drop_index(Index::drop().table("activity").name(name).to_owned()).await?;
        }
        manager.alter_table(Table::alter().table("activity").drop_column("key_id").to_owned()).await?;
        for table in ["api_key", "idempotency_key"] {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}
