//! Lists that are paged by the values of the last row: a page costs the same at any depth, and survives inserts.

use super::{Asked, ChildOf, Count, Filter, Page, Sparse, Window, children::read_below, sparse};
use crate::{
    access::{Access, Scoped},
    db::{is_postgres, table::Reach},
    fault::Fault,
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelTrait, ActiveValue, ColumnDef, ColumnTrait, ColumnType, Condition, Order, QueryFilter, QueryOrder,
    Select, Value,
    sea_query::{Expr, ExprTrait, Func},
};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use uuid::Uuid;

/// A column that a list can be ordered by.
pub trait Ordering<E: Scoped>: Copy + Send + Sync {
    /// The column.
    fn column(self) -> E::Column;
    /// Its name inside cursors.
    fn name(self) -> &'static str;
}

/// Makes the columns that a table can be ordered by, with their names inside cursors.
macro_rules! ordering {
    ($(#[$doc:meta])* $name:ident of $table:ident { $($(#[$column_doc:meta])* $column:ident = $cursor:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $name {
            $($(#[$column_doc])* $column,)+
        }

        impl $crate::domain::page::Ordering<entity::$table::Entity> for $name {
            fn column(self) -> entity::$table::Column {
                match self {
                    $(Self::$column => entity::$table::Column::$column,)+
                }
            }

            fn name(self) -> &'static str {
                match self {
                    $(Self::$column => $cursor,)+
                }
            }
        }
    };
}

pub(crate) use ordering;

/// A column of an order with its name inside cursors, whatever it was chosen from.
#[derive(Clone, Copy, Debug)]
pub struct By<C> {
    column: C,
    name: &'static str,
}

impl<E: Scoped> Ordering<E> for By<E::Column> {
    fn column(self) -> E::Column {
        self.column
    }

    fn name(self) -> &'static str {
        self.name
    }
}

/// The order of a list that is in the order of its ids alone: there is no such column.
#[derive(Clone, Copy, Debug)]
pub enum Unordered {}

impl<E: Scoped> Ordering<E> for Unordered {
    fn column(self) -> E::Column {
        match self {}
    }

    fn name(self) -> &'static str {
        match self {}
    }
}

/// One value of a cursor.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Key {
    /// A text.
    Text(String),
    /// A time.
    Time(DateTime<Utc>),
    /// A time that is missing: earlier than all others.
    Missing,
    /// An id: the tie-break, always last.
    Id(Uuid),
}

impl Key {
    /// The value of a column; `None` if it was not read, or is of no kind that lists are ordered by.
    fn of(value: ActiveValue<Value>) -> Option<Self> {
        match value.into_value()? {
            Value::String(Some(text)) => Some(Self::Text(text)),
            Value::ChronoDateTimeUtc(Some(at)) => Some(Self::Time(at)),
            Value::ChronoDateTimeUtc(None) => Some(Self::Missing),
            Value::Uuid(Some(id)) => Some(Self::Id(id)),
            _ => None,
        }
    }

    /// Whether a column can be compared with it: cursors come back from outside.
    fn fits(&self, column: &ColumnDef) -> bool {
        match self {
            Self::Text(text) => {
                matches!(column.get_column_type(), ColumnType::Text | ColumnType::String(_)) && !text.contains('\0')
            }
            Self::Time(at) => {
                matches!(column.get_column_type(), ColumnType::TimestampWithTimeZone)
                    && (1..=9999).contains(&chrono::Datelike::year(at))
            }
            Self::Missing => column.is_null() && matches!(column.get_column_type(), ColumnType::TimestampWithTimeZone),
            Self::Id(_) => matches!(column.get_column_type(), ColumnType::Uuid),
        }
    }

    fn expr(self, postgres: bool) -> Expr {
        match self {
            Self::Text(text) => Expr::val(text),
            Self::Time(at) => Expr::val(at),
            Self::Missing => missing(postgres),
            Self::Id(id) => Expr::val(id),
        }
    }
}

/// What stands for a time that is missing: both engines would put it at another end, and neither could find its place
/// again by a comparison. The indexes say the same.
fn missing(postgres: bool) -> Expr {
    Expr::cust(if postgres { "'-infinity'::timestamptz" } else { "''" })
}

/// What a list is ordered by for the sake of a column.
fn ordered<C: ColumnTrait>(column: C, postgres: bool) -> Expr {
    match column.def().is_null() {
        true => Func::coalesce([column.into_expr(), missing(postgres)]).into(),
        false => column.into_expr(),
    }
}

fn broken() -> Fault {
    Fault::BadUserInput("This cursor is not one of this list. Start without it.".into())
}

/// A list's order; the id breaks ties in the direction of the last column.
#[derive(Clone, Debug)]
pub struct Sorting<O> {
    columns: Vec<(O, Order)>,
    /// Where there are no columns: the direction of the ids, and what the order is called inside cursors.
    ids: (Order, &'static str),
}

#[derive(Serialize, Deserialize)]
pub(super) struct Cursor {
    /// The order that the cursor was made in, and the only one in which it means anything.
    pub(super) o: String,
    pub(super) k: Vec<Key>,
}

impl<O> Sorting<O> {
    /// In the order of these columns.
    pub fn by(columns: Vec<(O, Order)>) -> Self {
        Self { columns, ids: (Order::Asc, "") }
    }

    /// In the order of ids alone; `name` is what the order is called inside cursors.
    pub fn by_id(direction: Order, name: &'static str) -> Self {
        Self { columns: Vec::new(), ids: (direction, name) }
    }

    /// The same order, whatever its columns were chosen from.
    pub fn erased<E: Scoped>(self) -> Sorting<By<E::Column>>
    where
        O: Ordering<E>,
    {
        let by = |(column, direction): (O, Order)| (By { column: column.column(), name: column.name() }, direction);
        Sorting { columns: self.columns.into_iter().map(by).collect(), ids: self.ids }
    }

    fn last_direction(&self) -> Order {
        self.columns.last().map_or(self.ids.0.clone(), |(_, direction)| direction.clone())
    }

    /// Describes the order, to bind cursors to it.
    fn signature<E: Scoped>(&self) -> String
    where
        O: Ordering<E>,
    {
        if self.columns.is_empty() {
            return self.ids.1.to_owned();
        }
        let sign = |direction: &Order| if *direction == Order::Desc { '-' } else { '+' };
        self.columns.iter().map(|(column, direction)| format!("{}{}", sign(direction), column.name())).collect()
    }

    /// The opaque cursor of a row.
    pub fn cursor<E: Scoped>(&self, row: &E::ActiveModel) -> Result<String, Fault>
    where
        O: Ordering<E>,
    {
        let columns = self.columns.iter().map(|(column, _)| column.column()).chain([E::id_column()]);
        let k: Option<Vec<Key>> = columns.map(|column| Key::of(row.get(column))).collect();
        let k = k.ok_or_else(|| Fault::Internal("a list was read without the columns of its order".into()))?;
        Ok(encode(&Cursor { o: self.signature::<E>(), k }))
    }

    /// What the cursors need.
    fn asked<E: Scoped>(&self) -> Asked
    where
        O: Ordering<E>,
    {
        let columns = self.columns.iter().map(|(column, _)| column.column());
        columns.fold(Asked::NONE.and::<E>(E::id_column()), Asked::and::<E>)
    }

    fn columns<E: Scoped>(&self, postgres: bool) -> Vec<(Expr, Order)>
    where
        O: Ordering<E>,
    {
        let mut columns: Vec<_> = self
            .columns
            .iter()
            .map(|(column, direction)| (ordered(column.column(), postgres), direction.clone()))
            .collect();
        columns.push((E::id_column().into_expr(), self.last_direction()));
        columns
    }
}

pub(super) fn encode(cursor: &Cursor) -> String {
    URL_SAFE_NO_PAD.encode(serde_json::to_vec(cursor).unwrap_or_default())
}

pub(super) fn decode(text: &str, signature: &str, keys: usize) -> Result<Vec<Key>, Fault> {
    let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| broken())?;
    let cursor: Cursor = serde_json::from_slice(&bytes).map_err(|_| broken())?;
    if cursor.o != signature {
        return Err(Fault::BadUserInput("This cursor belongs to another order. Start without it.".into()));
    }
    if cursor.k.len() == keys && matches!(cursor.k.last(), Some(Key::Id(_))) { Ok(cursor.k) } else { Err(broken()) }
}

/// A list: which rows, and in which order.
#[derive(Clone, Debug)]
pub struct Listing<E: Scoped, O> {
    /// Which rows; all that the actor may see if there is none.
    pub filter: Option<Filter<E::Column>>,
    /// In which order.
    pub sorting: Sorting<O>,
}

impl<E: Scoped, O: Ordering<E>> Listing<E, O> {
    /// A page of the list; of the columns those asked for, and those of the order.
    pub async fn page(&self, access: &Access, window: &Window, asked: Asked) -> Result<Page<Sparse<E>>, Fault> {
        self.page_among(access, access.listed::<E>()?, window, asked).await
    }

    /// A page of those of these rows, which select nothing yet.
    pub async fn page_among(
        &self,
        access: &Access,
        rows: Select<E>,
        window: &Window,
        asked: Asked,
    ) -> Result<Page<Sparse<E>>, Fault> {
        list(access, self.among(access, rows), &self.sorting, window, asked).await
    }

    /// The same part of the list below each of these, in one statement whatever their number; `E` hangs under `P`.
    pub async fn page_below<P: Scoped>(
        &self,
        access: &Access,
        parents: &[Uuid],
        window: &Window,
        asked: Asked,
    ) -> Result<HashMap<Uuid, Page<Sparse<E>>>, Fault>
    where
        E: ChildOf<P>,
    {
        let rows = self.among(access, access.listed::<E>()?);
        let (rows, reach) = part(rows, &self.sorting, window, is_postgres(access.conn()))?;
        let columns = asked.with(self.sorting.asked::<E>()).columns::<E>();
        let found = read_below::<P, E>(access, parents, rows, &columns, reach).await?;
        Ok(found.into_iter().map(|(parent, rows)| (parent, window.page(rows))).collect())
    }

    /// How many rows the list has below each of these.
    pub fn count_below<P: Scoped>(&self, access: &Access, parents: &[Uuid]) -> Result<Count, Fault>
    where
        E: ChildOf<P>,
    {
        Ok(Count::below::<P, E>(access, self.among(access, access.listed::<E>()?), parents))
    }

    /// How many rows the list has.
    pub fn count(&self, access: &Access) -> Result<Count, Fault> {
        Ok(self.count_among(access, access.listed::<E>()?))
    }

    /// How many of these rows the list has; they select nothing yet.
    pub fn count_among(&self, access: &Access, rows: Select<E>) -> Count {
        Count::list(self.among(access, rows))
    }

    fn among(&self, access: &Access, rows: Select<E>) -> Select<E> {
        match &self.filter {
            Some(filter) => rows.filter(filter.clone().condition::<E>(access)),
            None => rows,
        }
    }
}

/// The page of a list in a window; of the columns those asked for, and those of the order. `rows` selects nothing yet.
async fn list<E: Scoped, O: Ordering<E>>(
    access: &Access,
    rows: Select<E>,
    sorting: &Sorting<O>,
    window: &Window,
    asked: Asked,
) -> Result<Page<Sparse<E>>, Fault> {
    let (rows, reach) = part(rows, sorting, window, is_postgres(access.conn()))?;
    let columns = asked.with(sorting.asked::<E>()).columns::<E>();
    Ok(window.page(sparse::read(access, rows, &columns, reach).await?))
}

/// The rows of a window in order, and one more.
fn part<E: Scoped, O: Ordering<E>>(
    mut rows: Select<E>,
    sorting: &Sorting<O>,
    window: &Window,
    postgres: bool,
) -> Result<(Select<E>, Reach), Fault> {
    let mut columns = sorting.columns::<E>(postgres);
    if window.is_backward() {
        columns.iter_mut().for_each(|(_, direction)| *direction = opposite(direction));
    }
    if let Some(cursor) = window.cursor() {
        let keys = decode(cursor, &sorting.signature::<E>(), columns.len())?;
        if !sorting.columns.iter().zip(&keys).all(|((column, _), key)| key.fits(&column.column().def())) {
            return Err(broken());
        }
        let keys = keys.into_iter().map(|key| key.expr(postgres)).collect();
        rows = rows.filter(beyond(&columns, keys));
    }
    for (column, direction) in columns {
        rows = rows.order_by(column, direction);
    }
    Ok((rows, Reach { limit: Some(window.size + 1), offset: window.offset() }))
}

fn opposite(direction: &Order) -> Order {
    if *direction == Order::Desc { Order::Asc } else { Order::Desc }
}

/// The rows behind a position. In one direction a row comparison, which an index answers; in mixed directions spelt out.
fn beyond(columns: &[(Expr, Order)], keys: Vec<Expr>) -> Condition {
    let beyond = |column: Expr, direction: &Order, key: Expr| {
        if *direction == Order::Desc { column.lt(key) } else { column.gt(key) }
    };
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
