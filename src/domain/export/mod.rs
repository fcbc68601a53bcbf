//! Lists as files: read page by page, so that a file of any length takes the memory of one page.

mod integrations;
mod partners;
mod submissions;
mod tenants;

pub use integrations::Integrations;
pub use partners::Partners;
pub use submissions::Submissions;
pub use tenants::Tenants;

use crate::{
    access::{Access, Scoped},
    db,
    domain::{
        activity,
        page::{Asked, Listing, Ordering, Place, Sparse, Window},
        vendor,
    },
    fault::Fault,
};
use chrono::{DateTime, Utc};
use entity::partner;
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder, QuerySelect, Select, TryIntoModel};
use serde_json::{Value, json};
use std::{collections::HashMap, sync::Arc};
use uuid::Uuid;

/// The rows of one page.
const PAGE: u64 = 500;

/// One cell of a file.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Nothing.
    Empty,
    /// The id of an object of this type.
    Id(&'static str, Uuid),
    /// What a person has written, who may have meant it for a spreadsheet.
    Text(String),
    /// What the hub itself says: a time, a number, a word of its own.
    Plain(String),
}

impl Cell {
    fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    fn maybe(text: Option<String>) -> Self {
        text.map_or(Self::Empty, Self::Text)
    }

    fn time(at: Option<DateTime<Utc>>) -> Self {
        at.map_or(Self::Empty, |at| Self::Plain(at.to_rfc3339()))
    }

    fn id<E: Scoped>(id: Option<E::Id>) -> Self {
        id.map_or(Self::Empty, |id| Self::Id(E::NAME, id.into()))
    }
}

/// A list that becomes a file.
pub trait Sheet: Send + 'static {
    /// The file's name without its ending.
    fn name(&self) -> String;

    /// The names of the columns.
    fn header(&self) -> Vec<String>;

    /// The next rows; none at the end.
    fn page(&mut self) -> impl Future<Output = Result<Vec<Vec<Cell>>, Fault>> + Send;
}

/// Records that somebody takes a list away.
pub async fn record(access: &Access, sheet: &impl Sheet, filter: Value) -> Result<(), Fault> {
    let tx = access.begin().await?;
    let data = json!({ "file": sheet.name(), "filter": filter });
    match tx.actor().person().and_then(|person| person.user.partner_id) {
        Some(own) => activity::record::<partner::Entity>(&tx, "export.made", Some(own), own, data).await?,
        None => {
            let vendor = vendor::current(&tx).await?.id;
            activity::record_vendor(&tx, "export.made", vendor, data).await?;
        }
    }
    tx.finish().await
}

/// A list of the graph, read from its beginning to its end.
#[derive(Debug)]
pub struct Walk<E: Scoped, O> {
    access: Access,
    listing: Listing<E, O>,
    /// Where the next page begins; nowhere at the end.
    place: Option<Place>,
}

impl<E: Scoped<ActiveModel: TryIntoModel<E::Model>>, O: Ordering<E>> Walk<E, O> {
    fn new(access: &Access, listing: Listing<E, O>) -> Self {
        Self { access: access.clone(), listing, place: Some(Place::First) }
    }

    /// The next rows; none at the end.
    async fn next(&mut self) -> Result<Vec<E::Model>, Fault> {
        let Some(place) = self.place.take() else { return Ok(Vec::new()) };
        let page = self.listing.page(&self.access, &Window { size: PAGE, place }, Asked::ALL).await?;
        if let (Some(last), true) = (page.rows.last(), page.has_next) {
            self.place = Some(Place::After(self.listing.sorting.cursor::<E>(last)?));
        }
        let whole = |row: Sparse<E>| Arc::unwrap_or_clone(row).try_into_model().map_err(Fault::from);
        page.rows.into_iter().map(whole).collect()
    }
}

/// The next rows of a list in the order of ids, and where they end.
async fn next<E: Scoped>(access: &Access, rows: Select<E>, after: &mut Option<Uuid>) -> Result<Vec<E::Model>, Fault> {
    let mut rows = rows.order_by_asc(E::id_column()).limit(PAGE);
    if let Some(after) = *after {
        rows = rows.filter(E::id_column().gt(after));
    }
    let found = rows.all(access.conn()).await?;
    *after = found.last().map(|row| E::id_of(row).into()).or(*after);
    Ok(found)
}

/// The rows that others name, in one statement.
async fn named<E: Scoped>(
    access: &Access,
    ids: impl Iterator<Item = Option<E::Id>>,
) -> Result<HashMap<E::Id, E::Model>, Fault> {
    let ids: Vec<E::Id> = ids.flatten().collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = access.list::<E>()?.filter(db::any_of(access.conn(), E::id_column(), &ids)).all(access.conn()).await?;
    Ok(rows.into_iter().map(|row| (E::id_of(&row), row)).collect())
}
