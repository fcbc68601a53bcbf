//! Invitations to be read.

use super::object::{DeliveryStatus, Invitation, InvitationStatus, shown};
use crate::{
    access::Scoped,
    domain::{
        invitation::{self, InvitationFilter, InvitationOrder},
        page::Asked,
    },
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
use entity::{invitation::Entity, partner};

/// What invitations can be ordered by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "InvitationOrder")]
pub enum InvitationOrderField {
    /// By when they were made.
    CreatedAt,
    /// By when the link ends.
    ExpiresAt,
    /// By address.
    Email,
}

/// One column of an order.
#[derive(Clone, Copy, Debug, InputObject)]
pub struct InvitationOrderBy {
    /// The column.
    field: InvitationOrderField,
    /// Its direction.
    #[graphql(default_with = "OrderDirection::Asc")]
    direction: OrderDirection,
}

/// Compares where an invitation stands.
#[derive(Clone, Debug, Default, InputObject)]
pub struct InvitationStatusFilter {
    /// One of these.
    #[graphql(name = "in")]
    among: Option<Vec<InvitationStatus>>,
}

/// Compares what became of the newest letter.
#[derive(Clone, Debug, Default, InputObject)]
pub struct DeliveryStatusFilter {
    /// One of these.
    #[graphql(name = "in")]
    among: Option<Vec<DeliveryStatus>>,
}

/// Compares the address.
#[derive(Clone, Debug, Default, InputObject)]
pub struct InvitationEmailFilter {
    /// Has this in it, whatever the case.
    contains: Option<String>,
}

/// Which invitations; what is left out says nothing.
#[derive(Clone, Debug, Default, InputObject)]
pub struct InvitationFilterInput {
    /// By where they stand.
    status: Option<InvitationStatusFilter>,
    /// By what became of the newest letter.
    delivery: Option<DeliveryStatusFilter>,
    /// By address.
    email: Option<InvitationEmailFilter>,
    /// Of this partner.
    partner_id: Option<ID>,
}

impl InvitationFilterInput {
    fn read(self) -> Result<InvitationFilter, Fault> {
        let among = |status: InvitationStatusFilter| status.among.unwrap_or_default();
        let delivered = |delivery: DeliveryStatusFilter| delivery.among.unwrap_or_default();
        Ok(InvitationFilter {
            status: self.status.map(among).unwrap_or_default().into_iter().map(Into::into).collect(),
            delivery: self.delivery.map(delivered).unwrap_or_default().into_iter().map(Into::into).collect(),
            email: self.email.and_then(|email| email.contains).filter(|part| !part.is_empty()),
            partner: self.partner_id.map(|id| node::parse::<partner::Entity>(&id)).transpose()?,
        })
    }
}

/// Queries about invitations.
#[derive(Debug, Default)]
pub struct InvitationQueries;

/// Queries about invitations.
#[Object]
impl InvitationQueries {
    /// One invitation; null if there is none that the viewer may see.
    async fn invitation(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The invitation's id.")] id: ID,
    ) -> Result<Option<Invitation>, Fault> {
        let asked = readable(ahead::columns_of_row::<Invitation>(ctx.field()));
        let row = node::read::<Entity>(&ctx.request().access, &id, asked).await?.map(Invitation::from);
        Ok(ahead::object(ctx, row).await)
    }

    /// The invitations that the viewer may see; newest first when no order is given.
    async fn invitations(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many, 1 to 100; 50 when nothing is said.")] first: Option<i32>,
        #[graphql(desc = "The cursor after which the page begins.")] after: Option<String>,
        #[graphql(desc = "Which of them; all when nothing is said.")] filter: Option<InvitationFilterInput>,
        #[graphql(desc = "The order; ties are broken by id.")] order_by: Option<Vec<InvitationOrderBy>>,
    ) -> Result<Connection<Invitation>, Fault> {
        let access = &ctx.request().access;
        let order_by = order_by.unwrap_or_default().into_iter().map(|by| (by.field.into(), by.direction));
        let sorting = sorting(order_by, InvitationOrder::CreatedAt)?;
        let filter = match filter.unwrap_or_default().read() {
            Ok(filter) => filter,
            // A partner that does not exist has no invitations; who may see none is told so.
            Err(fault) => return access.permit(Entity::READ).and(Err(fault)),
        };
        let total = Total::known(ctx, invitation::count(access, &filter)).await?;
        let asked = readable(ahead::columns::<Invitation>(ctx.field()));
        let page = invitation::list(access, &filter, &sorting, size(first)?, after.as_deref(), asked).await?;
        let page = ahead::page(ctx, page.map(Invitation::from), total).await;
        let cursor = move |row: &Invitation| sorting.cursor::<Entity>(row.row());
        Ok(Connection::new(page, after.is_some(), total, cursor))
    }
}

/// A field of which nobody knows what it needs is given everything that may be shown.
fn readable(asked: Asked) -> Asked {
    if asked == Asked::ALL { shown() } else { asked }
}
