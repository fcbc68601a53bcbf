//! Conditions on the columns of a list, joined by and, or and not.

use super::search::Search;
use crate::{
    access::{Access, Scoped},
    db::is_postgres,
};
use sea_orm::{
    ColumnTrait, Condition, Value,
    sea_query::{Expr, ExprTrait, Func, IntoCondition, LikeExpr, extension::postgres::PgExpr},
};

/// Which rows of a list.
#[derive(Clone, Debug)]
pub enum Filter<C> {
    /// Those that all of these say; all rows if there are none.
    All(Vec<Self>),
    /// Those that one of these says; no rows if there are none.
    Any(Vec<Self>),
    /// The others.
    Not(Box<Self>),
    /// Those whose column passes.
    Is(C, Test),
    /// Those in which these words occur.
    Has(Search),
}

/// What a column is compared with.
#[derive(Clone, Debug)]
pub enum Test {
    /// One of these.
    Among(Vec<Value>),
    /// None of these.
    NotAmong(Vec<Value>),
    /// Has no value, or has one.
    Empty(bool),
    /// A list of texts, with this one among them.
    Holds(String),
    /// Has this in it, whatever the case.
    Contains(String),
    /// Begins with this, whatever the case.
    StartsWith(String),
    /// Smaller or earlier.
    Less(Value),
    /// Not greater, not later.
    AtMost(Value),
    /// Greater or later.
    Greater(Value),
    /// Not smaller, not earlier.
    AtLeast(Value),
}

impl<C: ColumnTrait> Filter<C> {
    /// The condition, as this engine says it, on what the actor may know.
    pub(super) fn condition<E: Scoped<Column = C>>(self, access: &Access) -> Condition {
        match self {
            Self::All(parts) => {
                parts.into_iter().fold(Condition::all(), |all, part| all.add(part.condition::<E>(access)))
            }
            Self::Any(parts) if parts.is_empty() => Expr::cust("1 = 0").into_condition(),
            Self::Any(parts) => {
                parts.into_iter().fold(Condition::any(), |any, part| any.add(part.condition::<E>(access)))
            }
            // What is not known to be so is not so: an empty column differs from every text.
            Self::Not(part) => {
                let known = Func::coalesce([part.condition::<E>(access).into(), Expr::val(false)]);
                Expr::expr(known).not().into_condition()
            }
            Self::Is(column, test) => test.on(column.into_expr(), is_postgres(access.conn())).into_condition(),
            Self::Has(search) => search.condition::<E>(access),
        }
    }
}

impl Test {
    fn on(self, column: Expr, postgres: bool) -> Expr {
        match self {
            Self::Among(values) => column.is_in(values),
            Self::NotAmong(values) => column.is_not_in(values),
            Self::Empty(true) => column.is_null(),
            Self::Empty(false) => column.is_not_null(),
            Self::Holds(text) => holds(column, text, postgres),
            Self::Contains(part) => alike(column, &format!("%{}%", literal(&part)), postgres),
            Self::StartsWith(part) => alike(column, &format!("{}%", literal(&part)), postgres),
            Self::Less(value) => column.lt(value),
            Self::AtMost(value) => column.lte(value),
            Self::Greater(value) => column.gt(value),
            Self::AtLeast(value) => column.gte(value),
        }
    }
}

/// PostgreSQL has an index of all texts in all lists; SQLite looks into each list.
fn holds(column: Expr, text: String, postgres: bool) -> Expr {
    if postgres {
        return column.contains(Expr::val(serde_json::json!([text])));
    }
    Expr::cust_with_exprs("EXISTS (SELECT 1 FROM json_each(?) WHERE value = ?)", [column, Expr::val(text)])
}

/// SQLite's LIKE takes no notice of the case of A to Z, PostgreSQL's ILIKE of any.
pub(super) fn alike(text: Expr, pattern: &str, postgres: bool) -> Expr {
    // PostgreSQL's escape is the backslash anyway.
    if postgres { text.ilike(pattern) } else { text.like(LikeExpr::new(pattern).escape('\\')) }
}

/// The text as a part of a pattern that stands for itself.
pub(super) fn literal(text: &str) -> String {
    text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_")
}
