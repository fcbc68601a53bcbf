//! Object types over the rows of a table.
//!
//! Columns are listed once: from one line comes the field of the schema, its resolver, and the function with which the
//! walk writes it without a future. Relations are listed once too: from one line comes the field and how it is loaded
//! ahead for all rows of a level.

use super::context;
use crate::{
    domain::page::{Asked, Sparse},
    fault::Fault,
};
use async_graphql::{Columns, Context, Json, ObjectType, SelectionField, write_now};
use futures_util::{FutureExt, future::BoxFuture};
use sea_orm::EntityTrait;
use uuid::Uuid;

/// An object that stands for one row, of which the columns that were asked for have been read.
pub trait Shown:
    ObjectType + Columns + Clone + From<<Self::Table as EntityTrait>::Model> + From<Sparse<Self::Table>>
{
    /// Where its rows are.
    type Table: EntityTrait<Model: Send + Sync, ActiveModel: Send + Sync>;
    /// Fields that are pages of the rows below.
    const BELOW: &'static [&'static str];
    /// Fields that are rows beside.
    const BESIDE: &'static [&'static str];

    /// The row's id, if it was read.
    fn key(&self) -> Option<Uuid>;

    /// The row.
    fn row(&self) -> &<Self::Table as EntityTrait>::ActiveModel;

    /// The columns that a selection needs; all of them if it has a field of which nobody knows.
    fn columns_for(asked: &[SelectionField<'_>]) -> Asked;

    /// Loads what is asked of all these rows, one statement for each relation, and what is asked below.
    fn load_ahead<'a>(
        these: &'a [Self],
        asked: Vec<SelectionField<'a>>,
        context: &'a context::Context,
    ) -> BoxFuture<'a, ()>;
}

/// What is there without waiting. Tokio would make a task wait after 128 looks into its loaders.
pub(super) fn at_once<T>(future: impl Future<Output = T>) -> Option<T> {
    tokio::task::unconstrained(future).now_or_never()
}

/// Writes a row beside, if it has been loaded.
pub(super) fn write_one<T: Shown>(
    ctx: &Context<'_>,
    row: impl Future<Output = Result<Option<T>, Fault>>,
    json: &mut Json,
) -> bool {
    match at_once(row) {
        Some(Ok(Some(row))) => write_now(&ctx.with_selection_set(&ctx.item.node.selection_set), &row, json),
        Some(Ok(None)) => {
            json.extend_from_slice(b"null");
            true
        }
        _ => false,
    }
}

/// Makes an object type, with its id. `columns` show one column of the table each; `children` are pages of the rows
/// below, null for a program whose key leaves them out, filtered and ordered `by` the inputs of their list at the root; `one` is a row beside, null where the key is; `resolvers` are whatever else there is, and have the whole row.
macro_rules! object {
    (
        $(#[$doc:meta])*
        $name:ident($table:ident)
        columns {$(
            $(#[$column_doc:meta])*
            $column:ident $(as $graph:literal)?: $type:ty = $field:ident |$it:ident| $value:expr;
        )+}
        $(children {$(
            $(#[$children_doc:meta])*
            $children:ident: $child:ident = $pages:ident, $total:ident $(by $filter:ident, $order_by:ident)?;
        )*})?
        $(one {$(
            $(#[$one_doc:meta])*
            $one:ident: $other:ident = $rows:ident by $key:ident;
        )*})?
        $(resolvers { $($resolvers:tt)* })?
    ) => {
        $(#[$doc])*
        #[derive(Clone, Debug)]
        pub struct $name(std::sync::Arc<$table::ActiveModel>);

        impl From<$table::Model> for $name {
            fn from(row: $table::Model) -> Self {
                Self(std::sync::Arc::new(row.into()))
            }
        }

        impl From<$crate::domain::page::Sparse<$table::Entity>> for $name {
            fn from(row: $crate::domain::page::Sparse<$table::Entity>) -> Self {
                Self(row)
            }
        }

        impl $crate::graphql::object::Shown for $name {
            type Table = $table::Entity;

            const BELOW: &'static [&'static str] = &[$($(stringify!($children),)*)?];
            const BESIDE: &'static [&'static str] = &[$($(stringify!($one),)*)?];

            fn key(&self) -> Option<uuid::Uuid> {
                self.0.id.try_as_ref().map(|id| (*id).into())
            }

            fn row(&self) -> &$table::ActiveModel {
                &self.0
            }

            fn columns_for(asked: &[async_graphql::SelectionField<'_>]) -> $crate::domain::page::Asked {
                use $crate::domain::page::Asked;
                /// The fields, and what each needs beside the id.
                static FIELDS: std::sync::LazyLock<Vec<(&str, Asked)>> = std::sync::LazyLock::new(|| {
                    vec![
                        ("id", Asked::NONE),
                        $(([$($graph,)? stringify!($column)][0], Asked::of::<$table::Entity>(stringify!($field))),)+
                        $($((stringify!($children), Asked::NONE),)*)?
                        $($((stringify!($one), Asked::of::<$table::Entity>(stringify!($key))),)*)?
                    ]
                });
                static ID: std::sync::LazyLock<Asked> = std::sync::LazyLock::new(|| Asked::of::<$table::Entity>("id"));
                let asked = asked.iter().filter(|field| field.name() != "__typename");
                asked.fold(*ID, |columns, field| {
                    let needs = FIELDS.iter().find(|(name, _)| async_graphql::is_named(field.name(), name));
                    needs.map_or(Asked::ALL, |(_, asked)| columns.with(*asked))
                })
            }

            fn load_ahead<'a>(
                these: &'a [Self],
                asked: Vec<async_graphql::SelectionField<'a>>,
                context: &'a $crate::graphql::context::Context,
            ) -> futures_util::future::BoxFuture<'a, ()> {
                use futures_util::FutureExt;
                // All at once: what they read on one level is one statement.
                let loads = asked.into_iter().filter_map(move |field| {
                    $($(if async_graphql::is_named(field.name(), stringify!($children)) {
                        let parents = these.iter().filter_map(Self::key).collect();
                        let total = $crate::graphql::total::Total::$total;
                        let pages = &context.loaders.$pages;
                        return Some($crate::graphql::ahead::children(pages, parents, total, field, context).boxed());
                    })*)?
                    $($(if async_graphql::is_named(field.name(), stringify!($one)) {
                        let keys = these.iter().filter_map(|this| Some((*this.0.$key.try_as_ref()?)?.into()));
                        let (rows, keys) = (&context.loaders.$rows, keys.collect());
                        return Some($crate::graphql::ahead::one(rows, keys, field, context).boxed());
                    })*)?
                    let _ = (these, context, field);
                    None::<futures_util::future::BoxFuture<'a, ()>>
                });
                futures_util::future::join_all(loads).map(drop).boxed()
            }
        }

        impl async_graphql::Columns for $name {
            const COLUMNS: &'static [async_graphql::Column<Self>] = &[
                async_graphql::Column::leaf("id", |this: &Self, json| {
                    let Some(id) = this.0.id.try_as_ref() else { return false };
                    $crate::domain::global_id::write(stringify!($name), *id, json);
                    true
                }),
                $(
                async_graphql::Column::leaf([$($graph,)? stringify!($column)][0], |this: &Self, json| {
                    let Some($it) = this.0.$field.try_as_ref() else { return false };
                    let value: $type = $value;
                    async_graphql::Leaf::write(&value, json);
                    true
                }),
            )+ $($(
                async_graphql::Column::below(stringify!($children), |this: &Self, ctx, json| {
                    use $crate::graphql::{below, connection::write_children, context::CurrentRequest, total::Total};
                    let Some(id) = this.0.id.try_as_ref() else { return false };
                    let pages = &ctx.request().loaders.$pages;
                    let list = |first, after| below::plain(ctx, (*id).into(), pages, Total::$total, first, after);
                    write_children(ctx, list, json)
                }),
            )*)? $($(
                async_graphql::Column::below(stringify!($one), |this: &Self, ctx, json| {
                    $crate::graphql::object::write_one(ctx, this.$one(ctx), json)
                }),
            )*)?];
        }

        $(#[$doc])*
        #[async_graphql::Object(crate = "async_graphql::columned")]
        impl $name {
            /// Opaque id, unique in the whole graph.
            pub async fn id(&self) -> Result<async_graphql::ID, $crate::fault::Fault> {
                Ok($crate::graphql::node::encode(stringify!($name), *$crate::domain::page::get(&self.0.id)?))
            }
            $(
                $(#[$column_doc])*
                $(#[graphql(name = $graph)])?
                pub async fn $column(&self) -> Result<$type, $crate::fault::Fault> {
                    let $it = $crate::domain::page::get(&self.0.$field)?;
                    Ok($value)
                }
            )+
            $($(
                $(#[$children_doc])*
                pub async fn $children(
                    &self,
                    ctx: &async_graphql::Context<'_>,
                    #[graphql(desc = "How many from the beginning, or behind `after`: 1 to 100; 50 when nothing is said.")]
                    first: Option<i32>,
                    #[graphql(desc = "The cursor after which the page begins.")] after: Option<String>,
                    #[graphql(desc = "How many from the end, or before `before`: 1 to 100.")] last: Option<i32>,
                    #[graphql(desc = "The cursor before which the page ends.")] before: Option<String>,
                    #[graphql(desc = "Behind how many rows the page begins: 0 to 10,000; beyond them page with `after`.")]
                    offset: Option<i32>,
                    $(
                        #[graphql(desc = "Which of them; all when nothing is said.")] filter: Option<$filter>,
                        #[graphql(desc = "The order; ties are broken by id.")] order_by: Option<Vec<$order_by>>,
                    )?
                ) -> Result<Option<$crate::graphql::connection::Connection<$child>>, $crate::fault::Fault> {
                    use $crate::graphql::{below, context::CurrentRequest, list::Paging, total::Total};
                    let id = *$crate::domain::page::get(&self.0.id)?;
                    let narrowing = below::Narrowing::<$child>::new(Paging { first, after, last, before, offset });
                    $(let narrowing = narrowing.filtered::<$filter>(filter)?.ordered::<$order_by>(order_by)?;)?
                    let pages = &ctx.request().loaders.$pages;
                    below::read(ctx, id.into(), pages, Total::$total, narrowing).await.map(Some)
                }
            )*)?
            $($(
                $(#[$one_doc])*
                pub async fn $one(
                    &self,
                    ctx: &async_graphql::Context<'_>,
                ) -> Result<Option<$other>, $crate::fault::Fault> {
                    use $crate::graphql::{ahead::row, context::CurrentRequest, loaders::load};
                    match $crate::domain::page::get(&self.0.$key)? {
                        Some(key) => load!(ctx.request().loaders.$rows, row::<$other>(*key, ctx.field())),
                        None => Ok(None),
                    }
                }
            )*)?
            $($($resolvers)*)?
        }
    };
}

pub(crate) use object;
