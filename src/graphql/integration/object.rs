//! The type Integration.

use crate::{
    domain::page::get,
    fault::Fault,
    graphql::{
        context::CurrentRequest, form::object::FormSubmission, loaders::load, object::object, partner::object::Partner,
        scalar::Url, tenant::object::Tenant,
    },
};
use async_graphql::{Context, Enum, SimpleObject};
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
        /// Its name.
        name: &str = name |it| it;
        /// Made from the name; unique within its owner.
        slug: &str = slug |it| it;
        /// What it is made of.
        kind as "type": IntegrationType = kind |it| (*it).into();
        /// Where it stands.
        status: IntegrationStatus = status |it| (*it).into();
        /// What it does.
        description: Option<&str> = description |it| it.as_deref();
        /// `EXTERNAL`: where it is described.
        landing_url: Option<Url> = landing_url |it| it.clone().map(Url);
        /// `EXTERNAL`: its key in the vendor's listing.
        external_key: Option<&str> = external_key |it| it.as_deref();
        /// When it was last submitted.
        submitted_at: Option<DateTime<Utc>> = submitted_at |it| *it;
        /// When it was published, while it is.
        published_at: Option<DateTime<Utc>> = published_at |it| *it;
        /// When it was created.
        created_at: DateTime<Utc> = created_at |it| *it;
        /// When it last changed.
        updated_at: DateTime<Utc> = updated_at |it| *it;
        /// Counts the edits: a greater one means that somebody has changed it.
        version: i32 = version |it| *it;
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
        pub async fn repository(&self) -> Result<Option<Repository>, Fault> {
            let Some(url) = get(&self.0.repository_url)?.clone().map(Url) else { return Ok(None) };
            let (branch, path) = (get(&self.0.repository_branch)?.clone(), get(&self.0.repository_path)?.clone());
            Ok(Some(Repository { url, branch, path }))
        }

        /// The answers it was last submitted with.
        pub async fn submission(&self, ctx: &Context<'_>) -> Result<Option<FormSubmission>, Fault> {
            load!(ctx.request().loaders.submissions, get(&self.0.id)?.0)
        }

        /// The answers that wait to be submitted, for users of its owner; null for everybody else.
        pub async fn draft(&self, ctx: &Context<'_>) -> Result<Option<FormSubmission>, Fault> {
            load!(ctx.request().loaders.drafts, get(&self.0.id)?.0)
        }
    }
}
