//! The type Partner.

use crate::{
    access::Scoped,
    fault::Fault,
    graphql::{
        connection::{Connection, Total, child_page},
        context::CurrentRequest,
        form::object::FormSubmission,
        integration::object::Integration,
        loaders::load,
        node,
        scalar::Url,
        tenant::object::Tenant,
        user::object::User,
    },
};
use async_graphql::{Context, Enum, ID, Object};
use chrono::{DateTime, Utc};
use entity::{integration, partner, tenant, user};

/// An organisation that builds integrations for the vendor.
#[derive(Clone, Debug)]
pub struct Partner(partner::Model);

impl From<partner::Model> for Partner {
    fn from(row: partner::Model) -> Self {
        Self(row)
    }
}

/// Where a partner stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "partner::PartnerStatus")]
pub enum PartnerStatus {
    /// Invited; has not finished onboarding.
    Pending,
    /// Its users may enter the hub.
    Approved,
    /// Refused by a vendor admin.
    Rejected,
    /// Shut out for a time.
    Suspended,
    /// Put away.
    Archived,
}

/// Which mutation a partner came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "partner::PartnerOrigin")]
pub enum PartnerOrigin {
    /// `createPartner`: approved at once.
    Created,
    /// `invitePartner`: pending until onboarded.
    Invited,
}

/// An organisation that builds integrations for the vendor.
#[Object]
impl Partner {
    /// Opaque id, unique in the whole graph.
    pub async fn id(&self) -> ID {
        node::encode(partner::Entity::NAME, self.0.id)
    }

    /// As the vendor calls it.
    pub async fn name(&self) -> &str {
        &self.0.name
    }

    /// Where it stands.
    pub async fn status(&self) -> PartnerStatus {
        self.0.status.into()
    }

    /// Why it was moved there, in the words of who moved it.
    pub async fn status_reason(&self) -> Option<&str> {
        self.0.status_reason.as_deref()
    }

    /// Which mutation it came from.
    pub async fn origin(&self) -> PartnerOrigin {
        self.0.origin.into()
    }

    /// Its website.
    pub async fn website(&self) -> Option<Url> {
        self.0.website.clone().map(Url)
    }

    /// Its logo.
    pub async fn logo_url(&self) -> Option<Url> {
        self.0.logo_url.clone().map(Url)
    }

    /// The vendor's own key for it.
    pub async fn external_id(&self) -> Option<&str> {
        self.0.external_id.as_deref()
    }

    /// Free labels.
    pub async fn labels(&self) -> &[String] {
        &self.0.labels.0
    }

    /// Counts the edits: a greater one means that somebody has changed it.
    pub async fn version(&self) -> i32 {
        self.0.version
    }

    /// The one of its users who is told of everything.
    pub async fn primary_contact(&self, ctx: &Context<'_>) -> Result<Option<User>, Fault> {
        User::load(ctx.request(), self.0.primary_contact_id).await
    }

    /// Its users, oldest first.
    pub async fn users(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many, 1 to 100; 50 when nothing is said.")] first: Option<i32>,
        #[graphql(desc = "The cursor after which the page begins.")] after: Option<String>,
    ) -> Result<Connection<User>, Fault> {
        let page = child_page::<user::Entity>(self.0.id, first, after.as_deref())?;
        let rows = load!(ctx.request().loaders.partner_users, page)?;
        Ok(Connection::of_children::<user::Entity>(&rows, page.after.is_some(), Total::PartnerUsers(page.parent)))
    }

    /// Its integrations, oldest first.
    pub async fn integrations(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many, 1 to 100; 50 when nothing is said.")] first: Option<i32>,
        #[graphql(desc = "The cursor after which the page begins.")] after: Option<String>,
    ) -> Result<Connection<Integration>, Fault> {
        let page = child_page::<integration::Entity>(self.0.id, first, after.as_deref())?;
        let rows = load!(ctx.request().loaders.partner_integrations, page)?;
        let total = Total::PartnerIntegrations(page.parent);
        Ok(Connection::of_children::<integration::Entity>(&rows, page.after.is_some(), total))
    }

    /// The tenants of all its integrations, oldest first.
    pub async fn tenants(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many, 1 to 100; 50 when nothing is said.")] first: Option<i32>,
        #[graphql(desc = "The cursor after which the page begins.")] after: Option<String>,
    ) -> Result<Connection<Tenant>, Fault> {
        let page = child_page::<tenant::Entity>(self.0.id, first, after.as_deref())?;
        let rows = load!(ctx.request().loaders.partner_tenants, page)?;
        Ok(Connection::of_children::<tenant::Entity>(&rows, page.after.is_some(), Total::PartnerTenants(page.parent)))
    }

    /// The Partner Form as it submitted it.
    pub async fn profile(&self, ctx: &Context<'_>) -> Result<Option<FormSubmission>, Fault> {
        let row = load!(ctx.request().loaders.profiles, self.0.id.0)?;
        Ok(Option::clone(&row).map(FormSubmission::from))
    }

    /// When it was last approved.
    pub async fn approved_at(&self) -> Option<DateTime<Utc>> {
        self.0.approved_at
    }

    /// When it was suspended, while it is.
    pub async fn suspended_at(&self) -> Option<DateTime<Utc>> {
        self.0.suspended_at
    }

    /// When it was archived, while it is.
    pub async fn archived_at(&self) -> Option<DateTime<Utc>> {
        self.0.archived_at
    }

    /// When it was created or invited.
    pub async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at
    }

    /// When it last changed.
    pub async fn updated_at(&self) -> DateTime<Utc> {
        self.0.updated_at
    }
}
