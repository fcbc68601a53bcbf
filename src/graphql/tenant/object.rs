//! The type Tenant.

use crate::{
    access::Scoped,
    fault::Fault,
    graphql::{
        context::CurrentRequest, integration::object::Integration, loaders::load, node, partner::object::Partner,
        scalar::Json,
    },
};
use async_graphql::{Context, ID, Object};
use chrono::{DateTime, Utc};
use entity::tenant;

/// One customer's installation of one integration.
#[derive(Clone, Debug)]
pub struct Tenant(tenant::Model);

impl From<tenant::Model> for Tenant {
    fn from(row: tenant::Model) -> Self {
        Self(row)
    }
}

/// One customer's installation of one published integration.
#[Object]
impl Tenant {
    /// Opaque id, unique in the whole graph.
    pub async fn id(&self) -> ID {
        node::encode(tenant::Entity::NAME, self.0.id)
    }

    /// Its name, unique within the integration.
    pub async fn name(&self) -> &str {
        &self.0.name
    }

    /// What is installed.
    pub async fn integration(&self, ctx: &Context<'_>) -> Result<Integration, Fault> {
        let row = load!(ctx.request().loaders.integrations, self.0.integration_id)?;
        Option::clone(&row).map(Integration::from).ok_or(Fault::NotFound)
    }

    /// The integration's owner; null if the vendor owns it.
    pub async fn partner(&self, ctx: &Context<'_>) -> Result<Option<Partner>, Fault> {
        let Some(partner) = self.0.partner_id else { return Ok(None) };
        let row = load!(ctx.request().loaders.partners, partner)?;
        Ok(Option::clone(&row).map(Partner::from))
    }

    /// The customer's key in the owner's own system.
    pub async fn customer_reference(&self) -> Option<&str> {
        self.0.customer_reference.as_deref()
    }

    /// Whether it stands still; true at creation.
    pub async fn paused(&self) -> bool {
        self.0.paused
    }

    /// When it was archived, while it is.
    pub async fn archived_at(&self) -> Option<DateTime<Utc>> {
        self.0.archived_at
    }

    /// When it runs: a cron expression of five fields.
    pub async fn schedule(&self) -> Option<&str> {
        self.0.schedule.as_deref()
    }

    /// Its settings: a JSON object.
    pub async fn configuration(&self) -> Json {
        Json(self.0.configuration.clone())
    }

    /// Where it came from.
    pub async fn source(&self) -> Option<&str> {
        self.0.source.as_deref()
    }

    /// When it was created.
    pub async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at
    }

    /// When it last changed.
    pub async fn updated_at(&self) -> DateTime<Utc> {
        self.0.updated_at
    }

    /// Counts the edits: a greater one means that somebody has changed it.
    pub async fn version(&self) -> i32 {
        self.0.version
    }
}
