//! The record to be read.

use super::Activity;
use crate::{
    access::Scoped,
    domain::{
        activity::{self, ActivityFilter},
        order::ActivityOrder,
        page::{Order, Sorting},
    },
    fault::Fault,
    graphql::{
        ahead,
        connection::{Connection, Total},
        context::CurrentRequest,
        list::Paging,
        node,
        object::Shown,
        order::OrderDirection,
    },
};
use async_graphql::{Context, ID, InputObject, Object};
use chrono::{DateTime, Utc};
use entity::{activity::Entity, api_key, partner, user};

/// Compares an event.
#[derive(Clone, Debug, Default, InputObject)]
pub struct ActivityEventFilter {
    /// One of these, as `partner.created`.
    #[graphql(name = "in", validator(max_items = 100))]
    among: Option<Vec<String>>,
}

/// Compares a time.
#[derive(Clone, Debug, Default, InputObject)]
pub struct ActivityTimeFilter {
    /// Not earlier.
    gte: Option<DateTime<Utc>>,
    /// Earlier.
    lt: Option<DateTime<Utc>>,
}

/// Which lines of the record; what is left out says nothing.
#[derive(Clone, Debug, Default, InputObject)]
pub struct ActivityFilterInput {
    /// About this partner.
    partner_id: Option<ID>,
    /// Done by this user.
    actor_id: Option<ID>,
    /// Done with this API key.
    api_key_id: Option<ID>,
    /// By what happened.
    event: Option<ActivityEventFilter>,
    /// By when.
    at: Option<ActivityTimeFilter>,
}

impl ActivityFilterInput {
    fn read(self) -> Result<ActivityFilter, Fault> {
        let at = self.at.unwrap_or_default();
        let events = self.event.and_then(|event| event.among).unwrap_or_default();
        if events.iter().any(|event| event.contains('\0')) {
            return Err(Fault::BadUserInput("An event has no NUL characters.".into()));
        }
        Ok(ActivityFilter {
            partner: self.partner_id.map(|id| node::parse::<partner::Entity>(&id)).transpose()?,
            actor: self.actor_id.map(|id| node::parse::<user::Entity>(&id)).transpose()?,
            key: self.api_key_id.map(|id| node::parse::<api_key::Entity>(&id)).transpose()?,
            events,
            since: at.gte,
            before: at.lt,
        })
    }
}

/// Queries about the record.
#[derive(Debug, Default)]
pub struct ActivityQueries;

/// Queries about the record.
#[Object]
impl ActivityQueries {
    /// The record of who did what, as far as the viewer may see it; newest first when no direction is given.
    #[expect(clippy::too_many_arguments, reason = "the arguments of a connection")]
    async fn activity(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the beginning, or behind `after`: 1 to 100; 50 when nothing is said.")]
        first: Option<i32>,
        #[graphql(desc = "The cursor after which the page begins.")] after: Option<String>,
        #[graphql(desc = "How many from the end, or before `before`: 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "The cursor before which the page ends.")] before: Option<String>,
        #[graphql(desc = "Behind how many rows the page begins: 0 to 10,000; beyond them page with `after`.")]
        offset: Option<i32>,
        #[graphql(desc = "Which lines; all when nothing is said.")] filter: Option<ActivityFilterInput>,
        #[graphql(desc = "Oldest or newest first.")] direction: Option<OrderDirection>,
    ) -> Result<Option<Connection<Activity>>, Fault> {
        let access = &ctx.request().access;
        access.permit(Entity::READ)?;
        let filter = filter.unwrap_or_default().read()?;
        let direction = direction.map_or(Order::Desc, Order::from);
        let sorting = Sorting::by(vec![(ActivityOrder::At, direction)]);
        let total = Total::known(ctx, activity::count(access, &filter)).await?;
        let asked = ahead::columns::<Activity>(ctx.field());
        let window = Paging { first, after, last, before, offset }.window()?;
        let page = activity::list(access, &filter, &sorting, &window, asked).await?;
        let page = ahead::page(ctx, page.map(Activity::from), total).await;
        let cursor = move |row: &Activity| sorting.cursor::<Entity>(row.row());
        Ok(Some(Connection::new(page, total, cursor)))
    }
}
