//! Integrations to be changed.

use super::object::{Integration, IntegrationType};
use crate::{
    domain::{
        form::Submitted,
        integration::{self, NewIntegration},
    },
    fault::Fault,
    graphql::{
        form::{answers::AnswerInput, object::Form},
        node,
        once::{answered, once},
        payload::payloads,
        scalar::Url,
    },
};
use async_graphql::{Context, ID, InputObject, Object};
use entity::integration::Entity;

/// Where the source of an `INTERNAL` integration is.
#[derive(Debug, InputObject)]
pub struct RepositoryInput {
    /// Its address.
    url: Url,
    /// Which branch; the repository's default if left out.
    branch: Option<String>,
    /// Which folder; the root if left out.
    path: Option<String>,
}

impl From<RepositoryInput> for integration::Repository {
    fn from(input: RepositoryInput) -> Self {
        Self { url: input.url.0, branch: input.branch, path: input.path }
    }
}

/// An integration to be created.
#[derive(Debug, InputObject)]
pub struct CreateIntegrationInput {
    /// Its name, at most 200 characters.
    name: String,
    /// What it is made of.
    #[graphql(name = "type")]
    kind: IntegrationType,
    /// What it does, at most 5,000 characters.
    description: Option<String>,
    /// What it is about: at most 5, each at most 50 characters.
    categories: Option<Vec<String>>,
    /// Words by which it is found: at most 20, each at most 50 characters.
    tags: Option<Vec<String>>,
    /// `EXTERNAL`: where it is described.
    landing_url: Option<Url>,
    /// `EXTERNAL`: its key in the vendor's listing.
    external_key: Option<String>,
    /// `INTERNAL`: where its source is.
    repository: Option<RepositoryInput>,
    /// Any text of your own: the same key and input within 24 hours change nothing more and answer the same object.
    idempotency_key: Option<String>,
}

/// The integration to be submitted, with its answers.
#[derive(Debug, InputObject)]
pub struct SubmitIntegrationInput {
    /// The integration.
    id: ID,
    /// The version that was answered: `integrationForm { id }`; left out where that is null.
    form_id: Option<ID>,
    /// One answer per question.
    #[graphql(validator(max_items = 500))]
    answers: Vec<AnswerInput>,
    /// The version that you have seen; if there is another one by now, nothing is changed and the error is `CONFLICT`.
    expected_version: Option<i32>,
    /// Any text of your own: the same key and input within 24 hours change nothing more and answer the same object.
    idempotency_key: Option<String>,
}

/// The integration to be published.
#[derive(Debug, InputObject)]
pub struct PublishIntegrationInput {
    /// The integration.
    id: ID,
    /// The version that you have seen; if there is another one by now, nothing is changed and the error is `CONFLICT`.
    expected_version: Option<i32>,
    /// Any text of your own: the same key and input within 24 hours change nothing more and answer the same object.
    idempotency_key: Option<String>,
}

payloads! {
    integration: Integration, "The integration; null if the change was refused.";
    /// What `createIntegration` did.
    CreateIntegrationPayload,
    /// What `submitIntegration` did.
    SubmitIntegrationPayload,
    /// What `publishIntegration` did.
    PublishIntegrationPayload,
}

/// Mutations of integrations.
#[derive(Debug, Default)]
pub struct IntegrationMutations;

/// Mutations of integrations.
#[Object]
impl IntegrationMutations {
    /// Creates a draft that belongs to the viewer's own organisation.
    async fn create_integration(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The integration.")] input: CreateIntegrationInput,
    ) -> Result<CreateIntegrationPayload, Fault> {
        let access = once(ctx, input.idempotency_key.as_deref(), &input)?;
        let new = NewIntegration {
            name: input.name,
            kind: input.kind.into(),
            description: input.description,
            categories: input.categories.unwrap_or_default(),
            tags: input.tags.unwrap_or_default(),
            landing_url: input.landing_url.map(|url| url.0),
            external_key: input.external_key,
            repository: input.repository.map(Into::into),
        };
        CreateIntegrationPayload::of(answered::<Entity>(&access, integration::create(&access, new).await).await)
    }

    /// Hands a draft in for review, with the answers to the Integration Form.
    async fn submit_integration(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The integration and its answers.")] input: SubmitIntegrationInput,
    ) -> Result<SubmitIntegrationPayload, Fault> {
        let access = once(ctx, input.idempotency_key.as_deref(), &input)?;
        let (id, seen) = (node::parse::<Entity>(&input.id)?, input.expected_version);
        let submitted = Submitted {
            form: input.form_id.map(|form| node::parse_as(Form::NAME, &form)).transpose()?,
            answers: input.answers.into_iter().map(Into::into).collect(),
        };
        let done = integration::submit(&access, id, seen, submitted).await;
        SubmitIntegrationPayload::of(answered::<Entity>(&access, done).await)
    }

    /// Makes an integration live, from review; the vendor's own from a draft. Vendor staff only.
    async fn publish_integration(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The integration.")] input: PublishIntegrationInput,
    ) -> Result<PublishIntegrationPayload, Fault> {
        let access = once(ctx, input.idempotency_key.as_deref(), &input)?;
        let done = integration::publish(&access, node::parse::<Entity>(&input.id)?, input.expected_version).await;
        PublishIntegrationPayload::of(answered::<Entity>(&access, done).await)
    }
}
