//! The type Tenant.

use crate::{
    access::Scoped,
    fault::Fault,
    graphql::{
        context::CurrentRequest, integration::object::Integration, loaders::load, node, object::object,
        partner::object::Partner, scalar::Json,
    },
};
use async_graphql::{Context, ID};
use chrono::{DateTime, Utc};
use entity::tenant;

object! {
    /// One customer's installation of one published integration.
    Tenant(tenant)
    columns {
        /// Opaque id, unique in the whole graph.
        id: ID = |row| node::encode(tenant::Entity::NAME, row.id);
        /// Its name, unique within the integration.
        name: &str = |row| &row.name;
        /// The customer's key in the owner's own system.
        customer_reference: Option<&str> = |row| row.customer_reference.as_deref();
        /// Whether it stands still; true at creation.
        paused: bool = |row| row.paused;
        /// When it was archived, while it is.
        archived_at: Option<DateTime<Utc>> = |row| row.archived_at;
        /// When it runs: a cron expression of five fields.
        schedule: Option<&str> = |row| row.schedule.as_deref();
        /// Its settings: a JSON object.
        configuration: Json = |row| Json(row.configuration.clone());
        /// Where it came from.
        source: Option<&str> = |row| row.source.as_deref();
        /// When it was created.
        created_at: DateTime<Utc> = |row| row.created_at;
        /// When it last changed.
        updated_at: DateTime<Utc> = |row| row.updated_at;
        /// Counts the edits: a greater one means that somebody has changed it.
        version: i32 = |row| row.version;
    }
    one {
        /// The integration's owner; null if the vendor owns it.
        partner: Partner = partners by partner_id;
    }
    resolvers {
        /// What is installed.
        pub async fn integration(&self, ctx: &Context<'_>) -> Result<Integration, Fault> {
            load!(ctx.request().loaders.integrations, self.0.integration_id)?.ok_or(Fault::NotFound)
        }
    }
}
