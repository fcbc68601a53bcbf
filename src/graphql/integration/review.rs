//! Rounds of review in the graph: remarks, and what waits beside an integration that is live.

use super::object::{IntegrationStatus, Repository};
use crate::{
    domain::{
        integration::Act,
        page::{Asked, get},
    },
    fault::Fault,
    graphql::{
        ahead::row,
        api_key::object::ApiKey,
        context::CurrentRequest,
        integration::object::Integration,
        loaders::{RowKey, load},
        object::object,
        scalar::Url,
        user::object::User,
    },
};
use async_graphql::{Context, Enum, Object};
use chrono::{DateTime, Utc};
use entity::{integration_revision, review_comment};

/// What can be done to an integration; each is a mutation of that name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "Act")]
pub enum IntegrationAction {
    /// `updateIntegration`
    Update,
    /// `submitIntegration`
    Submit,
    /// `withdrawIntegration`
    Withdraw,
    /// `deleteIntegration`
    Delete,
    /// `requestIntegrationChanges`
    RequestChanges,
    /// `publishIntegration`
    Publish,
    /// `unpublishIntegration`
    Unpublish,
    /// `archiveIntegration`
    Archive,
    /// `addReviewComment`
    Comment,
}

object! {
    /// A remark about an integration, by the vendor's staff or its owner.
    ReviewComment(review_comment)
    columns {
        /// Which field of the integration, or the key of which question; null for the whole.
        field: Option<&str> = field |it| it.as_deref();
        /// What was said.
        text: &str = text |it| it;
        /// When it was ticked off.
        resolved_at: Option<DateTime<Utc>> = resolved_at |it| *it;
        /// When it was said.
        created_at: DateTime<Utc> = created_at |it| *it;
    }
    one {
        /// Who said it. Null if it was a program, or somebody whom the viewer may not see.
        author: User = users by author_id;
        /// With which key it was said, if by a program.
        api_key: ApiKey = api_keys by key_id;
        /// Who ticked it off. Null if nobody did, or somebody whom the viewer may not see.
        resolved_by: User = users by resolved_by_id;
    }
    resolvers {
        /// What it is about.
        pub async fn integration(&self, ctx: &Context<'_>) -> Result<Integration, Fault> {
            load!(ctx.request().loaders.integrations, row::<Integration>(*get(&self.0.integration_id)?, ctx.field()))?.ok_or(Fault::NotFound)
        }
    }
}

/// What its owner wants to change of an integration while it is live.
#[derive(Clone, Debug)]
pub struct IntegrationRevision(pub(super) integration_revision::Model);

/// What its owner wants to change of an integration while it is live. The integration keeps what was approved until the
/// vendor publishes this.
#[Object]
impl IntegrationRevision {
    /// `IN_REVIEW` or `CHANGES_REQUESTED`.
    async fn status(&self) -> IntegrationStatus {
        self.0.status.into()
    }

    /// What the vendor wants changed.
    async fn status_reason(&self) -> Option<&str> {
        self.0.status_reason.as_deref()
    }

    /// Its name to be.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// What it is to say that it does.
    async fn description(&self) -> Option<&str> {
        self.0.description.as_deref()
    }

    /// What it is to be about.
    async fn categories(&self) -> &[String] {
        &self.0.categories.0
    }

    /// Words by which it is to be found.
    async fn tags(&self) -> &[String] {
        &self.0.tags.0
    }

    /// `EXTERNAL`: where it is to be described.
    async fn landing_url(&self) -> Option<Url> {
        self.0.landing_url.clone().map(Url)
    }

    /// `EXTERNAL`: its key to be in the vendor's listing.
    async fn external_key(&self) -> Option<&str> {
        self.0.external_key.as_deref()
    }

    /// `INTERNAL`: where its source is to be.
    async fn repository(&self) -> Option<Repository> {
        let url = self.0.repository_url.clone().map(Url)?;
        Some(Repository { url, branch: self.0.repository_branch.clone(), path: self.0.repository_path.clone() })
    }

    /// When it was handed in.
    async fn submitted_at(&self) -> DateTime<Utc> {
        self.0.submitted_at
    }

    /// Who handed it in.
    async fn submitted_by(&self, ctx: &Context<'_>) -> Result<Option<User>, Fault> {
        let Some(id) = self.0.submitted_by_id else { return Ok(None) };
        load!(ctx.request().loaders.users, RowKey { id: id.into(), asked: Asked::ALL })
    }
}
