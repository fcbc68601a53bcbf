//! Lists at the root of the graph: filtered, ordered, paged in both directions, counted when asked.

use super::{
    ahead,
    connection::{Connection, Total, size},
    context::CurrentRequest,
    filter::Filter,
    object::Shown,
    order::{OrderDirection, sorting},
};
use crate::{
    access::Scoped,
    domain::page::{self, Asked, Listing, Ordering, Place, Window},
    fault::Fault,
};
use async_graphql::Context;

/// The most rows that a page can be away from the beginning by number: the rows in between are read, too.
const FARTHEST: i32 = 10_000;

/// Where in a list, as the arguments of a field say it.
#[derive(Clone, Debug, Default)]
pub struct Paging {
    /// How many from the beginning, or behind `after`.
    pub first: Option<i32>,
    /// Behind this cursor.
    pub after: Option<String>,
    /// How many from the end, or before `before`.
    pub last: Option<i32>,
    /// Before this cursor.
    pub before: Option<String>,
    /// Behind so many rows.
    pub offset: Option<i32>,
}

impl Paging {
    /// The window that they mean together.
    pub fn window(self) -> Result<Window, Fault> {
        let refused = |sentence: &str| Err(Fault::BadUserInput(sentence.into()));
        let Self { first, after, last, before, offset } = self;
        let (size, place) = match (last, before) {
            (None, None) => {
                let place = match (after, offset) {
                    (Some(_), Some(_)) => return refused("Say `after` or `offset`, not both."),
                    (Some(cursor), None) => Place::After(cursor),
                    (None, Some(rows @ 0..=FARTHEST)) => Place::Offset(u64::from(rows.unsigned_abs())),
                    (None, Some(rows)) => {
                        let sentence = format!("`offset` is {rows}; say 0 to {FARTHEST}, or page with `after`.");
                        return refused(&sentence);
                    }
                    (None, None) => Place::First,
                };
                (size("first", first)?, place)
            }
            (_, before) => {
                if first.is_some() || after.is_some() || offset.is_some() {
                    return refused("Say `first` with `after` or `offset`, or `last` with `before`.");
                }
                (size("last", last)?, before.map_or(Place::Last, Place::Before))
            }
        };
        Ok(Window { size, place })
    }
}

/// A page of a list.
pub async fn read<T: Shown, F, O>(
    ctx: &Context<'_>,
    (filter, order, newest): (Option<F>, impl Iterator<Item = (O, OrderDirection)>, O),
    paging: Paging,
    unfiltered: Option<Total>,
    asked: Asked,
) -> Result<Connection<T>, Fault>
where
    T::Table: Scoped,
    F: Filter<Table = T::Table>,
    O: Ordering<T::Table> + PartialEq + 'static,
{
    let access = &ctx.request().access;
    // Who may read none of them is told so, whatever else is wrong.
    access.permit(T::Table::READ)?;
    let filter = filter.map(|filter| filter.read(0)).transpose()?;
    let listing = Listing::<T::Table, O> { filter, sorting: sorting(order, newest)? };
    let total = match (unfiltered, &listing.filter) {
        (Some(total), None) => total,
        _ => Total::known(ctx, page::count_one(access, listing.count(access)?)).await?,
    };
    let page = listing.page(access, &paging.window()?, asked).await?;
    let page = ahead::page(ctx, page.map(T::from), total).await;
    Ok(Connection::new(page, total, move |row: &T| listing.sorting.cursor(row.row())))
}

/// Makes the root fields of a type: its list, and one of it by its id.
macro_rules! list {
    (
        $(#[$doc:meta])*
        $part:ident.$field:ident: $object:ident
        by $filter:ident, $order_by:ident, $newest:expr
        $(, all $total:expr)?
        $(;
            $(#[$one_doc:meta])*
            $one:ident by $id_doc:literal
        )?
    ) => {
        $(#[$doc])*
        #[derive(Debug, Default)]
        pub struct $part;

        $(#[$doc])*
        #[async_graphql::Object]
        impl $part {
            $(#[$doc])*
            #[expect(clippy::too_many_arguments, reason = "the arguments of a connection")]
            async fn $field(
                &self,
                ctx: &async_graphql::Context<'_>,
                #[graphql(desc = "How many from the beginning, or behind `after`: 1 to 100; 50 when nothing is said.")]
                first: Option<i32>,
                #[graphql(desc = "The cursor after which the page begins.")] after: Option<String>,
                #[graphql(desc = "How many from the end, or before `before`: 1 to 100.")] last: Option<i32>,
                #[graphql(desc = "The cursor before which the page ends.")] before: Option<String>,
                #[graphql(desc = "Behind how many rows the page begins: 0 to 10,000; beyond them page with `after`.")]
                offset: Option<i32>,
                #[graphql(desc = "Which of them; all when nothing is said.")] filter: Option<$filter>,
                #[graphql(desc = "The order; ties are broken by id.")] order_by: Option<Vec<$order_by>>,
            ) -> Result<Option<$crate::graphql::connection::Connection<$object>>, $crate::fault::Fault> {
                let paging = $crate::graphql::list::Paging { first, after, last, before, offset };
                let order = order_by.unwrap_or_default().into_iter().map(Into::into);
                let total = [$(Some($total),)? None][0];
                let asked = $crate::graphql::ahead::columns::<$object>(ctx.field());
                $crate::graphql::list::read(ctx, (filter, order, $newest), paging, total, asked).await.map(Some)
            }

            $(
                $(#[$one_doc])*
                async fn $one(
                    &self,
                    ctx: &async_graphql::Context<'_>,
                    #[graphql(desc = $id_doc)] id: async_graphql::ID,
                ) -> Result<Option<$object>, $crate::fault::Fault> {
                    $crate::graphql::ahead::by_id::<$object>(ctx, &id).await
                }
            )?
        }
    };
}

pub(crate) use list;
