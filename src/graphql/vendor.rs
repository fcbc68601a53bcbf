//! The vendor in the graph.

use super::{
    connection::{Connection, Total, size},
    context::CurrentRequest,
    node,
    scalar::Url,
    user::object::User,
};
use crate::{
    domain::page::{Order, Sorting, Unordered},
    domain::user as users,
    fault::Fault,
};
use async_graphql::{Context, ID, Object};
use entity::{user, vendor};

/// The company that runs the hub.
#[derive(Clone, Debug)]
pub struct Vendor(vendor::Model);

impl Vendor {
    /// The type's name inside ids.
    pub const NAME: &str = "Vendor";
}

impl From<vendor::Model> for Vendor {
    fn from(row: vendor::Model) -> Self {
        Self(row)
    }
}

/// The company that runs the hub.
#[Object]
impl Vendor {
    /// Opaque id, unique in the whole graph.
    pub async fn id(&self) -> ID {
        node::encode(Self::NAME, self.0.id)
    }

    /// As shown in letters and on pages.
    pub async fn name(&self) -> &str {
        &self.0.name
    }

    /// The vendor's website.
    pub async fn website(&self) -> Option<Url> {
        self.0.website.clone().map(Url)
    }

    /// The vendor's logo.
    pub async fn logo_url(&self) -> Option<Url> {
        self.0.logo_url.clone().map(Url)
    }

    /// The vendor user who is told of everything.
    pub async fn primary_contact(&self, ctx: &Context<'_>) -> Result<Option<User>, Fault> {
        User::load(ctx.request(), self.0.primary_contact_id).await
    }

    /// The vendor's staff, oldest first.
    pub async fn users(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many, 1 to 100; 50 when nothing is said.")] first: Option<i32>,
        #[graphql(desc = "The cursor after which the page begins.")] after: Option<String>,
    ) -> Result<Connection<User>, Fault> {
        let sorting = Sorting(Vec::<(Unordered, Order)>::new());
        let page = users::staff(&ctx.request().access, &sorting, size(first)?, after.as_deref()).await?;
        Ok(Connection::new(&page, after.is_some(), Total::Staff, |row| sorting.cursor::<user::Entity>(row)))
    }
}
