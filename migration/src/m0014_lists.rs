//! What lists are ordered by and searched through.

use crate::column::*;
use sea_orm_migration::{
    prelude::*,
    sea_orm::{ConnectionTrait, DbBackend},
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// Orders of lists that have no index yet; the id breaks ties.
const ORDERS: [(&str, &[&str]); 9] = [
    ("partner", &["updated_at", "id"]),
    ("user", &["created_at", "id"]),
    ("user", &["name", "id"]),
    ("user", &["email", "id"]),
    ("integration", &["created_at", "id"]),
    ("integration", &["updated_at", "id"]),
    ("integration", &["name", "id"]),
    ("tenant", &["created_at", "id"]),
    ("tenant", &["updated_at", "id"]),
];

/// A table, the columns that are searched, and those of them that may be empty.
const SEARCHED: [(&str, &[&str], &[&str]); 3] = [
    ("partner", &["name", "external_id", "website"], &["external_id", "website"]),
    ("user", &["name", "email"], &[]),
    ("integration", &["name", "slug", "external_key"], &["external_key"]),
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (table, columns) in ORDERS {
            index(manager, table, columns).await?;
        }
        let conn = manager.get_connection();
        if manager.get_database_backend() == DbBackend::Postgres {
            // Part of PostgreSQL's own distribution; the owner of a database may switch it on.
            conn.execute_unprepared("CREATE EXTENSION IF NOT EXISTS pg_trgm").await?;
            for (table, columns, nullable) in SEARCHED {
                let text = text_of("", columns, nullable);
                let sql = format!("CREATE INDEX ix_{table}_search ON \"{table}\" USING gin (({text}) gin_trgm_ops)");
                conn.execute_unprepared(&sql).await?;
            }
            return Ok(());
        }
        // Rows have no stable numbers of their own, which FTS5 knows them by.
        conn.execute_unprepared(
            "CREATE TABLE search (key INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, text TEXT NOT NULL);
             CREATE VIRTUAL TABLE search_text USING fts5(text, content='search', content_rowid='key', tokenize='trigram');
             CREATE TRIGGER search_added AFTER INSERT ON search BEGIN
               INSERT INTO search_text (rowid, text) VALUES (new.key, new.text);
             END;
             CREATE TRIGGER search_removed AFTER DELETE ON search BEGIN
               INSERT INTO search_text (search_text, rowid, text) VALUES ('delete', old.key, old.text);
             END;
             CREATE TRIGGER search_changed AFTER UPDATE OF text ON search BEGIN
               INSERT INTO search_text (search_text, rowid, text) VALUES ('delete', old.key, old.text);
               INSERT INTO search_text (rowid, text) VALUES (new.key, new.text);
             END;",
        )
        .await?;
        for (table, columns, nullable) in SEARCHED {
            let (now, text) = (text_of("", columns, nullable), text_of("new.", columns, nullable));
            let sql = format!(
                "INSERT INTO search (id, text) SELECT id, {now} FROM \"{table}\";
                 CREATE TRIGGER {table}_search_added AFTER INSERT ON \"{table}\" BEGIN
                   INSERT INTO search (id, text) VALUES (new.id, {text});
                 END;
                 CREATE TRIGGER {table}_search_changed AFTER UPDATE OF {} ON \"{table}\" BEGIN
                   UPDATE search SET text = {text} WHERE id = new.id;
                 END;
                 CREATE TRIGGER {table}_search_removed AFTER DELETE ON \"{table}\" BEGIN
                   DELETE FROM search WHERE id = old.id;
                 END;",
                columns.join(", ")
            );
            conn.execute_unprepared(&sql).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let conn = manager.get_connection();
        for (table, _, _) in SEARCHED {
            if manager.get_database_backend() == DbBackend::Postgres {
                conn.execute_unprepared(&format!("DROP INDEX ix_{table}_search")).await?;
                continue;
            }
            for what in ["added", "changed", "removed"] {
                conn.execute_unprepared(&format!("DROP TRIGGER {table}_search_{what}")).await?;
            }
        }
        if manager.get_database_backend() == DbBackend::Sqlite {
            conn.execute_unprepared("DROP TABLE search_text; DROP TABLE search").await?;
        }
        for (table, columns) in ORDERS {
            drop_index(manager, table, columns).await?;
        }
        Ok(())
    }
}

/// The searched columns with a space between them.
fn text_of(prefix: &str, columns: &[&str], nullable: &[&str]) -> String {
    let column = |column: &&str| {
        if nullable.contains(column) { format!("coalesce({prefix}{column}, '')") } else { format!("{prefix}{column}") }
    };
    columns.iter().map(column).collect::<Vec<_>>().join(" || ' ' || ")
}
