//! Relay connections: one shape for every list.

use super::{
    context::{Context, CurrentRequest},
    loaders::{ChildPage, load},
};
use crate::{
    access::Scoped,
    domain::{
        page::{self, Page},
        partner, user,
    },
    fault::Fault,
};
use async_graphql::{Object, OutputType, SimpleObject, TypeName};
use std::borrow::Cow;
use uuid::Uuid;

/// Rows of a page when nothing is said.
const DEFAULT: i32 = 50;
/// The most rows of a page.
const MOST: i32 = 100;

/// The size of a page: 1 to 100.
pub fn size(first: Option<i32>) -> Result<u64, Fault> {
    match first.unwrap_or(DEFAULT) {
        first @ 1..=MOST => Ok(u64::from(first.unsigned_abs())),
        first => {
            Err(Fault::BadUserInput(format!("`first` is {first}; ask for 1 to {MOST} rows and page with `after`.")))
        }
    }
}

/// The page of children that a field's arguments ask for.
pub fn child_page<E: Scoped>(
    parent: impl Into<Uuid>,
    first: Option<i32>,
    after: Option<&str>,
) -> Result<ChildPage, Fault> {
    let after = after.map(page::child_position::<E>).transpose()?;
    Ok(ChildPage { parent: parent.into(), first: size(first)?, after })
}

/// A page of a list.
#[derive(Debug)]
pub struct Connection<T: OutputType> {
    edges: Vec<Edge<T>>,
    has_next: bool,
    has_previous: bool,
    total: Total,
}

/// Where the number of all rows is to be found, should somebody ask.
#[derive(Clone, Copy, Debug)]
pub enum Total {
    /// All partners that the actor may see.
    Partners,
    /// The vendor's staff.
    Staff,
    /// Users of a partner.
    PartnerUsers(Uuid),
    /// Integrations of a partner.
    PartnerIntegrations(Uuid),
    /// Tenants of a partner.
    PartnerTenants(Uuid),
    /// Tenants of an integration.
    IntegrationTenants(Uuid),
}

impl Total {
    async fn count(self, context: &Context) -> Result<u64, Fault> {
        let loaders = &context.loaders;
        match self {
            Self::Partners => partner::count(&context.access).await,
            Self::Staff => user::count_staff(&context.access).await,
            Self::PartnerUsers(parent) => load!(loaders.partner_user_counts, parent),
            Self::PartnerIntegrations(parent) => load!(loaders.partner_integration_counts, parent),
            Self::PartnerTenants(parent) => load!(loaders.partner_tenant_counts, parent),
            Self::IntegrationTenants(parent) => load!(loaders.integration_tenant_counts, parent),
        }
    }
}

impl<T: OutputType> Connection<T> {
    /// A page of rows with their cursors.
    pub fn new<M: Clone>(page: &Page<M>, after: bool, total: Total, cursor: impl Fn(&M) -> String) -> Self
    where
        T: From<M>,
    {
        let edges = page.rows.iter().map(|row| Edge { cursor: cursor(row), node: row.clone().into() }).collect();
        Self { edges, has_next: page.has_next, has_previous: after, total }
    }

    /// A page of children.
    pub fn of_children<E: Scoped>(page: &Page<E::Model>, after: bool, total: Total) -> Self
    where
        T: From<E::Model>,
    {
        Self::new(page, after, total, page::child_cursor::<E>)
    }
}

impl<T: OutputType> TypeName for Connection<T> {
    fn type_name() -> Cow<'static, str> {
        format!("{}Connection", T::type_name()).into()
    }
}

/// A page of a list.
#[Object(name_type)]
impl<T: OutputType> Connection<T> {
    /// The rows with their cursors.
    async fn edges(&self) -> &[Edge<T>] {
        &self.edges
    }

    /// The rows.
    async fn nodes(&self) -> Vec<&T> {
        self.edges.iter().map(|edge| &edge.node).collect()
    }

    /// Where the page stands in the list.
    async fn page_info(&self) -> PageInfo {
        PageInfo {
            has_next_page: self.has_next,
            has_previous_page: self.has_previous,
            start_cursor: self.edges.first().map(|edge| edge.cursor.clone()),
            end_cursor: self.edges.last().map(|edge| edge.cursor.clone()),
        }
    }

    /// How many rows the list has in all; counted only when asked for.
    async fn total_count(&self, ctx: &async_graphql::Context<'_>) -> Result<u64, Fault> {
        self.total.count(ctx.request()).await
    }
}

/// One row of a page.
#[derive(Debug, SimpleObject)]
#[graphql(name_type)]
pub struct Edge<T: OutputType> {
    /// The row's place in this list and order, for `after`.
    cursor: String,
    /// The row.
    node: T,
}

impl<T: OutputType> TypeName for Edge<T> {
    fn type_name() -> Cow<'static, str> {
        format!("{}Edge", T::type_name()).into()
    }
}

/// Where a page stands in its list.
#[derive(Debug, SimpleObject)]
pub struct PageInfo {
    /// Whether rows follow.
    has_next_page: bool,
    /// Whether rows precede.
    has_previous_page: bool,
    /// The first row's cursor.
    start_cursor: Option<String>,
    /// The last row's cursor.
    end_cursor: Option<String>,
}
