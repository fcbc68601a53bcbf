//! Relay connections: one shape for every list.

use super::{
    ahead,
    context::CurrentRequest,
    loaders::{ChildPage, load},
    object::{Shown, at_once},
};
use crate::{
    access::Scoped,
    domain::page::{self, Page},
    fault::Fault,
};
use async_graphql::{
    Column, Columns, Context, ContextSelectionSet, Json, Leaf, Object, Rows, SelectionField, SimpleObject, TypeName,
    write_now, write_rows_now,
};
use std::{fmt, sync::Arc};
use uuid::Uuid;

pub use super::total::Total;

/// Rows of a page when nothing is said.
const DEFAULT: i32 = 50;
/// The most rows of a page.
const MOST: i32 = 100;

/// The size of a page: 1 to 100.
pub fn size(argument: &str, rows: Option<i32>) -> Result<u64, Fault> {
    match rows.unwrap_or(DEFAULT) {
        rows @ 1..=MOST => Ok(u64::from(rows.unsigned_abs())),
        rows => {
            let sentence = format!("`{argument}` is {rows}; ask for 1 to {MOST} rows and page with cursors.");
            Err(Fault::BadUserInput(sentence))
        }
    }
}

/// The page of children that a field's arguments ask for.
pub fn child_page<T: Shown>(
    parent: impl Into<Uuid>,
    first: Option<i32>,
    after: Option<&str>,
    field: SelectionField<'_>,
) -> Result<ChildPage, Fault>
where
    T::Table: Scoped,
{
    let after = after.map(page::child_position::<T::Table>).transpose()?;
    let asked = ahead::columns::<T>(field);
    Ok(ChildPage { parent: parent.into(), first: size("first", first)?, after, asked })
}

/// A page of a list.
pub struct Connection<T: Shown> {
    page: Arc<Page<T>>,
    total: Total,
    /// Cursors are made only for those who ask.
    cursor: Arc<Cursors<T>>,
}

/// Tells the place of a row in its list and order.
type Cursors<T> = dyn Fn(&T) -> Result<String, Fault> + Send + Sync;

impl<T: Shown> Connection<T> {
    /// A page of rows with their cursors.
    pub fn new(
        page: Page<T>,
        total: Total,
        cursor: impl Fn(&T) -> Result<String, Fault> + Send + Sync + 'static,
    ) -> Self {
        Self::part(Arc::new(page), total, cursor)
    }

    /// A page of children.
    pub fn of_children(page: Arc<Page<T>>, total: Total) -> Self
    where
        T::Table: Scoped,
    {
        Self::part(page, total, |this: &T| page::child_cursor::<T::Table>(this.row()))
    }

    /// A part of a list that others may hold, too.
    pub fn part(
        page: Arc<Page<T>>,
        total: Total,
        cursor: impl Fn(&T) -> Result<String, Fault> + Send + Sync + 'static,
    ) -> Self {
        Self { page, total, cursor: Arc::new(cursor) }
    }

    /// The rows.
    pub fn rows(&self) -> &[T] {
        &self.page.rows
    }

    fn place(&self) -> Result<PageInfo, Fault> {
        Ok(PageInfo {
            has_next_page: self.page.has_next,
            has_previous_page: self.page.has_previous,
            start_cursor: self.rows().first().map(|node| (self.cursor)(node)).transpose()?,
            end_cursor: self.rows().last().map(|node| (self.cursor)(node)).transpose()?,
        })
    }

    fn edge(&self, node: &T) -> Result<Edge<T>, Fault> {
        Ok(Edge { cursor: (self.cursor)(node)?, node: node.clone() })
    }
}

impl<T: Shown> fmt::Debug for Connection<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Connection").field("total", &self.total).finish_non_exhaustive()
    }
}

impl<T: Shown> TypeName for Connection<T> {
    fn type_name() -> std::borrow::Cow<'static, str> {
        format!("{}Connection", T::type_name()).into()
    }
}

/// Writes a page of children, if it has been loaded: those that are narrowed have not.
pub(super) fn write_children<T: Shown, F: Future<Output = Result<Connection<T>, Fault>>>(
    ctx: &Context<'_>,
    list: impl FnOnce(Option<i32>, Option<String>) -> F,
    json: &mut Json,
) -> bool {
    if ctx.item.node.arguments.iter().any(|(name, _)| !matches!(name.node.as_str(), "first" | "after")) {
        return false;
    }
    let (Ok((_, first)), Ok((_, after))) = (ctx.param_value("first", None), ctx.param_value("after", None)) else {
        return false;
    };
    match at_once(list(first, after)) {
        Some(Ok(page)) => write_now(&below(ctx), &page, json),
        _ => false,
    }
}

fn below<'a>(ctx: &'a Context<'_>) -> ContextSelectionSet<'a> {
    ctx.with_selection_set(&ctx.item.node.selection_set)
}

impl<T: Shown> Columns for Connection<T> {
    const COLUMNS: &'static [Column<Self>] = &[
        Column::below("edges", |this, ctx, json| {
            let edges: Result<Vec<_>, _> = this.rows().iter().map(|node| this.edge(node)).collect();
            edges.is_ok_and(|edges| write_rows_now(&below(ctx), edges.iter(), json))
        }),
        Column::below("nodes", |this, ctx, json| write_rows_now(&below(ctx), this.rows().iter(), json)),
        Column::below("total_count", |this, ctx, json| match at_once(this.total_count(ctx)) {
            Some(Ok(number)) => {
                number.write(json);
                true
            }
            _ => false,
        }),
        Column::below("page_info", |this, ctx, json| {
            this.place().is_ok_and(|place| write_now(&below(ctx), &place, json))
        }),
    ];
}

/// A page of a list.
#[Object(name_type, crate = "async_graphql::columned")]
impl<T: Shown> Connection<T> {
    /// The rows with their cursors.
    async fn edges(&self) -> Result<Vec<Edge<T>>, Fault> {
        self.rows().iter().map(|node| self.edge(node)).collect()
    }

    /// The rows.
    async fn nodes(&self) -> Rows<'_, T> {
        Rows(self.rows())
    }

    /// Where the page stands in the list.
    async fn page_info(&self) -> Result<PageInfo, Fault> {
        self.place()
    }

    /// How many rows the list has in all; counted only when asked for.
    async fn total_count(&self, ctx: &async_graphql::Context<'_>) -> Result<u64, Fault> {
        load!(ctx.request().loaders.totals, self.total)
    }
}

/// One row of a page.
#[derive(Debug, SimpleObject)]
#[graphql(name_type, crate = "async_graphql::columned")]
pub struct Edge<T: Shown> {
    /// The row's place in this list and order, for `after`.
    cursor: String,
    /// The row.
    node: T,
}

impl<T: Shown> Columns for Edge<T> {
    const COLUMNS: &'static [Column<Self>] = &[
        Column::leaf("cursor", |this, json| {
            this.cursor.write(json);
            true
        }),
        Column::below("node", |this, ctx, json| write_now(&below(ctx), &this.node, json)),
    ];
}

impl<T: Shown> TypeName for Edge<T> {
    fn type_name() -> std::borrow::Cow<'static, str> {
        format!("{}Edge", T::type_name()).into()
    }
}

/// Where a page stands in its list.
#[derive(Debug, SimpleObject)]
#[graphql(crate = "async_graphql::columned")]
pub struct PageInfo {
    /// Whether rows follow.
    has_next_page: bool,
    /// Whether rows precede.
    has_previous_page: bool,
    /// The first row's cursor.
    start_cursor: Option<String>,
    /// The last row's cursor.
    end_cursor: Option<String>,
}

impl Columns for PageInfo {
    const COLUMNS: &'static [Column<Self>] = &[
        Column::leaf("has_next_page", |this, json| {
            this.has_next_page.write(json);
            true
        }),
        Column::leaf("has_previous_page", |this, json| {
            this.has_previous_page.write(json);
            true
        }),
        Column::leaf("start_cursor", |this, json| {
            this.start_cursor.write(json);
            true
        }),
        Column::leaf("end_cursor", |this, json| {
            this.end_cursor.write(json);
            true
        }),
    ];
}
