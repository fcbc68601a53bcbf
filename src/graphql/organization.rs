//! What the vendor and a partner have in common.

use super::{
    connection::Connection,
    context::Context as Request,
    loaders::{RowKey, load},
    partner::object::Partner,
    scalar::Url,
    user::{
        object::User,
        queries::{UserFilterInput, UserOrderBy},
    },
    vendor::Vendor,
};
use crate::{domain::page::Asked, fault::Fault};
use async_graphql::{ID, Interface};
use entity::PartnerId;

/// A company: the vendor or a partner.
#[derive(Clone, Debug, Interface)]
#[expect(clippy::duplicated_attributes, reason = "two fields of one type are no duplicate")]
#[graphql(
    crate = "async_graphql::abstracted",
    field(name = "id", ty = "ID", desc = "Opaque id, unique in the whole graph."),
    field(name = "name", ty = "&str", desc = "As the vendor calls it."),
    field(name = "website", ty = "Option<Url>", desc = "Its website."),
    field(name = "logo_url", ty = "Option<Url>", desc = "Its logo."),
    field(name = "primary_contact", ty = "Option<User>", desc = "The one of its users who is told of everything."),
    field(
        name = "users",
        ty = "Option<Connection<User>>",
        desc = "Its users, oldest first.",
        arg(
            name = "first",
            ty = "Option<i32>",
            desc = "How many from the beginning, or behind `after`: 1 to 100; 50 when nothing is said."
        ),
        arg(name = "after", ty = "Option<String>", desc = "The cursor after which the page begins."),
        arg(name = "last", ty = "Option<i32>", desc = "How many from the end, or before `before`: 1 to 100."),
        arg(name = "before", ty = "Option<String>", desc = "The cursor before which the page ends."),
        arg(
            name = "offset",
            ty = "Option<i32>",
            desc = "Behind how many rows the page begins: 0 to 10,000; beyond them page with `after`."
        ),
        arg(name = "filter", ty = "Option<UserFilterInput>", desc = "Which of them; all when nothing is said."),
        arg(name = "order_by", ty = "Option<Vec<UserOrderBy>>", desc = "The order; ties are broken by id.")
    )
)]
pub enum Organization {
    /// The vendor.
    Vendor(Vendor),
    /// A partner.
    Partner(Partner),
}

impl Organization {
    /// A partner, or the vendor where there is none.
    pub(super) async fn of(context: &Request, partner: Option<PartnerId>) -> Result<Option<Self>, Fault> {
        match partner {
            Some(partner) => {
                // Its fragments may ask anything.
                let key = RowKey { id: partner.into(), asked: Asked::ALL };
                Ok(load!(context.loaders.partners, key)?.map(Self::Partner))
            }
            None => Ok(Some(Self::Vendor(context.vendor().await?))),
        }
    }
}

async_graphql::concrete!(Organization: Vendor, Partner);
