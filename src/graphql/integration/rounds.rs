//! Integrations edited, taken back, sent back, commented on, taken down and put away.

use super::{mutations::RepositoryInput, object::Integration, review::ReviewComment};
use crate::{
    domain::integration::{self, IntegrationChange, NewComment},
    fault::{Fault, Refusal},
    graphql::{
        node,
        once::{answered, once},
        payload::{deletion_payload, payloads},
        scalar::Url,
    },
};
use async_graphql::{Context, ID, InputObject, Object};
use entity::{integration::Entity, review_comment::Entity as Comment};

/// What is to be changed of an integration. What is left out stays; an empty text clears.
#[derive(Debug, InputObject)]
pub struct UpdateIntegrationInput {
    /// The integration.
    id: ID,
    /// Its name, at most 200 characters.
    name: Option<String>,
    /// What it does, at most 5,000 characters.
    description: Option<String>,
    /// What it is about, in place of what was said before: at most 5, each at most 50 characters.
    categories: Option<Vec<String>>,
    /// Words by which it is found, in place of those before: at most 20, each at most 50 characters.
    tags: Option<Vec<String>>,
    /// `EXTERNAL`: where it is described.
    landing_url: Option<Url>,
    /// `EXTERNAL`: its key in the vendor's listing.
    external_key: Option<String>,
    /// `INTERNAL`: where its source is.
    repository: Option<RepositoryInput>,
    /// The version that you have seen; if there is another one by now, nothing is changed and the error is `CONFLICT`.
    expected_version: Option<i32>,
    /// Any text of your own: the same key and input within 24 hours change nothing more and answer the same object.
    idempotency_key: Option<String>,
}

/// A remark to be made.
#[derive(Debug, InputObject)]
pub struct ReviewCommentInput {
    /// `name`, `description`, `categories`, `tags`, `landingUrl`, `externalKey`, `repository` or the key of a question that
    /// it has answered or is asked; the whole when not said.
    field: Option<String>,
    /// What is to be said, at most 5,000 characters.
    text: String,
}

impl From<ReviewCommentInput> for NewComment {
    fn from(input: ReviewCommentInput) -> Self {
        Self { field: input.field, text: input.text }
    }
}

/// What is to be sent back, and why.
#[derive(Debug, InputObject)]
pub struct RequestIntegrationChangesInput {
    /// The integration.
    id: ID,
    /// What is to be changed, in words that the partner is told; at most 5,000 characters.
    reason: String,
    /// Remarks beside single fields; at most 50.
    #[graphql(default, validator(max_items = 500))]
    comments: Vec<ReviewCommentInput>,
    /// The version that you have seen; if there is another one by now, nothing is changed and the error is `CONFLICT`.
    expected_version: Option<i32>,
    /// Any text of your own: the same key and input within 24 hours change nothing more and answer the same object.
    idempotency_key: Option<String>,
}

/// What is to be taken down.
#[derive(Debug, InputObject)]
pub struct UnpublishIntegrationInput {
    /// The integration.
    id: ID,
    /// Why, in words that the partner is told; at most 5,000 characters.
    reason: Option<String>,
    /// The version that you have seen; if there is another one by now, nothing is changed and the error is `CONFLICT`.
    expected_version: Option<i32>,
    /// Any text of your own: the same key and input within 24 hours change nothing more and answer the same object.
    idempotency_key: Option<String>,
}

macro_rules! inputs {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, InputObject)]
        pub struct $name {
            /// The integration.
            id: ID,
            /// The version that you have seen; if there is another one by now, nothing is changed and the error is `CONFLICT`.
            expected_version: Option<i32>,
            /// Any text of your own: the same key and input within 24 hours change nothing more and answer the same object.
            idempotency_key: Option<String>,
        }
    )+};
}

inputs! {
    /// What is to be taken back.
    WithdrawIntegrationInput,
    /// What is to be put away.
    ArchiveIntegrationInput,
}

/// Which draft is to be thrown away.
#[derive(Debug, InputObject)]
pub struct DeleteIntegrationInput {
    /// The draft.
    id: ID,
    /// The version that you have seen; if there is another one by now, nothing is changed and the error is `CONFLICT`.
    expected_version: Option<i32>,
    /// Any text of your own: the same key and input within 24 hours change nothing more and answer the same id.
    idempotency_key: Option<String>,
}

/// What is to be said about an integration.
#[derive(Debug, InputObject)]
pub struct AddReviewCommentInput {
    /// The integration.
    integration_id: ID,
    /// `name`, `description`, `categories`, `tags`, `landingUrl`, `externalKey`, `repository` or the key of a question; the
    /// whole when not said.
    field: Option<String>,
    /// What is to be said, at most 5,000 characters.
    text: String,
    /// Any text of your own: the same key and input within 24 hours change nothing more and answer the same object.
    idempotency_key: Option<String>,
}

/// What is to be ticked off.
#[derive(Debug, InputObject)]
pub struct ResolveReviewCommentInput {
    /// The remark.
    id: ID,
    /// Any text of your own: the same key and input within 24 hours change nothing more and answer the same object.
    idempotency_key: Option<String>,
}

payloads! {
    integration: Integration, "The integration; null if the change was refused.";
    /// What `updateIntegration` did.
    UpdateIntegrationPayload,
    /// What `withdrawIntegration` did.
    WithdrawIntegrationPayload,
    /// What `requestIntegrationChanges` did.
    RequestIntegrationChangesPayload,
    /// What `unpublishIntegration` did.
    UnpublishIntegrationPayload,
    /// What `archiveIntegration` did.
    ArchiveIntegrationPayload,
}

deletion_payload! {
    integration: Integration, "The integration as it was; null if it is still there, or if the call was a repetition.";
    deleted_integration_id;
    /// What `deleteIntegration` did.
    DeleteIntegrationPayload
}

payloads! {
    comment: ReviewComment, "The remark; null if it was refused.";
    /// What `addReviewComment` did.
    AddReviewCommentPayload,
    /// What `resolveReviewComment` did.
    ResolveReviewCommentPayload,
}

/// Mutations of integrations and what is said about them.
#[derive(Debug, Default)]
pub struct IntegrationRounds;

/// Mutations of integrations and what is said about them.
#[Object]
impl IntegrationRounds {
    /// Changes an integration of the viewer's own organisation. While a partner's is live, the change waits for the vendor
    /// (`pendingRevision`), and what was approved stays as it is.
    async fn update_integration(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The change.")] input: UpdateIntegrationInput,
    ) -> Result<UpdateIntegrationPayload, Fault> {
        let access = once(ctx, input.idempotency_key.as_deref(), &input)?;
        let change = IntegrationChange {
            name: input.name,
            description: input.description,
            categories: input.categories,
            tags: input.tags,
            landing_url: input.landing_url.map(|url| url.0),
            external_key: input.external_key,
            repository: input.repository.map(Into::into),
            expected_version: input.expected_version,
        };
        let done = integration::update(&access, node::parse::<Entity>(&input.id)?, change).await;
        UpdateIntegrationPayload::of(answered::<Entity>(&access, done).await)
    }

    /// Takes back what waits for the vendor: a submission, which is a draft again with its answers, or the change of one
    /// that is live.
    async fn withdraw_integration(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The integration.")] input: WithdrawIntegrationInput,
    ) -> Result<WithdrawIntegrationPayload, Fault> {
        let access = once(ctx, input.idempotency_key.as_deref(), &input)?;
        let done = integration::withdraw(&access, node::parse::<Entity>(&input.id)?, input.expected_version).await;
        WithdrawIntegrationPayload::of(answered::<Entity>(&access, done).await)
    }

    /// Sends an integration, or the change of one that is live, back to its partner. Vendor staff only.
    async fn request_integration_changes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is to be changed.")] input: RequestIntegrationChangesInput,
    ) -> Result<RequestIntegrationChangesPayload, Fault> {
        let access = once(ctx, input.idempotency_key.as_deref(), &input)?;
        let (id, seen) = (node::parse::<Entity>(&input.id)?, input.expected_version);
        let comments = input.comments.into_iter().map(Into::into).collect();
        let done = integration::request_changes(&access, id, &input.reason, comments, seen).await;
        RequestIntegrationChangesPayload::of(answered::<Entity>(&access, done).await)
    }

    /// Takes an integration down: it is a draft again. Vendor staff only.
    async fn unpublish_integration(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The integration.")] input: UnpublishIntegrationInput,
    ) -> Result<UnpublishIntegrationPayload, Fault> {
        let access = once(ctx, input.idempotency_key.as_deref(), &input)?;
        let (id, seen) = (node::parse::<Entity>(&input.id)?, input.expected_version);
        let done = integration::unpublish(&access, id, input.reason.as_deref(), seen).await;
        UnpublishIntegrationPayload::of(answered::<Entity>(&access, done).await)
    }

    /// Puts an integration away for good: vendor staff any, its owner one that is not live.
    async fn archive_integration(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The integration.")] input: ArchiveIntegrationInput,
    ) -> Result<ArchiveIntegrationPayload, Fault> {
        let access = once(ctx, input.idempotency_key.as_deref(), &input)?;
        let done = integration::archive(&access, node::parse::<Entity>(&input.id)?, input.expected_version).await;
        ArchiveIntegrationPayload::of(answered::<Entity>(&access, done).await)
    }

    /// Throws a draft away that was never submitted or published.
    async fn delete_integration(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The draft.")] input: DeleteIntegrationInput,
    ) -> Result<DeleteIntegrationPayload, Fault> {
        let access = once(ctx, input.idempotency_key.as_deref(), &input)?;
        match integration::delete(&access, node::parse::<Entity>(&input.id)?, input.expected_version).await {
            // It is gone, and can be told of by its id alone.
            Err(Refusal::Fault(Fault::Repeated(_))) => Ok(DeleteIntegrationPayload {
                integration: None,
                deleted_integration_id: Some(input.id),
                user_errors: Vec::new(),
            }),
            done => DeleteIntegrationPayload::of(done),
        }
    }

    /// Says something about an integration, beside a field or about the whole: vendor staff about any, a partner's users
    /// about their own.
    async fn add_review_comment(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The remark.")] input: AddReviewCommentInput,
    ) -> Result<AddReviewCommentPayload, Fault> {
        let access = once(ctx, input.idempotency_key.as_deref(), &input)?;
        let comment = NewComment { field: input.field, text: input.text };
        let done = integration::add_comment(&access, node::parse::<Entity>(&input.integration_id)?, comment).await;
        AddReviewCommentPayload::of(answered::<Comment>(&access, done).await)
    }

    /// Ticks a remark off.
    async fn resolve_review_comment(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The remark.")] input: ResolveReviewCommentInput,
    ) -> Result<ResolveReviewCommentPayload, Fault> {
        let access = once(ctx, input.idempotency_key.as_deref(), &input)?;
        let done = integration::resolve_comment(&access, node::parse::<Comment>(&input.id)?).await;
        ResolveReviewCommentPayload::of(answered::<Comment>(&access, done).await)
    }
}
