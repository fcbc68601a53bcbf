//! The record in a list.

use crate::{
    access::Access,
    domain::{
        order::ActivityOrder,
        page::{self, Asked, Page, Sorting, Window},
    },
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
    window: &Window,
    asked: Asked,
) -> Result<Page<ActiveModel>, Fault> {
    page::list(access, filter.narrow(access.rows::<Entity>()?), sorting, window, asked).await
}

/// How many there are.
pub async fn count(access: &Access, filter: &ActivityFilter) -> Result<u64, Fault> {
    Ok(filter.narrow(access.list::<Entity>()?).count(access.conn()).await?)
}
