//! Drafts of answers, one for each partner and each integration, and what was agreed to.

use crate::column::*;
use sea_orm_migration::{prelude::*, sea_orm::DbBackend};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// What was agreed to can be added and read, never changed or removed.
const APPEND_ONLY_SQLITE: [&str; 2] = [
    "CREATE TRIGGER terms_acceptance_no_update BEFORE UPDATE ON terms_acceptance \
     BEGIN SELECT RAISE(ABORT, 'terms_acceptance is append-only'); END",
    "CREATE TRIGGER terms_acceptance_no_delete BEFORE DELETE ON terms_acceptance \
     BEGIN SELECT RAISE(ABORT, 'terms_acceptance is append-only'); END",
];
const APPEND_ONLY_POSTGRES: [&str; 2] = [
    "CREATE FUNCTION terms_acceptance_append_only() RETURNS trigger LANGUAGE plpgsql AS \
     $$ BEGIN RAISE EXCEPTION 'terms_acceptance is append-only'; END $$",
    "CREATE TRIGGER terms_acceptance_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON terms_acceptance \
     FOR EACH STATEMENT EXECUTE FUNCTION terms_acceptance_append_only()",
];

/// Whose draft it is, and which rows are such drafts.
fn drafts() -> [(&'static str, &'static str, SimpleExpr); 2] {
    let draft = || Expr::col("is_draft").eq(true);
    [
        ("uq_form_submission_draft", "partner_id", draft().and(Expr::col("integration_id").is_null())),
        ("uq_form_submission_integration_draft", "integration_id", draft()),
    ]
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut version = integer("version").default(1).take();
        manager.alter_table(Table::alter().table("form_submission").add_column(&mut version).to_owned()).await?;
        for (name, column, which) in drafts() {
            let mut index = Index::create();
            index.table("form_submission").name(name).unique().col(column).and_where(which);
            manager.create_index(index).await?;
        }
        manager
            .create_table(
                Table::create()
                    .table("terms_acceptance")
                    .col(pk_uuid("id"))
                    .col(uuid_null("partner_id"))
                    .col(uuid_null("submission_id"))
                    .col(uuid("form_id"))
                    .col(integer("form_version"))
                    .col(text("question"))
                    .col(text("url"))
                    .col(uuid_null("accepted_by_id"))
                    .col(text_null("accepted_from"))
                    .col(time("accepted_at"))
                    .foreign_key(&mut references("terms_acceptance", "partner_id", "partner"))
                    .foreign_key(&mut references("terms_acceptance", "submission_id", "form_submission"))
                    .foreign_key(&mut references("terms_acceptance", "form_id", "form"))
                    .foreign_key(&mut references("terms_acceptance", "accepted_by_id", "user"))
                    .to_owned(),
            )
            .await?;
        index(manager, "terms_acceptance", &["partner_id", "id"]).await?;
        index(manager, "terms_acceptance", &["submission_id", "id"]).await?;
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
        manager.drop_table(Table::drop().table("terms_acceptance").to_owned()).await?;
        if manager.get_database_backend() == DbBackend::Postgres {
            manager.get_connection().execute_unprepared("DROP FUNCTION terms_acceptance_append_only()").await?;
        }
        for (name, ..) in drafts() {
            manager.drop_index(Index::drop().table("form_submission").name(name).to_owned()).await?;
        }
        let version = Alias::new("version");
        manager.alter_table(Table::alter().table("form_submission").drop_column(version).to_owned()).await
    }
}
