//! An index for each order that a list can have, also by times that may be missing; words of tenants; labels.

use crate::{column::*, search::Searched};
use sea_orm_migration::{
    prelude::*,
    sea_orm::{ConnectionTrait, DbBackend},
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// Orders of lists that have no index yet; the id breaks ties.
const ORDERS: [(&str, &[&str]); 8] = [
    ("partner", &["status", "id"]),
    ("integration", &["status", "id"]),
    ("tenant", &["name", "id"]),
    ("invitation", &["created_at", "id"]),
    ("invitation", &["expires_at", "id"]),
    ("invitation", &["email", "id"]),
    ("activity", &["at", "id"]),
    ("activity", &["partner_id", "at", "id"]),
];

/// Times that may be missing: a missing one is earlier than all others.
const TIMES: [(&str, &str); 7] = [
    ("partner", "approved_at"),
    ("partner", "suspended_at"),
    ("partner", "archived_at"),
    ("user", "last_login_at"),
    ("integration", "submitted_at"),
    ("integration", "published_at"),
    ("tenant", "archived_at"),
];

const TENANTS: Searched =
    Searched { table: "tenant", columns: &["name", "customer_reference"], nullable: &["customer_reference"] };

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (table, columns) in ORDERS {
            index(manager, table, columns).await?;
        }
        let conn = manager.get_connection();
        let postgres = manager.get_database_backend() == DbBackend::Postgres;
        // As `domain::page` says it.
        let earliest = if postgres { "'-infinity'::timestamptz" } else { "''" };
        for (table, column) in TIMES {
            let name = format!("ix_{table}_{column}_id");
            let sql = format!("CREATE INDEX {name} ON \"{table}\" (COALESCE(\"{column}\", {earliest}), \"id\")");
            conn.execute_unprepared(&sql).await?;
        }
        if postgres {
            let sql = "CREATE INDEX ix_partner_labels ON partner USING gin (labels jsonb_path_ops)";
            conn.execute_unprepared(sql).await?;
        }
        TENANTS.add(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        TENANTS.remove(manager).await?;
        if manager.get_database_backend() == DbBackend::Postgres {
            manager.get_connection().execute_unprepared("DROP INDEX ix_partner_labels").await?;
        }
        for (table, column) in TIMES {
            drop_index(manager, table, &[column, "id"]).await?;
        }
        for (table, columns) in ORDERS {
            drop_index(manager, table, columns).await?;
        }
        Ok(())
    }
}
