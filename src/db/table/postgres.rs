//! One row, or one for each parent, with an array for each column.

use super::{Table, Wanted, unknown};
use chrono::{DateTime, Utc};
use sea_orm::{
    DbBackend, DbErr, QueryResult, RuntimeErr, Statement, Value,
    sea_query::{ArrayType, PostgresQueryBuilder, SqlWriter, SqlWriterValues},
    sqlx::{self, Decode, Postgres, Row, Type, postgres::PgRow},
};
use std::{
    fmt::{self, Write},
    sync::Arc,
};
use uuid::Uuid;

/// Reads one of these, or several of one row each, whose columns come one after the other.
pub(super) fn statement(wanted: &[Arc<Wanted>]) -> Result<Statement, DbErr> {
    let mut sql = SqlWriterValues::new("$", true);
    write_all(&mut sql, wanted).map_err(|_| DbErr::Custom("a statement could not be written".into()))?;
    let (sql, values) = sql.into_parts();
    Ok(Statement { sql, values: Some(values), db_backend: DbBackend::Postgres })
}

fn write_all(sql: &mut SqlWriterValues, wanted: &[Arc<Wanted>]) -> fmt::Result {
    if let [wanted] = wanted {
        return write_one(sql, wanted);
    }
    sql.write_str("SELECT * FROM ")?;
    for (place, wanted) in wanted.iter().enumerate() {
        sql.write_str(if place == 0 { "(" } else { ", (" })?;
        write_one(sql, wanted)?;
        write!(sql, ") AS part{place}")?;
    }
    Ok(())
}

fn write_one(sql: &mut SqlWriterValues, wanted: &Wanted) -> fmt::Result {
    match wanted.parents.as_deref() {
        None => write_gathered(sql, wanted),
        // Which it is stands in the question.
        Some([parent]) => {
            sql.write_str("SELECT below.* FROM (SELECT ")?;
            sql.push_param((*parent).into(), &PostgresQueryBuilder);
            sql.write_str(" AS id) AS parent CROSS JOIN LATERAL (")?;
            write_gathered(sql, wanted)?;
            sql.write_str(") AS below")
        }
        // One scan of an index for each parent, which stops at the limit.
        Some(parents) if wanted.is_one_row() => {
            sql.write_str("SELECT array_agg(child.parent)")?;
            wanted.columns.iter().try_for_each(|column| write!(sql, ", array_agg(child.\"{}\")", column.name))?;
            sql.write_str(" FROM (SELECT parent.id AS parent, below.* FROM ")?;
            write_parents(sql, parents)?;
            wanted.select.build_collect_into(PostgresQueryBuilder, sql);
            write!(sql, "{}) AS below) AS child", wanted.reach)
        }
        Some(parents) => {
            sql.write_str("SELECT parent.id, below.* FROM ")?;
            write_parents(sql, parents)?;
            write_gathered(sql, wanted)?;
            sql.write_str(") AS below")
        }
    }
}

fn write_parents(sql: &mut SqlWriterValues, parents: &[Uuid]) -> fmt::Result {
    sql.write_str("unnest(")?;
    sql.push_param(parents.to_vec().into(), &PostgresQueryBuilder);
    sql.write_str(") AS parent(id) CROSS JOIN LATERAL (")
}

fn write_gathered(sql: &mut SqlWriterValues, wanted: &Wanted) -> fmt::Result {
    sql.write_str("SELECT ")?;
    for (place, column) in wanted.columns.iter().enumerate() {
        let comma = if place == 0 { "" } else { ", " };
        write!(sql, "{comma}array_agg(child.\"{}\")", column.name)?;
    }
    sql.write_str(" FROM (")?;
    wanted.select.build_collect_into(PostgresQueryBuilder, sql);
    write!(sql, "{}) AS child", wanted.reach)
}

/// Reads what was gathered.
pub(super) fn tables(rows: &[QueryResult], wanted: &[Arc<Wanted>]) -> Result<Vec<Table>, DbErr> {
    let mut tables: Vec<Table> = wanted.iter().map(|wanted| Table::empty(wanted)).collect();
    for row in rows.iter().filter_map(QueryResult::try_as_pg_row) {
        let mut place = 0;
        for (wanted, table) in wanted.iter().zip(&mut tables) {
            let named = place;
            place += usize::from(wanted.parents.as_ref().is_some_and(|parents| parents.len() > 1));
            for (column, all) in wanted.columns.iter().zip(&mut table.columns) {
                append(row, place, &column.kind, all)?;
                place += 1;
            }
            let count = table.columns.first().map_or(0, Vec::len);
            match wanted.parents.as_deref() {
                None => {}
                Some([parent]) => table.parents.resize(count, *parent),
                Some(_) if wanted.is_one_row() => {
                    let parents: Option<Vec<Uuid>> = row.try_get(named).map_err(broken)?;
                    table.parents = parents.unwrap_or_default();
                }
                Some(_) => table.parents.resize(count, row.try_get(named).map_err(broken)?),
            }
        }
    }
    Ok(tables)
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
