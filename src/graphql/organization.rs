//! What the vendor and a partner have in common.

use super::{connection::Connection, partner::object::Partner, scalar::Url, user::object::User, vendor::Vendor};
use async_graphql::{ID, Interface};

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
        ty = "Connection<User>",
        desc = "Its users, oldest first.",
        arg(name = "first", ty = "Option<i32>", desc = "How many, 1 to 100; 50 when nothing is said."),
        arg(name = "after", ty = "Option<String>", desc = "The cursor after which the page begins.")
    )
)]
pub enum Organization {
    /// The vendor.
    Vendor(Vendor),
    /// A partner.
    Partner(Partner),
}

async_graphql::concrete!(Organization: Vendor, Partner);
