//! Invitations to be read.

use super::object::{DeliveryStatus, Invitation, InvitationStatus, shown};
use crate::{
    domain::{order::InvitationOrder, page::Asked},
    fault::Fault,
    graphql::{
        ahead,
        comparator::{DateTimeFilter, TextFilter, enum_filters},
        connection::Connection,
        context::CurrentRequest,
        filter::filter,
        list::{self, Paging},
        node,
        order::order_by,
    },
};
use async_graphql::{Context, ID, Object};
use entity::invitation::{self, Entity};

order_by! {
    /// What invitations can be ordered by.
    InvitationOrderBy of InvitationOrderField as InvitationOrder {
        /// By when they were made.
        CreatedAt,
        /// By when the link ends.
        ExpiresAt,
        /// By address.
        Email,
    }
}

enum_filters! {
    /// Compares where an invitation stands.
    InvitationStatusFilter of InvitationStatus as invitation::InvitationStatus;
    /// Compares what became of the newest letter.
    DeliveryStatusFilter of DeliveryStatus as invitation::DeliveryStatus;
}

filter! {
    /// Which invitations; what is left out says nothing.
    InvitationFilterInput of invitation
    columns {
        /// By where they stand.
        status: InvitationStatusFilter = Status;
        /// By what became of the newest letter.
        delivery: DeliveryStatusFilter = DeliveryStatus;
        /// By address.
        email: TextFilter = Email;
        /// By when they were made.
        created_at: DateTimeFilter = CreatedAt;
    }
    ids {
        /// Of this partner.
        partner_id: "Partner" = PartnerId;
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
    #[expect(clippy::too_many_arguments, reason = "the arguments of a connection")]
    async fn invitations(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the beginning, or behind `after`: 1 to 100; 50 when nothing is said.")]
        first: Option<i32>,
        #[graphql(desc = "The cursor after which the page begins.")] after: Option<String>,
        #[graphql(desc = "How many from the end, or before `before`: 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "The cursor before which the page ends.")] before: Option<String>,
        #[graphql(desc = "Behind how many rows the page begins: 0 to 10,000; beyond them page with `after`.")]
        offset: Option<i32>,
        #[graphql(desc = "Which of them; all when nothing is said.")] filter: Option<InvitationFilterInput>,
        #[graphql(desc = "The order; ties are broken by id.")] order_by: Option<Vec<InvitationOrderBy>>,
    ) -> Result<Connection<Invitation>, Fault> {
        let paging = Paging { first, after, last, before, offset };
        let order = order_by.unwrap_or_default().into_iter().map(Into::into);
        let asked = readable(ahead::columns::<Invitation>(ctx.field()));
        list::read(ctx, (filter, order, InvitationOrder::CreatedAt), paging, None, asked).await
    }
}

/// A field of which nobody knows what it needs is given everything that may be shown.
fn readable(asked: Asked) -> Asked {
    if asked == Asked::ALL { shown() } else { asked }
}
