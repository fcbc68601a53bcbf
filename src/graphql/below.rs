//! Lists below an object. Those in their own order are loaded ahead; those that are filtered, ordered or read from
//! another place are loaded when they are reached. Either way all objects of a level are one statement.

use super::{
    ahead::{self, is_counted},
    connection::{Connection, child_page},
    context::CurrentRequest,
    filter::Filter,
    list::Paging,
    loaders::{Pages, load},
    object::Shown,
    order::{self, OrderBy},
    total::Total,
};
use crate::{
    access::{Access, Scoped},
    domain::page::{self, Asked, By, ChildOf, Listing, Order, Ordering, Page, Sorting, Window},
    fault::Fault,
};
use async_graphql::Context;
use dataloader::BatchFn;
use sea_orm::{EntityTrait, Select};
use std::{
    collections::HashMap,
    fmt,
    hash::{Hash, Hasher},
    marker::PhantomData,
    sync::Arc,
};
use uuid::Uuid;

type Columns<T> = <<T as Shown>::Table as EntityTrait>::Column;

/// What the arguments of a list below an object say.
pub struct Narrowing<T: Shown> {
    paging: Paging,
    filter: Option<page::Filter<Columns<T>>>,
    sorting: Option<Sorting<By<Columns<T>>>>,
}

impl<T: Shown> fmt::Debug for Narrowing<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Narrowing").field("paging", &self.paging).finish_non_exhaustive()
    }
}

impl<T: Shown<Table: Scoped>> Narrowing<T> {
    /// Where in the list.
    pub fn new(paging: Paging) -> Self {
        Self { paging, filter: None, sorting: None }
    }

    /// Which of its rows.
    pub fn filtered<F: Filter<Table = T::Table>>(self, filter: Option<F>) -> Result<Self, Fault> {
        Ok(Self { filter: filter.map(|filter| filter.read(0)).transpose()?, ..self })
    }

    /// In which order.
    pub fn ordered<B: OrderBy<Column: Ordering<T::Table>>>(self, by: Option<Vec<B>>) -> Result<Self, Fault> {
        let columns = order::columns(by.unwrap_or_default().into_iter().map(Into::into))?;
        let sorting = (!columns.is_empty()).then(|| Sorting::by(columns).erased::<T::Table>());
        Ok(Self { sorting, ..self })
    }

    /// By this column, newest first, if no order was asked for.
    pub fn or_newest_by<O: Ordering<T::Table>>(self, column: O) -> Self {
        let newest = || Sorting::by(vec![(column, Order::Desc)]).erased::<T::Table>();
        Self { sorting: Some(self.sorting.unwrap_or_else(newest)), ..self }
    }

    fn is_plain(&self) -> bool {
        let Paging { first: _, after: _, last, before, offset } = &self.paging;
        self.filter.is_none() && self.sorting.is_none() && last.is_none() && before.is_none() && offset.is_none()
    }
}

/// A page below an object, as its arguments ask for it.
pub async fn read<P: Scoped, T: Shown>(
    ctx: &Context<'_>,
    parent: Uuid,
    pages: &Pages<P, T>,
    total: fn(Uuid) -> Total,
    narrowing: Narrowing<T>,
) -> Result<Connection<T>, Fault>
where
    T::Table: ChildOf<P>,
{
    if narrowing.is_plain() {
        return plain(ctx, parent, pages, total, narrowing.paging.first, narrowing.paging.after).await;
    }
    let Narrowing { paging, filter, sorting } = narrowing;
    // Without columns the order, and the cursors, are those of the list as it is loaded ahead.
    let sorting = sorting.unwrap_or_else(|| Sorting::by_id(<T::Table as ChildOf<P>>::ORDER, T::Table::NAME));
    let is_filtered = filter.is_some();
    let part = Part {
        listing: Listing { filter, sorting: sorting.clone() },
        window: paging.window()?,
        asked: ahead::columns::<T>(ctx.field()),
        counted: is_filtered && is_counted(ctx.field()),
    };
    let said = format!("{part:?}");
    let found = load!(pages.narrowed, PartOf::<T> { parent, said, part: Arc::new(part) })?;
    let total = if is_filtered { Total::Known(found.rows) } else { total(parent) };
    Ok(Connection::part(found.page.clone(), total, move |row: &T| sorting.cursor::<T::Table>(row.row())))
}

/// A page of a list that there is once; `rows` select nothing yet. `all` is how many there are without a filter, if
/// others may ask for the same number.
pub async fn of_one<T: Shown<Table: Scoped>>(
    ctx: &Context<'_>,
    rows: Select<T::Table>,
    all: Option<Total>,
    Narrowing { paging, filter, sorting }: Narrowing<T>,
) -> Result<Connection<T>, Fault> {
    let access = &ctx.request().access;
    let listing = Listing { filter, sorting: sorting.unwrap_or_else(|| Sorting::by(Vec::new())) };
    let total = match all.filter(|_| listing.filter.is_none()) {
        Some(all) => all,
        None => Total::known(ctx, page::count_one(access, listing.count_among(access, rows.clone()))).await?,
    };
    let page = listing.page_among(access, rows, &paging.window()?, ahead::columns::<T>(ctx.field())).await?;
    let page = ahead::page(ctx, page.map(T::from), total).await;
    Ok(Connection::new(page, total, move |row: &T| listing.sorting.cursor::<T::Table>(row.row())))
}

/// A page below an object in the list's own order; most are.
pub async fn plain<P: Scoped, T: Shown>(
    ctx: &Context<'_>,
    parent: Uuid,
    pages: &Pages<P, T>,
    total: fn(Uuid) -> Total,
    first: Option<i32>,
    after: Option<String>,
) -> Result<Connection<T>, Fault>
where
    T::Table: ChildOf<P>,
{
    let page = child_page::<T>(parent, first, after.as_deref(), ctx.field())?;
    Ok(Connection::of_children(load!(pages.plain, page)?, total(parent)))
}

/// A part of a list, the same below each object of a level.
#[derive(Debug)]
struct Part<E: Scoped> {
    listing: Listing<E, By<E::Column>>,
    window: Window,
    asked: Asked,
    /// Whether all its rows are to be counted.
    counted: bool,
}

/// A part of one object's list. Parts are the same if their words are.
pub struct PartOf<T: Shown<Table: Scoped>> {
    parent: Uuid,
    said: String,
    part: Arc<Part<T::Table>>,
}

impl<T: Shown<Table: Scoped>> Clone for PartOf<T> {
    fn clone(&self) -> Self {
        Self { parent: self.parent, said: self.said.clone(), part: self.part.clone() }
    }
}

impl<T: Shown<Table: Scoped>> PartialEq for PartOf<T> {
    fn eq(&self, other: &Self) -> bool {
        self.parent == other.parent && self.said == other.said
    }
}

impl<T: Shown<Table: Scoped>> Eq for PartOf<T> {}

impl<T: Shown<Table: Scoped>> Hash for PartOf<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_u128(self.parent.as_u128());
    }
}

impl<T: Shown<Table: Scoped>> fmt::Debug for PartOf<T> {
    /// The loader writes a key's text with every load, for an error that it hardly ever has.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PartOf")
    }
}

/// What was found of a part.
#[derive(Debug)]
pub struct Found<T> {
    page: Arc<Page<T>>,
    /// How many rows the filter leaves, if that was asked.
    rows: u64,
}

/// Loads parts of lists.
pub struct Parts<P, T>(Access, PhantomData<fn() -> (P, T)>);

impl<P, T> Parts<P, T> {
    pub(super) fn new(access: &Access) -> Self {
        Self(access.clone(), PhantomData)
    }
}

/// What was found of a part, or why not.
pub type FoundOf<T> = Result<Arc<Found<T>>, Fault>;

impl<P: Scoped, T: Shown> BatchFn<PartOf<T>, FoundOf<T>> for Parts<P, T>
where
    T::Table: ChildOf<P>,
{
    /// Siblings ask for the same part, so that a level is one statement; aliases may ask for others.
    async fn load(&mut self, keys: &[PartOf<T>]) -> HashMap<PartOf<T>, FoundOf<T>> {
        let mut parts: HashMap<&str, Vec<&PartOf<T>>> = HashMap::new();
        for key in keys {
            parts.entry(&key.said).or_default().push(key);
        }
        let mut answers = HashMap::with_capacity(keys.len());
        for keys in parts.into_values() {
            let parents: Vec<Uuid> = keys.iter().map(|key| key.parent).collect();
            let Some(part) = keys.first().map(|key| &key.part) else { continue };
            let mut found = below::<P, T>(&self.0, part, &parents).await;
            for key in keys {
                let one = match &mut found {
                    Ok(found) => Ok(Arc::new(found.remove(&key.parent).unwrap_or_else(Found::nothing))),
                    Err(fault) => Err(fault.clone()),
                };
                answers.insert(key.clone(), one);
            }
        }
        answers
    }
}

impl<T> Found<T> {
    fn nothing() -> Self {
        Self { page: Arc::new(Page::empty()), rows: 0 }
    }
}

async fn below<P: Scoped, T: Shown>(
    access: &Access,
    part: &Part<T::Table>,
    parents: &[Uuid],
) -> Result<HashMap<Uuid, Found<T>>, Fault>
where
    T::Table: ChildOf<P>,
{
    let Part { listing, window, asked, counted } = part;
    let mut pages = listing.page_below::<P>(access, parents, window, *asked).await?;
    let mut rows = HashMap::new();
    if *counted {
        rows = page::count(access, vec![Some(listing.count_below::<P>(access, parents)?)]).await?;
    }
    let found = |parent: &Uuid| {
        let page = pages.remove(parent).map_or_else(Page::empty, |page| page.map(T::from));
        (*parent, Found { page: Arc::new(page), rows: rows.get(&(0, Some(*parent))).copied().unwrap_or_default() })
    };
    Ok(parents.iter().map(found).collect())
}
