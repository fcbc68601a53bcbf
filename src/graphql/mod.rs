//! The graph: thin types over the domain. A resolver parses ids, calls one function and wraps what it answers.

pub mod account;
pub mod activity;
pub mod ahead;
pub mod api_key;
pub mod below;
pub mod bulk;
pub mod comparator;
pub mod connection;
pub mod context;
pub mod error;
pub mod filter;
pub mod form;
pub mod integration;
pub mod invitation;
pub mod list;
pub mod loaders;
pub mod node;
pub mod object;
pub mod once;
pub mod order;
pub mod organization;
pub mod partner;
mod payload;
pub mod scalar;
pub mod settings;
pub mod subscription;
pub mod tenant;
pub mod total;
pub mod user;
pub mod vendor;

use account::{
    email::EmailMutations, factor::FactorMutations, mutations::AccountMutations, queries::AccountQueries,
    sessions::SessionMutations,
};
use activity::queries::ActivityQueries;
use api_key::{mutations::ApiKeyMutations, queries::ApiKeyQueries};
use async_graphql::{MergedObject, Root, SDLExportOptions, ValidationMode};
use chrono::{DateTime, Utc};
use context::Context;
use form::{mutations::FormMutations, queries::FormQueries};
use integration::{mutations::IntegrationMutations, queries::IntegrationQueries, rounds::IntegrationRounds};
use invitation::{mutations::InvitationMutations, queries::InvitationQueries, visitor::VisitorMutations};
use partner::{
    bulk::PartnerBulkMutations,
    decisions::{PartnerDecisions, PartnerEdits},
    mutations::PartnerMutations,
    over_time::PartnerNumbers,
    queries::PartnerQueries,
};
use settings::{mutations::SettingsMutations, queries::SettingsQueries};
use subscription::Subscription;
use tenant::{
    bulk::TenantBulkMutations,
    decisions::{TenantDecisions, TenantEdits},
    mutations::TenantMutations,
    queries::TenantQueries,
};
use user::{mutations::UserMutations, queries::UserQueries};

/// Everything that can be read.
#[derive(Debug, Default, MergedObject)]
pub struct Query(
    AccountQueries,
    ApiKeyQueries,
    FormQueries,
    PartnerQueries,
    PartnerNumbers,
    UserQueries,
    IntegrationQueries,
    TenantQueries,
    InvitationQueries,
    SettingsQueries,
    ActivityQueries,
);

/// Everything that can be changed. Each mutation takes one `input`, if it has anything to be told, and answers a payload
/// with `userErrors`.
#[derive(Debug, Default, MergedObject)]
pub struct Mutation(
    AccountMutations,
    SessionMutations,
    FactorMutations,
    EmailMutations,
    ApiKeyMutations,
    UserMutations,
    PartnerMutations,
    FormMutations,
    PartnerEdits,
    PartnerDecisions,
    IntegrationMutations,
    IntegrationRounds,
    TenantMutations,
    TenantBulkMutations,
    TenantEdits,
    TenantDecisions,
    InvitationMutations,
    VisitorMutations,
    PartnerBulkMutations,
    SettingsMutations,
);

/// The executable schema.
pub type Schema = async_graphql::Schema<Root<Query>, Root<Mutation>, Subscription>;

/// Builds the schema. Everything per request comes with the request; see [`context::Context`].
pub fn schema() -> Schema {
    let mutation = Root::serial(Mutation::default(), |ctx| Box::pin(ctx.data_unchecked::<Context>().loaders.forget()));
    Schema::build(Root::together(Query::default()), mutation, Subscription)
        .register_output_type::<node::Node>()
        .register_output_type::<organization::Organization>()
        .override_output_type_description::<DateTime<Utc>>(
            "A moment in UTC to the microsecond, like `2027-01-31T08:00:00Z`.",
        )
        // The gate has validated the document; what is left checks for cycles only.
        .validation_mode(ValidationMode::Fast)
        .disable_suggestions()
        .finish()
}

/// The contract, sorted so that a change shows as a change.
pub fn sdl() -> String {
    let options = SDLExportOptions::new()
        .sorted_fields()
        .sorted_arguments()
        .sorted_enum_items()
        .include_specified_by()
        .prefer_single_line_descriptions();
    schema().sdl_with_options(options)
}
