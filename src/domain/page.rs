//! Pages of lists: keyset cursors bound to their order, and the first rows per parent in one statement.

use crate::{
    access::{Access, Scoped},
    db,
    fault::Fault,
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, Utc};
use entity::{integration, partner, tenant, user};
pub use sea_orm::Order;
use sea_orm::{
    ColumnTrait, Condition, FromQueryResult, Iterable, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait, Select,
    sea_query::{
        Alias, Expr, ExprTrait, Func, IntoColumnRef, JoinType, OrderedStatement, Query, SelectStatement,
        WindowStatement,
    },
};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use uuid::Uuid;

/// Some rows of a list.
#[derive(Clone, Debug)]
pub struct Page<M> {
    /// The rows, in order.
    pub rows: Vec<M>,
    /// Whether more rows follow.
    pub has_next: bool,
}

impl<M> Page<M> {
    /// No rows.
    pub fn empty() -> Self {
        Self { rows: Vec::new(), has_next: false }
    }

    /// Cuts off the row that was read only to learn whether it exists.
    fn cut(mut rows: Vec<M>, first: u64) -> Self {
        let first = usize::try_from(first).unwrap_or(usize::MAX);
        let has_next = rows.len() > first;
        rows.truncate(first);
        Self { rows, has_next }
    }
}

/// A column that a list can be ordered by.
pub trait Ordering<E: Scoped>: Copy + Send + Sync {
    /// The column.
    fn column(self) -> E::Column;
    /// Its name inside cursors.
    fn name(self) -> &'static str;
    /// Its value in a row.
    fn key(self, row: &E::Model) -> Key;
}

/// One value of a cursor.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Key {
    /// A text.
    Text(String),
    /// A time.
    Time(DateTime<Utc>),
    /// An id: the tie-break, always last.
    Id(Uuid),
}

impl From<Key> for Expr {
    fn from(key: Key) -> Self {
        match key {
            Key::Text(text) => Expr::val(text),
            Key::Time(at) => Expr::val(at),
            Key::Id(id) => Expr::val(id),
        }
    }
}

/// A list's order; the id breaks ties in the direction of the last column.
#[derive(Clone, Debug)]
pub struct Sorting<O>(pub Vec<(O, Order)>);

#[derive(Serialize, Deserialize)]
struct Cursor {
    /// The order that the cursor was made in, and the only one in which it means anything.
    o: String,
    k: Vec<Key>,
}

impl<O> Sorting<O> {
    fn last_direction(&self) -> Order {
        self.0.last().map_or(Order::Asc, |(_, direction)| direction.clone())
    }

    /// Describes the order, to bind cursors to it.
    fn signature<E: Scoped>(&self) -> String
    where
        O: Ordering<E>,
    {
        let sign = |direction: &Order| if *direction == Order::Desc { '-' } else { '+' };
        self.0.iter().map(|(column, direction)| format!("{}{}", sign(direction), column.name())).collect()
    }

    /// The opaque cursor of a row.
    pub fn cursor<E: Scoped>(&self, row: &E::Model) -> String
    where
        O: Ordering<E>,
    {
        let keys = self.0.iter().map(|(column, _)| column.key(row));
        let k = keys.chain([Key::Id(E::id_of(row).into())]).collect();
        encode(&Cursor { o: self.signature::<E>(), k })
    }

    fn columns<E: Scoped>(&self) -> Vec<(Expr, Order)>
    where
        O: Ordering<E>,
    {
        let mut columns: Vec<_> =
            self.0.iter().map(|(column, direction)| (column.column().into_expr(), direction.clone())).collect();
        columns.push((E::id_column().into_expr(), self.last_direction()));
        columns
    }
}

fn encode(cursor: &Cursor) -> String {
    URL_SAFE_NO_PAD.encode(serde_json::to_vec(cursor).unwrap_or_default())
}

fn decode(text: &str, signature: &str, keys: usize) -> Result<Vec<Key>, Fault> {
    let broken = || Fault::BadUserInput("This cursor is not one of this list. Start without `after`.".into());
    let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| broken())?;
    let cursor: Cursor = serde_json::from_slice(&bytes).map_err(|_| broken())?;
    if cursor.o != signature {
        return Err(Fault::BadUserInput("This cursor belongs to another order. Start without `after`.".into()));
    }
    if cursor.k.len() == keys && matches!(cursor.k.last(), Some(Key::Id(_))) { Ok(cursor.k) } else { Err(broken()) }
}

/// The page of a list that follows a cursor.
pub async fn list<E: Scoped, O: Ordering<E>>(
    access: &Access,
    rows: Select<E>,
    sorting: &Sorting<O>,
    first: u64,
    after: Option<&str>,
) -> Result<Page<E::Model>, Fault>
where
    E::Model: Send + Sync,
{
    let columns = sorting.columns::<E>();
    let mut rows = rows;
    if let Some(after) = after {
        let keys = decode(after, &sorting.signature::<E>(), columns.len())?;
        rows = rows.filter(beyond(&columns, keys));
    }
    for (column, direction) in columns {
        rows = rows.order_by(column, direction);
    }
    Ok(Page::cut(rows.limit(first + 1).all(access.conn()).await?, first))
}

/// How many rows a list has in all.
pub async fn total<E: Scoped>(access: &Access, rows: Select<E>) -> Result<u64, Fault>
where
    E::Model: Send + Sync,
{
    Ok(rows.count(access.conn()).await?)
}

/// The rows behind a position. In one direction a row comparison, which an index answers; in mixed directions spelt out.
fn beyond(columns: &[(Expr, Order)], keys: Vec<Key>) -> Condition {
    let beyond = |column: Expr, direction: &Order, key: Expr| {
        if *direction == Order::Desc { column.lt(key) } else { column.gt(key) }
    };
    let keys: Vec<Expr> = keys.into_iter().map(Expr::from).collect();
    let direction = &columns[0].1;
    if columns.iter().all(|(_, other)| other == direction) {
        let columns = Expr::tuple(columns.iter().map(|(column, _)| column.clone()));
        return Condition::all().add(beyond(columns, direction, Expr::tuple(keys)));
    }
    (0..columns.len()).fold(Condition::any(), |any, last| {
        let equal = (0..last).fold(Condition::all(), |all, i| all.add(columns[i].0.clone().eq(keys[i].clone())));
        any.add(equal.add(beyond(columns[last].0.clone(), &columns[last].1, keys[last].clone())))
    })
}

/// A table whose rows hang under rows of `P`.
pub trait ChildOf<P: Scoped>: Scoped {
    /// The column that names the parent.
    const PARENT: Self::Column;

    /// The parent of a row.
    fn parent(row: &Self::Model) -> Option<Uuid>;
}

macro_rules! child_of {
    ($($child:ident under $parent:ident by $column:ident = $field:expr;)+) => {$(
        impl ChildOf<$parent::Entity> for $child::Entity {
            const PARENT: Self::Column = $child::Column::$column;

            fn parent(row: &Self::Model) -> Option<Uuid> {
                let field: fn(&$child::Model) -> Option<Uuid> = $field;
                field(row)
            }
        }
    )+};
}

child_of! {
    user under partner by PartnerId = |row| row.partner_id.map(Uuid::from);
    integration under partner by PartnerId = |row| row.partner_id.map(Uuid::from);
    tenant under partner by PartnerId = |row| row.partner_id.map(Uuid::from);
    tenant under integration by IntegrationId = |row| Some(row.integration_id.into());
}

/// The cursor of a row in a list of children, which is always in the order of ids, oldest first.
pub fn child_cursor<E: Scoped>(row: &E::Model) -> String {
    encode(&Cursor { o: E::NAME.into(), k: vec![Key::Id(E::id_of(row).into())] })
}

/// Reads a cursor made by [`child_cursor`].
pub fn child_position<E: Scoped>(after: &str) -> Result<Uuid, Fault> {
    match decode(after, E::NAME, 1)?.as_slice() {
        [Key::Id(id)] => Ok(*id),
        _ => Err(Fault::Internal("a decoded child cursor holds one id".into())),
    }
}

/// The first children of every parent, in one statement whatever their number.
pub async fn children<P: Scoped, E: ChildOf<P>>(
    access: &Access,
    parents: &[Uuid],
    first: u64,
    after: Option<Uuid>,
) -> Result<HashMap<Uuid, Page<E::Model>>, Fault> {
    let mut rows = access.list::<E>()?;
    if let Some(after) = after {
        rows = rows.filter(E::id_column().gt(after));
    }
    let statement = if db::is_postgres(access.conn()) {
        first_by_lateral::<P, E>(rows, parents, first + 1)
    } else {
        first_by_window::<P, E>(rows, parents, first + 1)
    };
    let statement = access.conn().get_database_backend().build(&statement);
    let mut found: HashMap<Uuid, Vec<E::Model>> = parents.iter().map(|parent| (*parent, Vec::new())).collect();
    for row in E::Model::find_by_statement(statement).all(access.conn()).await? {
        if let Some(siblings) = E::parent(&row).and_then(|parent| found.get_mut(&parent)) {
            siblings.push(row);
        }
    }
    Ok(found.into_iter().map(|(parent, rows)| (parent, Page::cut(rows, first))).collect())
}

/// PostgreSQL: one index scan per parent that stops at the limit.
fn first_by_lateral<P: Scoped, E: ChildOf<P>>(rows: Select<E>, parents: &[Uuid], limit: u64) -> SelectStatement {
    let parent = Alias::new("parent");
    let below = rows
        .filter(E::PARENT.into_expr().eq(Expr::col((parent.clone(), parent.clone()))))
        .order_by_asc(E::id_column())
        .limit(limit)
        .into_query();
    let child = Alias::new("child");
    Query::select()
        .columns(E::Column::iter().map(|column| (child.clone(), column).into_column_ref()))
        .from_function(Func::cust("unnest").arg(parents.to_vec()), parent)
        .join_lateral(JoinType::InnerJoin, below, child, Expr::cust("TRUE"))
        .to_owned()
}

/// SQLite, which has no LATERAL: rows are numbered within their parent.
fn first_by_window<P: Scoped, E: ChildOf<P>>(rows: Select<E>, parents: &[Uuid], limit: u64) -> SelectStatement {
    let (child, place) = (Alias::new("child"), Alias::new("place"));
    let mut numbered = rows.filter(E::PARENT.is_in(parents.iter().copied())).into_query();
    let mut window = WindowStatement::partition_by(E::PARENT);
    OrderedStatement::order_by(&mut window, E::id_column(), Order::Asc);
    numbered.expr_window_as(Func::cust("ROW_NUMBER"), window, place.clone());
    Query::select()
        .columns(E::Column::iter().map(|column| (child.clone(), column).into_column_ref()))
        .from_subquery(numbered, child.clone())
        .and_where(Expr::col((child.clone(), place.clone())).lte(limit))
        .order_by((child, place), Order::Asc)
        .to_owned()
}

/// How many children every parent has, in one statement; parents without any are 0.
pub async fn counts<P: Scoped, E: ChildOf<P>>(access: &Access, parents: &[Uuid]) -> Result<HashMap<Uuid, u64>, Fault> {
    let rows: Vec<(Uuid, i64)> = access
        .list::<E>()?
        .filter(db::any_of(access.conn(), E::PARENT, parents))
        .select_only()
        .column(E::PARENT)
        .column_as(E::id_column().count(), "children")
        .group_by(E::PARENT)
        .into_tuple()
        .all(access.conn())
        .await?;
    let mut counts: HashMap<Uuid, u64> = parents.iter().map(|parent| (*parent, 0)).collect();
    counts.extend(rows.into_iter().map(|(parent, count)| (parent, count.unsigned_abs())));
    Ok(counts)
}
