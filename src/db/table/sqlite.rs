//! One text of JSON with all rows, or one for each parent.

use super::{Cell, Table, Wanted, unknown};
use chrono::{DateTime, Utc};
use sea_orm::{
    DbBackend, DbErr, QueryResult, Statement, Value,
    sea_query::{ArrayType, SqliteQueryBuilder},
};
use serde_json::Value as Json;
use uuid::Uuid;

/// Reads these, one row for each parent.
pub(super) fn statement(wanted: &Wanted) -> Statement {
    let (rows, mut values) = wanted.select.build(SqliteQueryBuilder);
    let cells: Vec<String> = wanted.columns.iter().map(cell).collect();
    let mut sql =
        format!("SELECT json_group_array(json_array({})) FROM ({rows}{}) AS child", cells.join(", "), wanted.reach);
    if let Some(parents) = &wanted.parents {
        let place = values.0.len() + 1;
        let parents: Vec<String> = parents.iter().map(|id| id.simple().to_string()).collect();
        values.0.push(serde_json::json!(parents).to_string().into());
        sql = format!("SELECT ({sql}), parent.id FROM (SELECT unhex(value) AS id FROM json_each(?{place})) AS parent");
    }
    Statement { sql, values: Some(values), db_backend: DbBackend::Sqlite }
}

/// JSON has no bytes.
fn cell(column: &Cell) -> String {
    match column.kind {
        ArrayType::Uuid => format!("hex(child.\"{}\")", column.name),
        _ => format!("child.\"{}\"", column.name),
    }
}

/// Reads what was gathered, the parent last.
pub(super) fn table(rows: &[QueryResult], wanted: &Wanted) -> Result<Table, DbErr> {
    let columns = &wanted.columns;
    let mut table = Table::empty(wanted);
    for row in rows {
        let cells: Vec<Vec<Json>> = parsed(&row.try_get_by::<String, usize>(0)?)?;
        if wanted.parents.is_some() {
            let parent: Uuid = row.try_get_by(1)?;
            table.parents.extend(cells.iter().map(|_| parent));
        }
        for cells in cells {
            for ((cell, column), values) in cells.into_iter().zip(columns).zip(&mut table.columns) {
                values.push(value(cell, &column.kind)?);
            }
        }
    }
    Ok(table)
}

fn parsed<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, DbErr> {
    serde_json::from_str(text).map_err(|error| DbErr::Json(error.to_string()))
}

fn value(cell: Json, kind: &ArrayType) -> Result<Value, DbErr> {
    Ok(match (kind, cell) {
        // hex() of nothing is the empty text.
        (ArrayType::Uuid, Json::String(text)) => {
            let id = (!text.is_empty()).then(|| text.parse::<Uuid>()).transpose();
            id.map_err(|error| DbErr::Type(error.to_string()))?.into()
        }
        (ArrayType::String, Json::String(text)) => text.into(),
        (ArrayType::String, Json::Null) => None::<String>.into(),
        (ArrayType::Bool, Json::Number(number)) => number.as_i64().map(|number| number != 0).into(),
        (ArrayType::Bool, Json::Null) => None::<bool>.into(),
        (ArrayType::Int, Json::Number(number)) => number.as_i64().and_then(|number| i32::try_from(number).ok()).into(),
        (ArrayType::Int, Json::Null) => None::<i32>.into(),
        (ArrayType::ChronoDateTimeUtc, Json::String(text)) => {
            let at = DateTime::parse_from_rfc3339(&text).map_err(|error| DbErr::Type(error.to_string()))?;
            Some(at.with_timezone(&Utc)).into()
        }
        (ArrayType::ChronoDateTimeUtc, Json::Null) => None::<DateTime<Utc>>.into(),
        (ArrayType::Json, Json::String(text)) => parsed::<Json>(&text)?.into(),
        (ArrayType::Json, Json::Null) => None::<Json>.into(),
        (other, _) => return Err(unknown(other)),
    })
}
