//! The index of words of one table: trigrams on PostgreSQL, rows of FTS5 on SQLite.

use sea_orm_migration::{
    prelude::*,
    sea_orm::{ConnectionTrait, DbBackend},
};

/// What is searched of a table.
pub(crate) struct Searched {
    pub(crate) table: &'static str,
    pub(crate) columns: &'static [&'static str],
    /// Those of the columns that may be empty.
    pub(crate) nullable: &'static [&'static str],
}

impl Searched {
    /// Makes the index, of the rows that are there and of those to come.
    pub(crate) async fn add(&self, manager: &SchemaManager<'_>) -> Result<(), DbErr> {
        let (table, now) = (self.table, self.text(""));
        if manager.get_database_backend() == DbBackend::Postgres {
            let sql = format!("CREATE INDEX ix_{table}_search ON \"{table}\" USING gin (({now}) gin_trgm_ops)");
            manager.get_connection().execute_unprepared(&sql).await?;
            return Ok(());
        }
        let text = self.text("new.");
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
            self.columns.join(", ")
        );
        manager.get_connection().execute_unprepared(&sql).await?;
        Ok(())
    }

    /// The way back from [`Searched::add`]; the rows go.
    pub(crate) async fn remove(&self, manager: &SchemaManager<'_>) -> Result<(), DbErr> {
        let (table, conn) = (self.table, manager.get_connection());
        if manager.get_database_backend() == DbBackend::Postgres {
            conn.execute_unprepared(&format!("DROP INDEX ix_{table}_search")).await?;
            return Ok(());
        }
        for what in ["added", "changed", "removed"] {
            conn.execute_unprepared(&format!("DROP TRIGGER {table}_search_{what}")).await?;
        }
        conn.execute_unprepared(&format!("DELETE FROM search WHERE id IN (SELECT id FROM \"{table}\")")).await?;
        Ok(())
    }

    /// The searched columns with a space between them.
    fn text(&self, prefix: &str) -> String {
        let column = |column: &&str| match self.nullable.contains(column) {
            true => format!("coalesce({prefix}{column}, '')"),
            false => format!("{prefix}{column}"),
        };
        self.columns.iter().map(column).collect::<Vec<_>>().join(" || ' ' || ")
    }
}
