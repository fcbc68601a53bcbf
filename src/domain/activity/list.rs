//! The record in a list.

use crate::{
    access::Access,
    domain::page::{self, Asked, Ordering, Page, Sorting},
    fault::Fault,
};
use chrono::{DateTime, Utc};
use entity::{
    ApiKeyId, PartnerId, UserId,
    activity::{ActiveModel, Column, Entity},
};
use sea_orm::{ColumnTrait, PaginatorTrait, QueryFilter, Select};

/// Which lines; what is empty says nothing.
#[derive(Clone, Debug, Default)]
pub struct ActivityFilter {
    /// About this partner.
    pub partner: Option<PartnerId>,
    /// Done by this user.
    pub actor: Option<UserId>,
    /// Done with this API key.
    pub key: Option<ApiKeyId>,
    /// One of these events.
    pub events: Vec<String>,
    /// Not earlier.
    pub since: Option<DateTime<Utc>>,
    /// Earlier.
    pub before: Option<DateTime<Utc>>,
}

/// What the record can be ordered by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ActivityOrder {
    /// By when it was done.
    At,
}

impl Ordering<Entity> for ActivityOrder {
    fn column(self) -> Column {
        match self {
            Self::At => Column::At,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::At => "at",
        }
    }
}

impl ActivityFilter {
    fn narrow(&self, mut rows: Select<Entity>) -> Select<Entity> {
        if let Some(partner) = self.partner {
            rows = rows.filter(Column::PartnerId.eq(partner));
        }
        if let Some(actor) = self.actor {
            rows = rows.filter(Column::ActorId.eq(actor));
        }
        if let Some(key) = self.key {
            rows = rows.filter(Column::KeyId.eq(key));
        }
        if !self.events.is_empty() {
            rows = rows.filter(Column::Event.is_in(&self.events));
        }
        if let Some(since) = self.since {
            rows = rows.filter(Column::At.gte(since));
        }
        if let Some(before) = self.before {
            rows = rows.filter(Column::At.lt(before));
        }
        rows
    }
}

/// A page of the lines that the actor may see.
pub async fn list(
    access: &Access,
    filter: &ActivityFilter,
    sorting: &Sorting<ActivityOrder>,
    first: u64,
    after: Option<&str>,
    asked: Asked,
) -> Result<Page<ActiveModel>, Fault> {
    page::list(access, filter.narrow(access.rows::<Entity>()?), sorting, first, after, asked).await
}

/// How many there are.
pub async fn count(access: &Access, filter: &ActivityFilter) -> Result<u64, Fault> {
    Ok(filter.narrow(access.list::<Entity>()?).count(access.conn()).await?)
}
