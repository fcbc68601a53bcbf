//! The type Integration.

use super::{
    comments::{ReviewCommentFilterInput, ReviewCommentOrderBy},
    review::{IntegrationAction, IntegrationRevision, ReviewComment},
};
use crate::{
    domain::{
        integration::{self as integrations, Standing},
        page::get,
    },
    fault::Fault,
    graphql::{
        context::CurrentRequest,
        form::object::FormSubmission,
        loaders::load,
        object::object,
        partner::object::Partner,
        scalar::Url,
        tenant::{
            object::Tenant,
            queries::{TenantFilterInput, TenantOrderBy},
        },
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
    pub(super) url: Url,
    /// Which branch; the repository's default if null.
    pub(super) branch: Option<String>,
    /// Which folder; the root if null.
    pub(super) path: Option<String>,
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
        /// What it is about, in its owner's words.
        categories: &[String] = categories |it| &it.0;
        /// Words by which it is found.
        tags: &[String] = tags |it| &it.0;
        /// `EXTERNAL`: where it is described.
        landing_url: Option<Url> = landing_url |it| it.clone().map(Url);
        /// `EXTERNAL`: its key in the vendor's listing.
        external_key: Option<&str> = external_key |it| it.as_deref();
        /// What the vendor wants changed, or why it was taken down.
        status_reason: Option<&str> = status_reason |it| it.as_deref();
        /// When it was last submitted.
        submitted_at: Option<DateTime<Utc>> = submitted_at |it| *it;
        /// When it was published, while it is.
        published_at: Option<DateTime<Utc>> = published_at |it| *it;
        /// When it was archived, while it is.
        archived_at: Option<DateTime<Utc>> = archived_at |it| *it;
        /// When it was created.
        created_at: DateTime<Utc> = created_at |it| *it;
        /// When it last changed.
        updated_at: DateTime<Utc> = updated_at |it| *it;
        /// Counts the edits: a greater one means that somebody has changed it.
        version: i32 = version |it| *it;
    }
    children {
        /// Its tenants, oldest first.
        #[expect(clippy::too_many_arguments, reason = "the arguments of a connection")]
        tenants: Tenant = integration_tenants, IntegrationTenants by TenantFilterInput, TenantOrderBy;
        /// What was said about it in reviews, oldest first.
        #[expect(clippy::too_many_arguments, reason = "the arguments of a connection")]
        review_comments: ReviewComment = integration_comments, IntegrationComments by ReviewCommentFilterInput, ReviewCommentOrderBy;
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

        /// What its owner wants to change while it is live; null if nothing waits.
        pub async fn pending_revision(&self, ctx: &Context<'_>) -> Result<Option<IntegrationRevision>, Fault> {
            let revision = load!(ctx.request().loaders.revisions, get(&self.0.id)?.0)?;
            Ok(revision.map(IntegrationRevision))
        }

        /// What the viewer can do to it as it stands; each is a mutation of that name.
        pub async fn available_actions(&self, ctx: &Context<'_>) -> Result<Vec<IntegrationAction>, Fault> {
            let context = ctx.request();
            let revision = load!(context.loaders.revisions, get(&self.0.id)?.0)?;
            let standing = Standing {
                status: *get(&self.0.status)?,
                owner: *get(&self.0.partner_id)?,
                ever_shown: get(&self.0.submitted_at)?.is_some() || get(&self.0.first_published_at)?.is_some(),
                revision: revision.map(|revision| revision.status),
            };
            Ok(integrations::open_acts(&context.access, standing).into_iter().map(Into::into).collect())
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
