//! One text of JSON with all rows, or one for each parent.

use super::{Cell, Table, unknown};
use chrono::{DateTime, Utc};
use sea_orm::{DbErr, QueryResult, Value, sea_query::ArrayType};
use serde_json::Value as Json;
use uuid::Uuid;

/// What gathers the columns.
pub(super) fn gathered(columns: &[Cell]) -> String {
    let cell = |column: &Cell| match column.kind {
        // JSON has no bytes.
        ArrayType::Uuid => format!("hex(child.\"{}\")", column.name),
        _ => format!("child.\"{}\"", column.name),
    };
    let cells: Vec<String> = columns.iter().map(cell).collect();
    format!("json_group_array(json_array({}))", cells.join(", "))
}

/// Reads what was gathered, the parent last.
pub(super) fn table(rows: &[QueryResult], columns: &[Cell], by_parent: bool) -> Result<Table, DbErr> {
    let mut table = Table { parents: Vec::new(), columns: columns.iter().map(|_| Vec::new()).collect() };
    for row in rows {
        let cells: Vec<Vec<Json>> = parsed(&row.try_get_by::<String, usize>(0)?)?;
        if by_parent {
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
