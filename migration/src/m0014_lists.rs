//! What lists are ordered by and searched through.

use crate::{column::*, search::Searched};
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

/// What is searched.
const SEARCHED: [Searched; 3] = [
    Searched { table: "partner", columns: &["name", "external_id", "website"], nullable: &["external_id", "website"] },
    Searched { table: "user", columns: &["name", "email"], nullable: &[] },
    Searched { table: "integration", columns: &["name", "slug", "external_key"], nullable: &["external_key"] },
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
        } else {
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
        }
        for searched in SEARCHED {
            searched.add(manager).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let conn = manager.get_connection();
        for searched in SEARCHED {
            searched.remove(manager).await?;
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
