//! Letters and the life of invitations: reminders, refusals, how long letters are tried, and who is told of what.

use crate::column::*;
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// A column at a time, because SQLite adds no more at once.
fn added() -> Vec<(&'static str, ColumnDef)> {
    vec![
        ("outbox", time_null("give_up_at")),
        ("invitation", integer("lifetime_hours").default(7 * 24).take()),
        ("invitation", integer("reminders").default(0).take()),
        ("invitation", time_null("next_reminder_at")),
        ("invitation", time_null("revoked_at")),
        ("invitation", time_null("declined_at")),
        ("invitation", text_null("decline_reason")),
        ("vendor", text_null("brand_color")),
        ("vendor", json_binary("reminder_days").default("[3,6]").take()),
        ("vendor", json_binary("subscribers").default("{}").take()),
    ]
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (table, mut column) in added() {
            manager.alter_table(Table::alter().table(table).add_column(&mut column).to_owned()).await?;
        }
        index(manager, "invitation", &["status", "next_reminder_at"]).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let name = "ix_invitation_status_next_reminder_at";
        manager.drop_index(Index::drop().table("invitation").name(name).to_owned()).await?;
        for (table, column) in added().into_iter().rev() {
            let name = Alias::new(column.get_column_name());
            manager.alter_table(Table::alter().table(table).drop_column(name).to_owned()).await?;
        }
        Ok(())
    }
}
