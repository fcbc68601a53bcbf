//! Session and invitation: how people come in.

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
                    .table("session")
                    .col(pk_uuid("id"))
                    .col(uuid("user_id"))
                    .col(binary_uniq("token_hash"))
                    .col(text("scope"))
                    .col(time("last_used_at"))
                    .col(time("expires_at"))
                    .col(text_null("ip"))
                    .col(text_null("user_agent"))
                    .col(time("created_at"))
                    .foreign_key(&mut references("session", "user_id", "user"))
                    .to_owned(),
            )
            .await?;

        let mut invitation = Table::create();
        invitation
            .table("invitation")
            .col(pk_uuid("id"))
            .col(uuid("user_id"))
            .col(uuid_null("partner_id"))
            .col(text("email"))
            .col(text("status"))
            .col(integer("generation"))
            .col(binary("nonce"))
            .col(binary_uniq("token_hash"))
            .col(uuid_null("inviter_id"))
            .col(text_null("message"))
            .col(time("expires_at"))
            .col(time_null("accepted_at"))
            .col(time_null("sent_at"))
            .col(integer("send_count"))
            .col(text("delivery_status"))
            .col(text_null("delivery_reason"))
            .col(time_null("delivery_attempted_at"))
            .foreign_key(&mut references("invitation", "user_id", "user"))
            .foreign_key(&mut references("invitation", "partner_id", "partner"))
            .foreign_key(&mut references("invitation", "inviter_id", "user"));
        stamps(&mut invitation);
        manager.create_table(invitation).await?;

        index(manager, "session", &["user_id", "created_at"]).await?;
        index(manager, "session", &["expires_at"]).await?;
        index(manager, "invitation", &["partner_id", "id"]).await?;
        index(manager, "invitation", &["status", "expires_at"]).await?;
        // Two invitations at once cannot both be open for one user.
        manager
            .create_index(
                Index::create()
                    .table("invitation")
                    .name("uq_invitation_pending")
                    .unique()
                    .col("user_id")
                    .and_where(Expr::col("status").eq(Expr::cust("'PENDING'")))
                    .to_owned(),
            )
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["invitation", "session"] {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}
