//! API keys to be read.

use super::object::ApiKey;
use crate::{
    domain::{
        api_key::{self, ApiKeyOrder},
        page::{Order, Sorting},
    },
    fault::Fault,
    graphql::{
        ahead,
        connection::{Connection, Total, size},
        context::CurrentRequest,
        object::Shown,
    },
};
use async_graphql::{Context, Object};
use entity::api_key::Entity;

/// Queries about API keys.
#[derive(Debug, Default)]
pub struct ApiKeyQueries;

/// Queries about API keys.
#[Object]
impl ApiKeyQueries {
    /// The vendor's API keys, newest first, also those that were revoked or ran out. Nobody else has any.
    async fn api_keys(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many, 1 to 100; 50 when nothing is said.")] first: Option<i32>,
        #[graphql(desc = "The cursor after which the page begins.")] after: Option<String>,
    ) -> Result<Connection<ApiKey>, Fault> {
        let (access, asked) = (&ctx.request().access, ahead::columns::<ApiKey>(ctx.field()));
        let sorting = Sorting(vec![(ApiKeyOrder::CreatedAt, Order::Desc)]);
        let total = Total::known(ctx, api_key::count(access)).await?;
        let page = api_key::list(access, &sorting, size(first)?, after.as_deref(), asked).await?;
        let page = ahead::page(ctx, page.map(ApiKey::from), total).await;
        let cursor = move |row: &ApiKey| sorting.cursor::<Entity>(row.row());
        Ok(Connection::new(page, after.is_some(), total, cursor))
    }
}
