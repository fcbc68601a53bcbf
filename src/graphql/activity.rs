//! The type Activity.

use super::{context::CurrentRequest, loaders::load, node, partner::object::Partner, scalar::Json, user::object::User};
use crate::{access::Scoped, fault::Fault};
use async_graphql::{Context, ID, Object};
use chrono::{DateTime, Utc};
use entity::activity;

/// One line of the record.
#[derive(Clone, Debug)]
pub struct Activity(activity::Model);

impl From<activity::Model> for Activity {
    fn from(row: activity::Model) -> Self {
        Self(row)
    }
}

/// One line of the record of who did what to which object, when. Lines are added, and never changed or removed.
#[Object]
impl Activity {
    /// Opaque id, unique in the whole graph.
    pub async fn id(&self) -> ID {
        node::encode(activity::Entity::NAME, self.0.id)
    }

    /// What happened, as `partner.created`.
    pub async fn event(&self) -> &str {
        &self.0.event
    }

    /// Who did it. Null if it was the hub itself, or somebody whom the viewer may not see.
    pub async fn actor(&self, ctx: &Context<'_>) -> Result<Option<User>, Fault> {
        User::load(ctx.request(), self.0.actor_id).await
    }

    /// Which partner it concerns. Null if it concerns the vendor alone.
    pub async fn partner(&self, ctx: &Context<'_>) -> Result<Option<Partner>, Fault> {
        let Some(partner) = self.0.partner_id else { return Ok(None) };
        let row = load!(ctx.request().loaders.partners, partner)?;
        Ok(Option::clone(&row).map(Partner::from))
    }

    /// What changed.
    pub async fn data(&self) -> Json {
        Json(self.0.data.clone())
    }

    /// When.
    pub async fn at(&self) -> DateTime<Utc> {
        self.0.at
    }
}
