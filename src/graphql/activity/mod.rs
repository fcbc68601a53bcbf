//! The type Activity.

pub mod queries;

use super::node::{self, Node};
use crate::{
    access::Action,
    domain::page::get,
    fault::Fault,
    graphql::{
        api_key::object::ApiKey, context::CurrentRequest, loaders::load, object::object, partner::object::Partner,
        scalar::Json, user::object::User,
    },
};
use async_graphql::{Context, Enum};
use chrono::{DateTime, Utc};
use entity::activity;

/// Who acted, by kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "activity::ActorKind")]
pub enum ActorKind {
    /// A person.
    User,
    /// A program with an API key.
    Key,
    /// The hub itself, or somebody who was not signed in.
    System,
}

async_graphql::enum_leaves!(ActorKind);

object! {
    /// One line of the record of who did what to which object, when. Lines are added, and never changed or removed.
    Activity(activity)
    columns {
        /// What happened, as `partner.created`.
        event: &str = event |it| it;
        /// What changed.
        data: Json = data |it| Json(it.clone());
        /// When.
        at: DateTime<Utc> = at |it| *it;
        /// Who did it, by kind.
        actor_kind: ActorKind = actor_kind |it| (*it).into();
        /// In which request, as in the log.
        request_id: Option<&str> = request_id |it| it.as_deref();
    }
    one {
        /// Which user did it. Null if it was a program or the hub itself, or somebody whom the viewer may not see.
        actor: User = users by actor_id;
        /// With which key it was done, if by a program.
        api_key: ApiKey = api_keys by key_id;
        /// Which partner it concerns. Null if it concerns the vendor alone.
        partner: Partner = partners by partner_id;
    }
    resolvers {
        /// The object that it was done to; null if it is gone, or if the viewer may not see it.
        pub async fn subject(&self, ctx: &Context<'_>) -> Result<Option<Node>, Fault> {
            let id = node::encode(get(&self.0.subject_type)?, *get(&self.0.subject_id)?);
            load!(ctx.request().loaders.nodes, id)
        }

        /// From which network address. Vendor admins only.
        pub async fn address(&self, ctx: &Context<'_>) -> Result<Option<&str>, Fault> {
            ctx.request().access.permit(Action::ReadAddress)?;
            Ok(get(&self.0.ip)?.as_deref())
        }

        /// With which program, as it called itself. Vendor admins only.
        pub async fn user_agent(&self, ctx: &Context<'_>) -> Result<Option<&str>, Fault> {
            ctx.request().access.permit(Action::ReadAddress)?;
            Ok(get(&self.0.user_agent)?.as_deref())
        }
    }
}
