//! Typed ids: a partner's id cannot be passed where a user's is asked for.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

macro_rules! typed_id {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, DeriveValueType)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl From<Uuid> for $name {
            fn from(uuid: Uuid) -> Self {
                Self(uuid)
            }
        }

        // Asked of every primary key by SeaORM, for databases that number their rows.
        impl sea_orm::TryFromU64 for $name {
            fn try_from_u64(_: u64) -> Result<Self, DbErr> {
                Err(DbErr::ConvertFromU64(stringify!($name)))
            }
        }

        impl From<$name> for Uuid {
            fn from(id: $name) -> Uuid {
                id.0
            }
        }
    )+};
}

typed_id!(
    /// Names the vendor's one row.
    VendorId,
    /// Names a partner.
    PartnerId,
    /// Names a user.
    UserId,
    /// Names an invitation.
    InvitationId,
    /// Names a session.
    SessionId,
    /// Names one published version of a form.
    FormId,
    /// Names a form submission.
    FormSubmissionId,
    /// Names what was agreed to.
    TermsAcceptanceId,
    /// Names an integration.
    IntegrationId,
    /// Names a remark about an integration.
    ReviewCommentId,
    /// Names a tenant.
    TenantId,
    /// Names an outbox row; also the local part of the letter's Message-ID.
    OutboxId,
    /// Names an activity.
    ActivityId,
    /// Names an API key.
    ApiKeyId,
    /// Names an idempotency key.
    IdempotencyKeyId,
);
