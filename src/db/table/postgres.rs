//! One row, or one for each parent, with an array for each column.

use super::{Cell, Table, unknown};
use chrono::{DateTime, Utc};
use sea_orm::{
    DbErr, QueryResult, RuntimeErr, Value,
    sea_query::ArrayType,
    sqlx::{self, Decode, Postgres, Row, Type, postgres::PgRow},
};
use uuid::Uuid;

/// What gathers the columns.
pub(super) fn gathered(columns: &[Cell]) -> String {
    let columns: Vec<String> = columns.iter().map(|column| format!("array_agg(child.\"{}\")", column.name)).collect();
    columns.join(", ")
}

/// Reads what was gathered, the parent first.
pub(super) fn table(rows: &[QueryResult], columns: &[Cell], by_parent: bool) -> Result<Table, DbErr> {
    let mut table = Table { parents: Vec::new(), columns: columns.iter().map(|_| Vec::new()).collect() };
    for row in rows.iter().filter_map(QueryResult::try_as_pg_row) {
        let first = usize::from(by_parent);
        for (place, (column, all)) in columns.iter().zip(&mut table.columns).enumerate() {
            append(row, first + place, &column.kind, all)?;
        }
        if by_parent {
            let parent: Uuid = row.try_get(0).map_err(broken)?;
            table.parents.resize(table.columns.first().map_or(0, Vec::len), parent);
        }
    }
    Ok(table)
}

fn append(row: &PgRow, place: usize, kind: &ArrayType, all: &mut Vec<Value>) -> Result<(), DbErr> {
    match kind {
        ArrayType::Uuid => cells::<Uuid>(row, place, all),
        ArrayType::String => cells::<String>(row, place, all),
        ArrayType::Bool => cells::<bool>(row, place, all),
        ArrayType::Int => cells::<i32>(row, place, all),
        ArrayType::ChronoDateTimeUtc => cells::<DateTime<Utc>>(row, place, all),
        ArrayType::Json => cells::<serde_json::Value>(row, place, all),
        other => Err(unknown(other)),
    }
}

/// No rows are no array.
fn cells<T>(row: &PgRow, place: usize, all: &mut Vec<Value>) -> Result<(), DbErr>
where
    Option<T>: Into<Value>,
    Vec<Option<T>>: for<'a> Decode<'a, Postgres> + Type<Postgres>,
{
    let cells = row.try_get::<Option<Vec<Option<T>>>, usize>(place).map_err(broken)?;
    all.extend(cells.into_iter().flatten().map(Into::into));
    Ok(())
}

fn broken(error: sqlx::Error) -> DbErr {
    DbErr::Query(RuntimeErr::SqlxError(error.into()))
}
