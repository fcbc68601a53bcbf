//! The type Integration.

use crate::{
    access::Scoped,
    fault::Fault,
    graphql::{
        connection::{Connection, Total, child_page},
        context::CurrentRequest,
        form::object::FormSubmission,
        loaders::load,
        node,
        partner::object::Partner,
        scalar::Url,
        tenant::object::Tenant,
    },
};
use async_graphql::{Context, Enum, ID, Object, SimpleObject};
use chrono::{DateTime, Utc};
use entity::{integration, tenant};

/// A product connection.
#[derive(Clone, Debug)]
pub struct Integration(integration::Model);

impl From<integration::Model> for Integration {
    fn from(row: integration::Model) -> Self {
        Self(row)
    }
}

/// What an integration is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "integration::IntegrationKind")]
pub enum IntegrationType {
    /// Source in a repository.
    Internal,
    /// A listing: landing URL and external key.
    External,
}

/// Where an integration stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "integration::IntegrationStatus")]
pub enum IntegrationStatus {
    /// Being written.
    Draft,
    /// Waits for the vendor.
    InReview,
    /// Sent back with comments.
    ChangesRequested,
    /// Live: takes tenants.
    Published,
    /// Put away.
    Archived,
}

/// Where the source of an `INTERNAL` integration is.
#[derive(Clone, Debug, SimpleObject)]
pub struct Repository {
    /// Its address.
    url: Url,
    /// Which branch; the repository's default if null.
    branch: Option<String>,
    /// Which folder; the root if null.
    path: Option<String>,
}

/// A product connection owned by a partner or by the vendor itself.
#[Object]
impl Integration {
    /// Opaque id, unique in the whole graph.
    pub async fn id(&self) -> ID {
        node::encode(integration::Entity::NAME, self.0.id)
    }

    /// Its name.
    pub async fn name(&self) -> &str {
        &self.0.name
    }

    /// Made from the name; unique within its owner.
    pub async fn slug(&self) -> &str {
        &self.0.slug
    }

    /// What it is made of.
    #[graphql(name = "type")]
    pub async fn kind(&self) -> IntegrationType {
        self.0.kind.into()
    }

    /// Where it stands.
    pub async fn status(&self) -> IntegrationStatus {
        self.0.status.into()
    }

    /// Its owner; null if the vendor owns it.
    pub async fn partner(&self, ctx: &Context<'_>) -> Result<Option<Partner>, Fault> {
        let Some(partner) = self.0.partner_id else { return Ok(None) };
        let row = load!(ctx.request().loaders.partners, partner)?;
        Ok(Option::clone(&row).map(Partner::from))
    }

    /// What it does.
    pub async fn description(&self) -> Option<&str> {
        self.0.description.as_deref()
    }

    /// `EXTERNAL`: where it is described.
    pub async fn landing_url(&self) -> Option<Url> {
        self.0.landing_url.clone().map(Url)
    }

    /// `EXTERNAL`: its key in the vendor's listing.
    pub async fn external_key(&self) -> Option<&str> {
        self.0.external_key.as_deref()
    }

    /// `INTERNAL`: where its source is.
    pub async fn repository(&self) -> Option<Repository> {
        Some(Repository {
            url: Url(self.0.repository_url.clone()?),
            branch: self.0.repository_branch.clone(),
            path: self.0.repository_path.clone(),
        })
    }

    /// The answers it was last submitted with.
    pub async fn submission(&self, ctx: &Context<'_>) -> Result<Option<FormSubmission>, Fault> {
        let row = load!(ctx.request().loaders.submissions, self.0.id.0)?;
        Ok(Option::clone(&row).map(FormSubmission::from))
    }

    /// Its tenants, oldest first.
    pub async fn tenants(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many, 1 to 100; 50 when nothing is said.")] first: Option<i32>,
        #[graphql(desc = "The cursor after which the page begins.")] after: Option<String>,
    ) -> Result<Connection<Tenant>, Fault> {
        let page = child_page::<tenant::Entity>(self.0.id, first, after.as_deref())?;
        let rows = load!(ctx.request().loaders.integration_tenants, page)?;
        let total = Total::IntegrationTenants(page.parent);
        Ok(Connection::of_children::<tenant::Entity>(&rows, page.after.is_some(), total))
    }

    /// When it was last submitted.
    pub async fn submitted_at(&self) -> Option<DateTime<Utc>> {
        self.0.submitted_at
    }

    /// When it was published, while it is.
    pub async fn published_at(&self) -> Option<DateTime<Utc>> {
        self.0.published_at
    }

    /// When it was created.
    pub async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at
    }

    /// When it last changed.
    pub async fn updated_at(&self) -> DateTime<Utc> {
        self.0.updated_at
    }

    /// Counts the edits: a greater one means that somebody has changed it.
    pub async fn version(&self) -> i32 {
        self.0.version
    }
}
