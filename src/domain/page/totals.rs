//! How many rows lists have: all numbers that a document asks for in one statement.

use super::ChildOf;
use crate::{
    access::{Access, Scoped},
    db,
    fault::Fault,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, FromQueryResult, QueryFilter, QuerySelect, QueryTrait, Select, Value,
    sea_query::{Alias, Expr, ExprTrait, SelectStatement, UnionType},
};
use std::collections::HashMap;
use uuid::Uuid;

/// Some numbers to be counted: of one list, or of one list per parent.
#[derive(Clone, Debug)]
pub struct Count(SelectStatement);

impl Count {
    /// The rows of a list that selects nothing yet.
    pub fn list<E: Scoped>(rows: Select<E>) -> Self {
        let rows = rows.expr_as(Expr::val(Value::Uuid(None)).cast_as(Alias::new("uuid")), "parent");
        Self(rows.expr_as(E::id_column().count(), "rows").into_query())
    }

    /// The children of each parent.
    pub fn children<P: Scoped, E: ChildOf<P>>(access: &Access, parents: &[Uuid]) -> Result<Self, Fault> {
        Ok(Self::below::<P, E>(access, access.listed::<E>()?, parents))
    }

    /// Those of these rows that are below each parent; they select nothing yet.
    pub(super) fn below<P: Scoped, E: ChildOf<P>>(access: &Access, rows: Select<E>, parents: &[Uuid]) -> Self {
        let rows = rows.filter(db::any_of(access.conn(), E::PARENT, parents));
        let rows = rows.column_as(E::PARENT, "parent").expr_as(E::id_column().count(), "rows").group_by(E::PARENT);
        Self(rows.into_query())
    }
}

#[derive(FromQueryResult)]
struct Counted {
    place: i32,
    parent: Option<Uuid>,
    rows: i64,
}

/// Counts one list.
pub async fn count_one(access: &Access, count: Count) -> Result<u64, Fault> {
    Ok(self::count(access, vec![Some(count)]).await?.into_values().next().unwrap_or_default())
}

/// Counts everything at once. Keys are the place among `counts` and the parent; what is not there is 0. An empty place
/// is one that the actor may not count.
pub async fn count(access: &Access, counts: Vec<Option<Count>>) -> Result<HashMap<(usize, Option<Uuid>), u64>, Fault> {
    let places = counts.into_iter().enumerate().filter_map(|(place, count)| {
        let place = i32::try_from(place).unwrap_or(i32::MAX);
        Some(count?.0.expr_as(Expr::val(place), Alias::new("place")).to_owned())
    });
    let Some(statement) = places.reduce(|mut all, next| all.union(UnionType::All, next).to_owned()) else {
        return Ok(HashMap::new());
    };
    let statement = access.conn().get_database_backend().build(&statement);
    let rows = Counted::find_by_statement(statement).all(access.conn()).await?;
    let number = |row: Counted| {
        let place = usize::try_from(row.place).unwrap_or(usize::MAX);
        ((place, row.parent), row.rows.unsigned_abs())
    };
    Ok(rows.into_iter().map(number).collect())
}
