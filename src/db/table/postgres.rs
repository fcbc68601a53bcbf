//! One row, or one for each parent, with an array for each column.

mod array;

use super::{Table, Wanted, unknown};
use chrono::{DateTime, Utc};
use sea_orm::{
    DbBackend, DbErr, QueryResult, RuntimeErr, Statement, Value,
    sea_query::{ArrayType, PostgresQueryBuilder, SqlWriter, SqlWriterValues},
    sqlx::{self, Row, error::BoxDynError, postgres::PgRow},
};
use std::{
    fmt::{self, Write},
    sync::Arc,
};
use uuid::Uuid;

/// Reads all of these, whose columns come one after the other; behind the parent's id where each parent has a row.
pub(super) fn statement(wanted: &[Arc<Wanted>]) -> Result<Statement, DbErr> {
    let mut sql = SqlWriterValues::new("$", true);
    write_all(&mut sql, wanted).map_err(|_| DbErr::Custom("a statement could not be written".into()))?;
    let (sql, values) = sql.into_parts();
    Ok(Statement { sql, values: Some(values), db_backend: DbBackend::Postgres })
}

fn write_all(sql: &mut SqlWriterValues, wanted: &[Arc<Wanted>]) -> fmt::Result {
    if let Some(parents) = of_many(wanted) {
        return write_for_each(sql, parents, wanted);
    }
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

/// The parents of whom each has a row; they are the same for all who are read together.
fn of_many(wanted: &[Arc<Wanted>]) -> Option<&[Uuid]> {
    wanted.first().filter(|wanted| !wanted.is_one_row())?.parents.as_deref()
}

/// One scan of an index for each parent, which stops at the limit.
fn write_for_each(sql: &mut SqlWriterValues, parents: &[Uuid], wanted: &[Arc<Wanted>]) -> fmt::Result {
    sql.write_str("SELECT * FROM ")?;
    write_parents(sql, parents)?;
    for (place, wanted) in wanted.iter().enumerate() {
        sql.write_str(" CROSS JOIN LATERAL (")?;
        write_gathered(sql, wanted)?;
        write!(sql, ") AS part{place}")?;
    }
    Ok(())
}

/// What is one row.
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
        Some(parents) => {
            sql.write_str("SELECT array_agg(child.parent)")?;
            wanted.columns.iter().try_for_each(|column| write!(sql, ", array_agg(child.\"{}\")", column.name))?;
            sql.write_str(" FROM (SELECT parent.id AS parent, below.* FROM ")?;
            write_parents(sql, parents)?;
            sql.write_str(" CROSS JOIN LATERAL (")?;
            wanted.select.build_collect_into(PostgresQueryBuilder, sql);
            write!(sql, "{}) AS below) AS child", wanted.reach)
        }
    }
}

fn write_parents(sql: &mut SqlWriterValues, parents: &[Uuid]) -> fmt::Result {
    sql.write_str("unnest(")?;
    sql.push_param(parents.to_vec().into(), &PostgresQueryBuilder);
    sql.write_str(") AS parent(id)")
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
    let of_many = of_many(wanted).is_some();
    for row in rows.iter().filter_map(QueryResult::try_as_pg_row) {
        let mut place = usize::from(of_many);
        for (wanted, table) in wanted.iter().zip(&mut tables) {
            let parents = wanted.parents.as_deref().unwrap_or_default();
            let named = if of_many { 0 } else { place };
            place += usize::from(!of_many && parents.len() > 1);
            for (column, all) in wanted.columns.iter().zip(&mut table.columns) {
                append(row, place, &column.kind, all)?;
                place += 1;
            }
            let count = table.columns.first().map_or(0, Vec::len);
            match parents {
                [] => {}
                [parent] => table.parents.resize(count, *parent),
                _ if of_many => table.parents.resize(count, row.try_get(named).map_err(broken)?),
                _ => {
                    let parents: Option<Vec<Uuid>> = row.try_get(named).map_err(broken)?;
                    table.parents = parents.unwrap_or_default();
                }
            }
        }
    }
    Ok(tables)
}

fn append(row: &PgRow, place: usize, kind: &ArrayType, all: &mut Vec<Value>) -> Result<(), DbErr> {
    match kind {
        ArrayType::Uuid => array::append(row, place, all, |cell| Ok(Uuid::from_slice(cell)?)),
        ArrayType::String => array::append(row, place, all, |cell| Ok(str::from_utf8(cell)?.to_owned())),
        ArrayType::Bool => array::append(row, place, all, |cell| Ok(cell == [1])),
        ArrayType::Int => array::append(row, place, all, |cell| Ok(i32::from_be_bytes(cell.try_into()?))),
        ArrayType::ChronoDateTimeUtc => array::append(row, place, all, moment),
        ArrayType::Json => documents(row, place, all),
        other => Err(unknown(other)),
    }
}

/// A moment, as PostgreSQL sends it: microseconds from the beginning of the year 2000.
fn moment(cell: &[u8]) -> Result<DateTime<Utc>, BoxDynError> {
    const YEAR_2000: i64 = 946_684_800_000_000;
    let moment = i64::from_be_bytes(cell.try_into()?).checked_add(YEAR_2000).and_then(DateTime::from_timestamp_micros);
    moment.ok_or_else(|| "a moment that no calendar has".into())
}

/// Answers hold few of them, and the driver knows their forms. No rows are no array.
fn documents(row: &PgRow, place: usize, all: &mut Vec<Value>) -> Result<(), DbErr> {
    let cells = row.try_get::<Option<Vec<Option<serde_json::Value>>>, usize>(place).map_err(broken)?;
    all.extend(cells.unwrap_or_default().into_iter().map(Into::into));
    Ok(())
}

fn broken(error: sqlx::Error) -> DbErr {
    DbErr::Query(RuntimeErr::SqlxError(error.into()))
}
