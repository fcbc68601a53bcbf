//! Tenants to be changed.

use super::object::Tenant;
use crate::{
    domain::tenant::{self, NewTenant},
    fault::Fault,
    graphql::{
        node,
        once::{answered, once},
        payload::payloads,
        scalar::Json,
    },
};
use async_graphql::{Context, ID, InputObject, Object};
use entity::{IntegrationId, integration::Entity as Integration, tenant::Entity};

/// A tenant to be created.
#[derive(Debug, InputObject)]
pub struct CreateTenantInput {
    /// What is installed; must be published.
    integration_id: ID,
    /// Lower-case letters, digits and `-`, at most 63; unique within the integration.
    name: String,
    /// The customer's key in the owner's own system.
    customer_reference: Option<String>,
    /// When it runs: a cron expression of five fields.
    schedule: Option<String>,
    /// Its settings: a JSON object of at most 16 KiB.
    configuration: Option<Json>,
    /// Where it came from.
    source: Option<String>,
    /// Any text of your own: the same key and input within 24 hours change nothing more and answer the same object.
    idempotency_key: Option<String>,
}

/// One tenant of a list.
#[derive(Debug, InputObject)]
pub struct CreateTenantRow {
    /// What is installed; must be published.
    integration_id: ID,
    /// Lower-case letters, digits and `-`, at most 63; unique within the integration.
    name: String,
    /// The customer's key in the owner's own system.
    customer_reference: Option<String>,
    /// When it runs: a cron expression of five fields.
    schedule: Option<String>,
    /// Its settings: a JSON object of at most 16 KiB.
    configuration: Option<Json>,
    /// Where it came from.
    source: Option<String>,
}

impl From<CreateTenantInput> for CreateTenantRow {
    fn from(input: CreateTenantInput) -> Self {
        let CreateTenantInput { integration_id, name, customer_reference, schedule, configuration, source, .. } = input;
        Self { integration_id, name, customer_reference, schedule, configuration, source }
    }
}

impl CreateTenantRow {
    /// What it says of a tenant of this integration.
    pub(super) fn of(self, integration: IntegrationId) -> NewTenant {
        NewTenant {
            integration,
            name: self.name,
            customer_reference: self.customer_reference,
            schedule: self.schedule,
            configuration: self.configuration.map(|json| json.0),
            source: self.source,
        }
    }

    /// What is to be installed; `None` if the id is none of an integration.
    pub(super) fn integration(&self) -> Option<IntegrationId> {
        node::parse::<Integration>(&self.integration_id).ok()
    }
}

payloads! {
    tenant: Tenant, "The tenant; null if the change was refused.";
    /// What `createTenant` did.
    CreateTenantPayload,
}

/// Mutations of tenants.
#[derive(Debug, Default)]
pub struct TenantMutations;

/// Mutations of tenants.
#[Object]
impl TenantMutations {
    /// Adds a tenant, paused, to a published integration.
    async fn create_tenant(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The tenant.")] input: CreateTenantInput,
    ) -> Result<CreateTenantPayload, Fault> {
        let access = once(ctx, input.idempotency_key.as_deref(), &input)?;
        let input = CreateTenantRow::from(input);
        let integration = input.integration().ok_or(Fault::NotFound)?;
        let new = input.of(integration);
        CreateTenantPayload::of(answered::<Entity>(&access, tenant::create(&access, new).await).await)
    }
}
