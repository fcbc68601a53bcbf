//! Partners to be read.

use super::object::Partner;
use crate::{
    domain::partner::{self, PartnerOrder},
    fault::Fault,
    graphql::{
        ahead,
        connection::{Connection, Total, size},
        context::CurrentRequest,
        node,
        object::Shown,
        order::{OrderDirection, sorting},
    },
};
use async_graphql::{Context, Enum, ID, InputObject, Object};
use entity::partner::Entity;

/// What partners can be ordered by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "partner::PartnerOrder")]
pub enum PartnerOrderField {
    /// By name.
    Name,
    /// By when they were created or invited.
    CreatedAt,
}

/// One column of an order.
#[derive(Clone, Copy, Debug, InputObject)]
pub struct PartnerOrderBy {
    /// The column.
    field: PartnerOrderField,
    /// Its direction.
    #[graphql(default_with = "OrderDirection::Asc")]
    direction: OrderDirection,
}

/// Queries about partners.
#[derive(Debug, Default)]
pub struct PartnerQueries;

/// Queries about partners.
#[Object]
impl PartnerQueries {
    /// One partner; null if there is none that the viewer may see.
    async fn partner(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The partner's id.")] id: ID,
    ) -> Result<Option<Partner>, Fault> {
        let asked = ahead::columns_of_row::<Partner>(ctx.field());
        let partner = node::read::<Entity>(&ctx.request().access, &id, asked).await?.map(Partner::from);
        Ok(ahead::object(ctx, partner).await)
    }

    /// The partners that the viewer may see; newest first when no order is given.
    async fn partners(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many, 1 to 100; 50 when nothing is said.")] first: Option<i32>,
        #[graphql(desc = "The cursor after which the page begins.")] after: Option<String>,
        #[graphql(desc = "The order; ties are broken by id.")] order_by: Option<Vec<PartnerOrderBy>>,
    ) -> Result<Connection<Partner>, Fault> {
        let order_by = order_by.unwrap_or_default().into_iter().map(|by| (by.field.into(), by.direction));
        let sorting = sorting(order_by, PartnerOrder::CreatedAt)?;
        let (access, asked) = (&ctx.request().access, ahead::columns::<Partner>(ctx.field()));
        let page = partner::list(access, &sorting, size(first)?, after.as_deref(), asked).await?;
        let page = ahead::page(ctx, page.map(Partner::from), Total::Partners).await;
        let cursor = move |partner: &Partner| sorting.cursor(partner.row());
        Ok(Connection::new(page, after.is_some(), Total::Partners, cursor))
    }
}
