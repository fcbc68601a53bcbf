//! What must happen outside after a commit: one row per letter.

use sea_orm::entity::prelude::*;

use crate::{InvitationId, OutboxId};

/// Where an outbox row stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum OutboxState {
    /// Waits for its time.
    #[sea_orm(string_value = "QUEUED")]
    Queued,
    /// A worker holds it.
    #[sea_orm(string_value = "SENDING")]
    Sending,
    /// Done.
    #[sea_orm(string_value = "SENT")]
    Sent,
    /// Given up.
    #[sea_orm(string_value = "FAILED")]
    Failed,
    /// No longer wanted.
    #[sea_orm(string_value = "CANCELLED")]
    Cancelled,
}

/// One letter to send, written in the transaction that caused it.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "outbox")]
pub struct Model {
    /// Time-ordered key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: OutboxId,
    /// Which letter, as `outbox::Letter` names it.
    pub kind: String,
    /// The one address it goes to.
    pub recipient: String,
    /// Ids and plain facts; never a secret.
    pub params: Json,
    /// The invitation whose delivery state it carries.
    pub invitation_id: Option<InvitationId>,
    /// Where it stands.
    pub state: OutboxState,
    /// Tries that were spent.
    pub attempts: i32,
    /// Those of them in which it could not be written.
    pub broken: i32,
    /// Not before then.
    pub next_at: DateTimeUtc,
    /// Until when one worker holds it.
    pub lease_until: Option<DateTimeUtc>,
    /// Which worker holds it.
    pub lease_id: Option<Uuid>,
    /// What the last try said.
    pub last_error: Option<String>,
    /// When it was caused.
    pub created_at: DateTimeUtc,
    /// When the relay took it.
    pub sent_at: Option<DateTimeUtc>,
    /// From then on a temporary failure is final; set by the first one.
    pub give_up_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}
