//! Loading ahead: whoever makes a page loads the levels below it, level by level, so that the walk finds every row there.
//!
//! What is loaded ahead is only what the resolvers would load; where this looks away (fragments on an interface, an
//! argument that is nonsense) they load it themselves, and what is wrong is told at its field.

use super::{
    connection::child_page,
    context::{Context, CurrentRequest},
    loaders::{ById, ChildPage, Children, Pages, RowKey, Rows},
    node,
    object::Shown,
    total::Total,
};
use crate::{
    access::Scoped,
    domain::page::{Asked, ChildOf, Page},
    fault::Fault,
};
use async_graphql::{ID, SelectionField, Value, is_named};
use dataloader::BatchFn;
use futures_util::future::join;
use sea_orm::{ActiveModelTrait, EntityTrait};
use std::{slice, sync::Arc};
use uuid::Uuid;

/// The row that an argument names, with what the current field asks of it. The rows below an id can be asked for before
/// it is known whether there is such a row, in the same statement; those beside it are named by the row.
pub async fn by_id<T: Shown<Table: Scoped>>(ctx: &async_graphql::Context<'_>, id: &ID) -> Result<Option<T>, Fault> {
    let (context, asked) = (ctx.request(), columns_of_row::<T>(ctx.field()));
    let fields = |names| ctx.field().selection_set().filter(move |field| is_one_of(field, names)).collect();
    let row = async {
        let row = node::read::<T::Table>(&context.access, id, asked).await?.map(T::from);
        if let Some(row) = &row {
            T::load_ahead(slice::from_ref(row), fields(T::BESIDE), context).await;
        }
        Ok(row)
    };
    let below = async {
        if let Ok(key) = node::parse::<T::Table>(id) {
            let mut alone = <<T::Table as EntityTrait>::ActiveModel as ActiveModelTrait>::default();
            alone.set(T::Table::id_column(), key.into().into());
            T::load_ahead(&[T::from(Arc::new(alone))], fields(T::BELOW), context).await;
        }
    };
    let (row, ()) = join(row, below).await;
    context.count_wanted().await;
    row
}

/// Loads what the current field, a connection, asks of its rows.
pub async fn page<T: Shown>(ctx: &async_graphql::Context<'_>, page: Page<T>, total: Total) -> Page<T> {
    let context = ctx.request();
    if is_counted(ctx.field()) {
        context.want([total]);
    }
    T::load_ahead(&page.rows, of_rows(ctx.field()), context).await;
    context.count_wanted().await;
    page
}

/// The columns that a field asks of its one row.
pub fn columns_of_row<T: Shown>(field: SelectionField<'_>) -> Asked {
    T::columns_for(&field.selection_set().collect::<Vec<_>>())
}

/// The columns that a connection asks of its rows.
pub fn columns<T: Shown>(connection: SelectionField<'_>) -> Asked {
    T::columns_for(&of_rows(connection))
}

/// What a connection asks of its rows: below `nodes`, and below `edges { node }`.
fn of_rows(connection: SelectionField<'_>) -> Vec<SelectionField<'_>> {
    let mut asked = Vec::new();
    for field in connection.selection_set() {
        match field.name() {
            "nodes" => asked.extend(field.selection_set()),
            "edges" => {
                let nodes = field.selection_set().filter(|field| field.name() == "node");
                asked.extend(nodes.flat_map(|node| node.selection_set().collect::<Vec<_>>()));
            }
            _ => {}
        }
    }
    asked
}

fn is_one_of(field: &SelectionField<'_>, names: &[&str]) -> bool {
    names.iter().any(|name| is_named(field.name(), name))
}

/// Whether a connection asks how many rows there are.
pub(super) fn is_counted(connection: SelectionField<'_>) -> bool {
    connection.selection_set().any(|field| field.name() == "totalCount")
}

/// Loads pages of children for all parents of a level.
pub(super) async fn children<P: Scoped, T: Shown>(
    pages: &Pages<P, T>,
    parents: Vec<Uuid>,
    total: fn(Uuid) -> Total,
    field: SelectionField<'_>,
    context: &Context,
) where
    T::Table: ChildOf<P>,
{
    if is_counted(field) {
        context.want(parents.iter().copied().map(total));
    }
    let asked = of_rows(field);
    let Some((first, after)) = position(&field) else { return };
    let Some(Ok(shape)) = parents.first().map(|parent| child_page::<T>(*parent, first, after.as_deref(), field)) else {
        return;
    };
    let keys: Vec<_> = parents.into_iter().map(|parent| ChildPage { parent, ..shape }).collect();
    let found = Children::<P, T>::new(&context.access).load(&keys).await;
    if !asked.iter().any(|field| is_one_of(field, T::BELOW) || is_one_of(field, T::BESIDE)) {
        return pages.plain.prime_many(found).await;
    }
    let rows: Vec<T> = found.values().flatten().flat_map(|page| page.rows.iter().cloned()).collect();
    pages.plain.prime_many(found).await;
    T::load_ahead(&rows, asked, context).await;
}

/// A row beside, with what a field asks of it.
pub fn row<T: Shown>(id: impl Into<Uuid>, field: SelectionField<'_>) -> RowKey {
    RowKey { id: id.into(), asked: columns_of_row::<T>(field) }
}

/// Loads the rows beside all rows of a level.
pub(super) async fn one<T: Shown>(rows: &Rows<T>, ids: Vec<Uuid>, field: SelectionField<'_>, context: &Context)
where
    T::Table: Scoped,
{
    let Some(first) = ids.first() else { return };
    let shape = row::<T>(*first, field);
    let keys: Vec<_> = ids.into_iter().map(|id| RowKey { id, ..shape }).collect();
    let found = ById::<T>::new(&context.access).load(&keys).await;
    let below: Vec<T> = found.values().flatten().flatten().cloned().collect();
    rows.prime_many(found).await;
    T::load_ahead(&below, field.selection_set().collect(), context).await;
}

/// The arguments `first` and `after` as the resolver will read them; `None` if it will refuse them.
fn position(field: &SelectionField<'_>) -> Option<(Option<i32>, Option<String>)> {
    let (mut first, mut after) = (None, None);
    for (name, value) in field.arguments().ok()? {
        match (name.as_str(), value) {
            (_, Value::Null) => {}
            ("first", Value::Number(number)) => first = Some(i32::try_from(number.as_i64()?).ok()?),
            ("after", Value::String(text)) => after = Some(text),
            _ => return None,
        }
    }
    Some((first, after))
}
