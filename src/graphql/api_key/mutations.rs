//! API keys to be made and revoked.

use super::object::{ApiKey, ApiKeyScope};
use crate::{
    domain::api_key::{self, NewApiKey},
    fault::{Fault, Refusal},
    graphql::{
        error::{UserError, settle},
        node,
        once::{answered, once},
        payload::payloads,
        user::object::UserRole,
    },
};
use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use entity::api_key::Entity;
use secrecy::ExposeSecret;
use std::fmt;

/// A key to be made.
#[derive(Debug, InputObject)]
pub struct CreateApiKeyInput {
    /// What it is for, as `Billing export`.
    name: String,
    /// Which of the vendor's users it acts like.
    #[graphql(default_with = "UserRole::Member")]
    role: UserRole,
    /// What it may do of what they may; at least one.
    scopes: Vec<ApiKeyScope>,
    /// How many days it works, 1 to 365.
    #[graphql(default = 90)]
    expires_in_days: i32,
    /// Any text of your own: the same key and input within 24 hours change nothing more and answer the same object.
    idempotency_key: Option<String>,
}

/// The key to be revoked.
#[derive(Debug, InputObject)]
pub struct RevokeApiKeyInput {
    /// The key.
    id: ID,
    /// Any text of your own: the same key and input within 24 hours change nothing more and answer the same object.
    idempotency_key: Option<String>,
}

/// What `createApiKey` did.
#[derive(SimpleObject)]
pub struct CreateApiKeyPayload {
    /// The key; null if it was refused.
    api_key: Option<ApiKey>,
    /// What the program sends as `Authorization: Bearer …`; shown this once, and null when the call was a repetition.
    token: Option<String>,
    /// What to mend.
    user_errors: Vec<UserError>,
}

impl fmt::Debug for CreateApiKeyPayload {
    /// Whoever has the token is the program.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CreateApiKeyPayload").field("user_errors", &self.user_errors).finish_non_exhaustive()
    }
}

payloads! {
    api_key: ApiKey, "The key; null if the change was refused.";
    /// What `revokeApiKey` did.
    RevokeApiKeyPayload,
}

/// Mutations of API keys.
#[derive(Debug, Default)]
pub struct ApiKeyMutations;

/// Mutations of API keys.
#[Object]
impl ApiKeyMutations {
    /// Makes an API key of the vendor's. Vendor admins only.
    async fn create_api_key(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The key.")] input: CreateApiKeyInput,
    ) -> Result<CreateApiKeyPayload, Fault> {
        let access = once(ctx, input.idempotency_key.as_deref(), &input)?;
        let new = NewApiKey {
            name: input.name,
            role: input.role.into(),
            scopes: input.scopes.into_iter().map(Into::into).collect(),
            days: input.expires_in_days,
        };
        let made = match api_key::create(&access, new).await {
            Err(Refusal::Fault(Fault::Repeated(result))) => Ok((api_key::made(&access, &result).await?, None)),
            made => made.map(|made| (made.key, Some(made.token.expose_secret().to_owned()))),
        };
        let (made, user_errors) = settle(made)?;
        let (key, token) = made.unzip();
        Ok(CreateApiKeyPayload { api_key: key.map(ApiKey::from), token: token.flatten(), user_errors })
    }

    /// Takes an API key back: it does not work from then on, and what it listens to ends. Vendor admins only.
    async fn revoke_api_key(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The key.")] input: RevokeApiKeyInput,
    ) -> Result<RevokeApiKeyPayload, Fault> {
        let access = once(ctx, input.idempotency_key.as_deref(), &input)?;
        let outcome = api_key::revoke(&access, node::parse::<Entity>(&input.id)?).await;
        RevokeApiKeyPayload::of(answered::<Entity>(&access, outcome).await)
    }
}
