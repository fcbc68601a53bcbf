//! The one-time way into an account that has no password yet.

use sea_orm::entity::prelude::*;

use crate::{InvitationId, Nonce, PartnerId, TokenHash, UserId};

/// Where an invitation stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum InvitationStatus {
    /// Its link works until it expires.
    #[sea_orm(string_value = "PENDING")]
    Pending,
    /// Used.
    #[sea_orm(string_value = "ACCEPTED")]
    Accepted,
    /// Refused by the invitee.
    #[sea_orm(string_value = "DECLINED")]
    Declined,
    /// Too old.
    #[sea_orm(string_value = "EXPIRED")]
    Expired,
    /// Taken back.
    #[sea_orm(string_value = "REVOKED")]
    Revoked,
}

/// What became of a letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum DeliveryStatus {
    /// Waits in the outbox.
    #[sea_orm(string_value = "QUEUED")]
    Queued,
    /// The relay took it.
    #[sea_orm(string_value = "SENT")]
    Sent,
    /// Will be tried again.
    #[sea_orm(string_value = "DEFERRED")]
    Deferred,
    /// The address refused it.
    #[sea_orm(string_value = "BOUNCED")]
    Bounced,
    /// Given up.
    #[sea_orm(string_value = "FAILED")]
    Failed,
}

/// The one-time way into an account that has no password yet.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "invitation")]
pub struct Model {
    /// Time-ordered key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: InvitationId,
    /// Whose account it opens.
    pub user_id: UserId,
    /// The user's organisation, repeated so that scope needs no join.
    pub partner_id: Option<PartnerId>,
    /// Where the letter goes.
    pub email: String,
    /// Where it stands.
    pub status: InvitationStatus,
    /// Counts the links: a new one kills the old.
    pub generation: i32,
    /// 16 random bytes that go into the token.
    pub nonce: Nonce,
    /// SHA-256 of the token of this generation; the token itself is nowhere.
    #[sea_orm(unique)]
    pub token_hash: TokenHash,
    /// Who invited; empty for the hub itself.
    pub inviter_id: Option<UserId>,
    /// A personal line in the letter.
    pub message: Option<String>,
    /// From then on the link is dead.
    pub expires_at: DateTimeUtc,
    /// When the password was set.
    pub accepted_at: Option<DateTimeUtc>,
    /// When a letter last left.
    pub sent_at: Option<DateTimeUtc>,
    /// How many letters left.
    pub send_count: i32,
    /// What became of the newest letter.
    pub delivery_status: DeliveryStatus,
    /// Why, in words that a person can act on.
    pub delivery_reason: Option<String>,
    /// When delivery was last tried.
    pub delivery_attempted_at: Option<DateTimeUtc>,
    /// When the row was made.
    pub created_at: DateTimeUtc,
    /// When the row last changed.
    pub updated_at: DateTimeUtc,
    /// How long each of its links lives, in hours.
    pub lifetime_hours: i32,
    /// How many reminders have been written for the newest link.
    pub reminders: i32,
    /// When the next reminder is due; empty if there is none.
    pub next_reminder_at: Option<DateTimeUtc>,
    /// When it was taken back.
    pub revoked_at: Option<DateTimeUtc>,
    /// When the invitee refused.
    pub declined_at: Option<DateTimeUtc>,
    /// Why, in the invitee's words.
    pub decline_reason: Option<String>,
    /// The user that `user_id` names.
    #[sea_orm(belongs_to, relation_enum = "User", from = "user_id", to = "id")]
    pub user: BelongsTo<super::user::Entity>,
    /// The user that `inviter_id` names.
    #[sea_orm(belongs_to, relation_enum = "Inviter", from = "inviter_id", to = "id")]
    pub inviter: BelongsTo<Option<super::user::Entity>>,
}

impl ActiveModelBehavior for ActiveModel {}
