//! The type Integration.

use crate::{
    access::Scoped,
    fault::Fault,
    graphql::{
        context::CurrentRequest, form::object::FormSubmission, loaders::load, node, object::object,
        partner::object::Partner, scalar::Url, tenant::object::Tenant,
    },
};
use async_graphql::{Context, Enum, ID, SimpleObject};
use chrono::{DateTime, Utc};
use entity::integration;

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

async_graphql::enum_leaves!(IntegrationType, IntegrationStatus);

object! {
    /// A product connection owned by a partner or by the vendor itself.
    Integration(integration)
    columns {
        /// Opaque id, unique in the whole graph.
        id: ID = |row| node::encode(integration::Entity::NAME, row.id);
        /// Its name.
        name: &str = |row| &row.name;
        /// Made from the name; unique within its owner.
        slug: &str = |row| &row.slug;
        /// What it is made of.
        kind as "type": IntegrationType = |row| row.kind.into();
        /// Where it stands.
        status: IntegrationStatus = |row| row.status.into();
        /// What it does.
        description: Option<&str> = |row| row.description.as_deref();
        /// `EXTERNAL`: where it is described.
        landing_url: Option<Url> = |row| row.landing_url.clone().map(Url);
        /// `EXTERNAL`: its key in the vendor's listing.
        external_key: Option<&str> = |row| row.external_key.as_deref();
        /// When it was last submitted.
        submitted_at: Option<DateTime<Utc>> = |row| row.submitted_at;
        /// When it was published, while it is.
        published_at: Option<DateTime<Utc>> = |row| row.published_at;
        /// When it was created.
        created_at: DateTime<Utc> = |row| row.created_at;
        /// When it last changed.
        updated_at: DateTime<Utc> = |row| row.updated_at;
        /// Counts the edits: a greater one means that somebody has changed it.
        version: i32 = |row| row.version;
    }
    children {
        /// Its tenants, oldest first.
        tenants: Tenant = integration_tenants, IntegrationTenants;
    }
    one {
        /// Its owner; null if the vendor owns it.
        partner: Partner = partners by partner_id;
    }
    resolvers {
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
            load!(ctx.request().loaders.submissions, self.0.id.0)
        }
    }
}
