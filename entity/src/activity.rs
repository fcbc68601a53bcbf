//! The append-only record of who did what to which object, when.

use sea_orm::entity::prelude::*;

use crate::{ActivityId, ApiKeyId, PartnerId, UserId};

/// Who acted, by kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum ActorKind {
    /// A person.
    #[sea_orm(string_value = "USER")]
    User,
    /// A program with an API key.
    #[sea_orm(string_value = "KEY")]
    Key,
    /// The hub itself, or somebody who was not signed in.
    #[sea_orm(string_value = "SYSTEM")]
    System,
}

/// One thing that somebody did.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "activity")]
pub struct Model {
    /// Time-ordered key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ActivityId,
    /// When.
    pub at: DateTimeUtc,
    /// What, as `partner.created`.
    pub event: String,
    /// Who, by kind.
    pub actor_kind: ActorKind,
    /// Who, if a user.
    pub actor_id: Option<UserId>,
    /// Who, if a program.
    pub key_id: Option<ApiKeyId>,
    /// Which partner it concerns.
    pub partner_id: Option<PartnerId>,
    /// The object's type in the graph.
    pub subject_type: String,
    /// The object.
    pub subject_id: Uuid,
    /// Changes without secrets.
    pub data: Json,
    /// From which network address.
    pub ip: Option<String>,
    /// With which program.
    pub user_agent: Option<String>,
    /// In which request.
    pub request_id: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
