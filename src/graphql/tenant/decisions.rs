//! Tenants to be decided about and edited.

use super::object::Tenant;
use crate::{
    domain::tenant::{self, Decision, TenantChange},
    fault::Fault,
    graphql::{
        node,
        once::{answered, once},
        payload::payloads,
        scalar::Json,
    },
};
use async_graphql::{Context, Enum, ID, InputObject, Object};
use entity::tenant::Entity;

/// What can be done to a tenant as it stands; each is a mutation of that name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "Decision")]
pub enum TenantAction {
    /// `pauseTenant`
    Pause,
    /// `resumeTenant`
    Resume,
    /// `archiveTenant`
    Archive,
    /// `restoreTenant`
    Restore,
}

/// What is to be changed of a tenant. What is left out stays; an empty text clears.
#[derive(Debug, InputObject)]
pub struct UpdateTenantInput {
    /// The tenant; must not be archived.
    id: ID,
    /// Lower-case letters, digits and `-`, at most 63; unique within the integration.
    name: Option<String>,
    /// The customer's key in the owner's own system.
    customer_reference: Option<String>,
    /// When it runs: a cron expression of five fields.
    schedule: Option<String>,
    /// Its settings, in place of the old ones: a JSON object of at most 16 KiB.
    configuration: Option<Json>,
    /// Where it came from.
    source: Option<String>,
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
            /// The tenant.
            id: ID,
            /// The version that you have seen; if there is another one by now, nothing is changed and the error is `CONFLICT`.
            expected_version: Option<i32>,
            /// Any text of your own: the same key and input within 24 hours change nothing more and answer the same object.
            idempotency_key: Option<String>,
        }
    )+};
}

inputs! {
    /// What is to stand still.
    PauseTenantInput,
    /// What is to run.
    ResumeTenantInput,
    /// What is to be put away.
    ArchiveTenantInput,
    /// What is to be taken out again.
    RestoreTenantInput,
}

payloads! {
    tenant: Tenant, "The tenant; null if the change was refused.";
    /// What `updateTenant` did.
    UpdateTenantPayload,
    /// What `pauseTenant` did.
    PauseTenantPayload,
    /// What `resumeTenant` did.
    ResumeTenantPayload,
    /// What `archiveTenant` did.
    ArchiveTenantPayload,
    /// What `restoreTenant` did.
    RestoreTenantPayload,
}

/// Edits of tenants.
#[derive(Debug, Default)]
pub struct TenantEdits;

/// Edits of tenants.
#[Object]
impl TenantEdits {
    /// Changes what a tenant is called, when it runs and with which settings. Its partner's users and vendor admins.
    async fn update_tenant(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The change.")] input: UpdateTenantInput,
    ) -> Result<UpdateTenantPayload, Fault> {
        let access = once(ctx, input.idempotency_key.as_deref(), &input)?;
        let id = node::parse::<Entity>(&input.id)?;
        let change = TenantChange {
            name: input.name,
            customer_reference: input.customer_reference,
            schedule: input.schedule,
            configuration: input.configuration.map(|json| json.0),
            source: input.source,
            expected_version: input.expected_version,
        };
        UpdateTenantPayload::of(answered::<Entity>(&access, tenant::update(&access, id, change).await).await)
    }
}

/// Makes the mutations that decide about a tenant.
macro_rules! decisions {
    ($($(#[$doc:meta])* $field:ident($input:ident) -> $payload:ident = $decision:ident;)+) => {
        /// Decisions about tenants.
        #[derive(Debug, Default)]
        pub struct TenantDecisions;

        /// Decisions about tenants.
        #[Object]
        impl TenantDecisions {
            $(
                $(#[$doc])*
                async fn $field(
                    &self,
                    ctx: &Context<'_>,
                    #[graphql(desc = "The tenant.")] input: $input,
                ) -> Result<$payload, Fault> {
                    let access = once(ctx, input.idempotency_key.as_deref(), &input)?;
                    let (id, seen) = (node::parse::<Entity>(&input.id)?, input.expected_version);
                    let done = tenant::decide(&access, id, Decision::$decision, seen).await;
                    $payload::of(answered::<Entity>(&access, done).await)
                }
            )+
        }
    };
}

decisions! {
    /// Lets a tenant stand still. Its partner's users and vendor admins.
    pause_tenant(PauseTenantInput) -> PauseTenantPayload = Pause;
    /// Lets a paused tenant run. Its partner's users and vendor admins.
    resume_tenant(ResumeTenantInput) -> ResumeTenantPayload = Resume;
    /// Puts a tenant away; it keeps its name. Its partner's users and vendor admins.
    archive_tenant(ArchiveTenantInput) -> ArchiveTenantPayload = Archive;
    /// Takes a tenant out again, paused. Its partner's users and vendor admins.
    restore_tenant(RestoreTenantInput) -> RestoreTenantPayload = Restore;
}
