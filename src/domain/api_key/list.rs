//! API keys in a list.

use crate::{
    access::Access,
    domain::page::{self, Asked, Ordering, Page, Sorting},
    fault::Fault,
};
use entity::api_key::{ActiveModel, Column, Entity};
use sea_orm::PaginatorTrait;

/// What keys can be ordered by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ApiKeyOrder {
    /// By when they were made.
    CreatedAt,
}

impl Ordering<Entity> for ApiKeyOrder {
    fn column(self) -> Column {
        match self {
            Self::CreatedAt => Column::CreatedAt,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::CreatedAt => "created",
        }
    }
}

/// A page of the keys that the actor may see.
pub async fn list(
    access: &Access,
    sorting: &Sorting<ApiKeyOrder>,
    first: u64,
    after: Option<&str>,
    asked: Asked,
) -> Result<Page<ActiveModel>, Fault> {
    page::list(access, access.rows::<Entity>()?, sorting, first, after, asked).await
}

/// How many there are.
pub async fn count(access: &Access) -> Result<u64, Fault> {
    Ok(access.list::<Entity>()?.count(access.conn()).await?)
}
