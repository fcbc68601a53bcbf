//! Rows read as columns.
//!
//! A driver takes an allocation and some hundred instructions for each row and each cell. Here the database gathers the
//! cells of all rows into one value for each column (PostgreSQL: arrays) or for all of them (SQLite: JSON).

mod postgres;
mod sqlite;

use super::is_postgres;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, ModelTrait, Statement, Value, Values,
    sea_query::{ArrayType, PostgresQueryBuilder, SelectStatement, SqliteQueryBuilder},
};
use uuid::Uuid;

/// A column that a statement selects: its name and its kind.
#[derive(Clone, Debug)]
pub struct Cell {
    name: &'static str,
    kind: ArrayType,
}

impl Cell {
    /// A column of a table.
    pub fn of<M: ModelTrait<Entity: sea_orm::EntityTrait<Column = C>>, C: ColumnTrait>(column: C) -> Self {
        Self { name: column.as_str(), kind: M::get_value_type(column) }
    }
}

/// Rows, column by column.
#[derive(Debug, Default)]
pub struct Table {
    /// Below which parent each row stands; empty if nobody asked.
    pub parents: Vec<Uuid>,
    /// In each column as many values as there are rows.
    pub columns: Vec<Vec<Value>>,
}

/// Reads rows of a statement that selects these columns and has no limit of its own.
pub async fn read(
    conn: &impl ConnectionTrait,
    select: &SelectStatement,
    columns: &[Cell],
    limit: Option<u64>,
) -> Result<Table, DbErr> {
    let (rows, values) = build(conn, select, limit);
    if is_postgres(conn) {
        let sql = format!("SELECT {} FROM ({rows}) AS child", postgres::gathered(columns));
        postgres::table(&run(conn, sql, values).await?, columns, false)
    } else {
        let sql = format!("SELECT {} FROM ({rows}) AS child", sqlite::gathered(columns));
        sqlite::table(&run(conn, sql, values).await?, columns, false)
    }
}

/// Reads the first rows below each parent, all of one parent together. The statement knows its parent's id as
/// `parent.id`.
pub async fn read_below(
    conn: &impl ConnectionTrait,
    select: &SelectStatement,
    columns: &[Cell],
    parents: &[Uuid],
    limit: u64,
) -> Result<Table, DbErr> {
    let (rows, mut values) = build(conn, select, Some(limit));
    let place = values.0.len() + 1;
    // One scan of an index for each parent, which stops at the limit.
    if is_postgres(conn) {
        values.0.push(parents.to_vec().into());
        let sql = format!(
            "SELECT parent.id, below.* FROM unnest(${place}) AS parent(id) CROSS JOIN LATERAL (SELECT {} FROM ({rows}) \
             AS child) AS below",
            postgres::gathered(columns)
        );
        postgres::table(&run(conn, sql, values).await?, columns, true)
    } else {
        let ids: Vec<String> = parents.iter().map(|id| id.simple().to_string()).collect();
        values.0.push(serde_json::json!(ids).to_string().into());
        let sql = format!(
            "SELECT (SELECT {} FROM ({rows}) AS child), parent.id FROM (SELECT unhex(value) AS id FROM \
             json_each(?{place})) AS parent",
            sqlite::gathered(columns)
        );
        sqlite::table(&run(conn, sql, values).await?, columns, true)
    }
}

/// The limit stands in the text: PostgreSQL plans a statement anew each time if it has to guess how many rows are meant.
fn build(conn: &impl ConnectionTrait, select: &SelectStatement, limit: Option<u64>) -> (String, Values) {
    let (mut sql, values) =
        if is_postgres(conn) { select.build(PostgresQueryBuilder) } else { select.build(SqliteQueryBuilder) };
    if let Some(limit) = limit {
        sql.push_str(&format!(" LIMIT {limit}"));
    }
    (sql, values)
}

async fn run(conn: &impl ConnectionTrait, sql: String, values: Values) -> Result<Vec<sea_orm::QueryResult>, DbErr> {
    let statement = Statement { sql, values: Some(values), db_backend: conn.get_database_backend() };
    conn.query_all_raw(statement).await
}

fn unknown(kind: &ArrayType) -> DbErr {
    DbErr::Type(format!("lists do not read columns of the kind {kind:?}"))
}
