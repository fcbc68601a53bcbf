//! One row with an array for each column.

use super::{Cell, Table, unknown};
use chrono::{DateTime, Utc};
use sea_orm::{
    DbErr, QueryResult, RuntimeErr, Value,
    sea_query::ArrayType,
    sqlx::{Decode, Postgres, Row, Type, postgres::PgRow},
};
use uuid::Uuid;

/// What gathers the columns.
pub(super) fn gathered(columns: &[Cell]) -> String {
    let columns: Vec<String> = columns.iter().map(|column| format!("array_agg(child.\"{}\")", column.name)).collect();
    columns.join(", ")
}

/// Reads what was gathered, the parents first.
pub(super) fn table(rows: &[QueryResult], columns: &[Cell], by_parent: bool) -> Result<Table, DbErr> {
    let Some(row) = rows.first().and_then(QueryResult::try_as_pg_row) else {
        return Err(DbErr::Type("an aggregate without a row".into()));
    };
    let parents = if by_parent { array::<Uuid>(row, 0)? } else { Vec::new() };
    let first = usize::from(by_parent);
    let columns = columns.iter().enumerate().map(|(place, column)| values(row, first + place, &column.kind));
    Ok(Table { parents, columns: columns.collect::<Result<_, _>>()? })
}

fn values(row: &PgRow, place: usize, kind: &ArrayType) -> Result<Vec<Value>, DbErr> {
    match kind {
        ArrayType::Uuid => cells::<Uuid>(row, place),
        ArrayType::String => cells::<String>(row, place),
        ArrayType::Bool => cells::<bool>(row, place),
        ArrayType::Int => cells::<i32>(row, place),
        ArrayType::ChronoDateTimeUtc => cells::<DateTime<Utc>>(row, place),
        ArrayType::Json => cells::<serde_json::Value>(row, place),
        other => Err(unknown(other)),
    }
}

fn cells<T>(row: &PgRow, place: usize) -> Result<Vec<Value>, DbErr>
where
    Option<T>: Into<Value>,
    Vec<Option<T>>: for<'a> Decode<'a, Postgres> + Type<Postgres>,
{
    Ok(array::<Option<T>>(row, place)?.into_iter().map(Into::into).collect())
}

/// No rows are no array.
fn array<T>(row: &PgRow, place: usize) -> Result<Vec<T>, DbErr>
where
    Vec<T>: for<'a> Decode<'a, Postgres> + Type<Postgres>,
{
    let array = row.try_get::<Option<Vec<T>>, usize>(place);
    Ok(array.map_err(|error| DbErr::Query(RuntimeErr::SqlxError(error.into())))?.unwrap_or_default())
}
