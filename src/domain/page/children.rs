//! Children of many parents at once, always in the order of ids, oldest first.

use super::{
    Asked, Page,
    keyset::{Key, Sorting, Unordered, decode},
    sparse::read,
};
use crate::{
    access::{Access, Scoped},
    db,
    fault::Fault,
};
use entity::{integration, partner, tenant, user};
use sea_orm::{
    ColumnTrait, ConnectionTrait, Order, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select,
    sea_query::{
        Alias, Expr, ExprTrait, Func, IntoColumnRef, JoinType, OrderedStatement, Query, SelectStatement,
        WindowStatement,
    },
};
use std::collections::HashMap;
use uuid::Uuid;

/// A table whose rows hang under rows of `P`.
pub trait ChildOf<P: Scoped>: Scoped {
    /// The column that names the parent.
    const PARENT: Self::Column;
}

macro_rules! child_of {
    ($($child:ident under $parent:ident by $column:ident;)+) => {$(
        impl ChildOf<$parent::Entity> for $child::Entity {
            const PARENT: Self::Column = $child::Column::$column;
        }
    )+};
}

child_of! {
    user under partner by PartnerId;
    integration under partner by PartnerId;
    tenant under partner by PartnerId;
    tenant under integration by IntegrationId;
}

/// The cursor of a row in a list of children, which is always in the order of ids, oldest first.
pub fn child_cursor<E: Scoped>(row: &E::ActiveModel) -> Result<String, Fault> {
    Sorting(Vec::<(Unordered, Order)>::new()).cursor_as::<E>(E::NAME, row)
}

/// Reads a cursor made by [`child_cursor`].
pub fn child_position<E: Scoped>(after: &str) -> Result<Uuid, Fault> {
    match decode(after, E::NAME, 1)?.as_slice() {
        [Key::Id(id)] => Ok(*id),
        _ => Err(Fault::Internal("a decoded child cursor holds one id".into())),
    }
}

/// The first children of every parent, in one statement whatever their number; of their columns those asked for.
pub async fn children<P: Scoped, E: ChildOf<P>, T: From<E::ActiveModel>>(
    access: &Access,
    parents: &[Uuid],
    first: u64,
    after: Option<Uuid>,
    asked: Asked,
) -> Result<HashMap<Uuid, Page<T>>, Fault> {
    let mut rows = access.list::<E>()?;
    if let Some(after) = after {
        rows = rows.filter(E::id_column().gt(after));
    }
    let columns = asked.columns::<E>();
    let statement = if db::is_postgres(access.conn()) {
        first_by_lateral::<P, E>(rows, &columns, parents, first + 1)
    } else {
        first_by_window::<P, E>(rows, &columns, parents, first + 1)
    };
    let statement = access.conn().get_database_backend().build(&statement);
    let mut found: HashMap<Uuid, Vec<T>> = parents.iter().map(|parent| (*parent, Vec::new())).collect();
    for row in access.conn().query_all_raw(statement).await? {
        if let Some(siblings) = found.get_mut(&row.try_get_by(0)?) {
            siblings.push(read::<E>(&row, 1, &columns)?.into());
        }
    }
    Ok(found.into_iter().map(|(parent, rows)| (parent, Page::cut(rows, first))).collect())
}

/// PostgreSQL: one index scan per parent that stops at the limit.
fn first_by_lateral<P: Scoped, E: ChildOf<P>>(
    rows: Select<E>,
    columns: &[E::Column],
    parents: &[Uuid],
    limit: u64,
) -> SelectStatement {
    let (parent, child) = (Alias::new("parent"), Alias::new("child"));
    let below = rows
        .select_only()
        .columns(columns.iter().copied())
        .filter(E::PARENT.into_expr().eq(Expr::col((parent.clone(), parent.clone()))))
        .order_by_asc(E::id_column())
        .limit(limit)
        .into_query();
    Query::select()
        .column((parent.clone(), parent.clone()))
        .columns(columns.iter().map(|column| (child.clone(), *column).into_column_ref()))
        .from_function(Func::cust("unnest").arg(parents.to_vec()), parent)
        .join_lateral(JoinType::InnerJoin, below, child, Expr::cust("TRUE"))
        .to_owned()
}

/// SQLite, which has no LATERAL: rows are numbered within their parent.
fn first_by_window<P: Scoped, E: ChildOf<P>>(
    rows: Select<E>,
    columns: &[E::Column],
    parents: &[Uuid],
    limit: u64,
) -> SelectStatement {
    let (parent, child, place) = (Alias::new("parent"), Alias::new("child"), Alias::new("place"));
    let mut numbered = rows
        .select_only()
        .column_as(E::PARENT, "parent")
        .columns(columns.iter().copied())
        .filter(E::PARENT.is_in(parents.iter().copied()))
        .into_query();
    let mut window = WindowStatement::partition_by(E::PARENT);
    OrderedStatement::order_by(&mut window, E::id_column(), Order::Asc);
    numbered.expr_window_as(Func::cust("ROW_NUMBER"), window, place.clone());
    Query::select()
        .column((child.clone(), parent))
        .columns(columns.iter().map(|column| (child.clone(), *column).into_column_ref()))
        .from_subquery(numbered, child.clone())
        .and_where(Expr::col((child.clone(), place.clone())).lte(limit))
        .order_by((child, place), Order::Asc)
        .to_owned()
}
