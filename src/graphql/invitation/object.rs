//! The type Invitation.

use crate::{
    domain::{
        invitation as invitations,
        page::{Asked, get},
    },
    fault::Fault,
    graphql::{
        activity::Activity,
        ahead::row,
        context::CurrentRequest,
        loaders::{RowKey, load},
        object::{Shown, object},
        organization::Organization,
        partner::object::Partner,
        scalar::EmailAddress,
        user::object::{User, UserRole},
    },
};
use async_graphql::{Context, Enum, SimpleObject};
use chrono::{DateTime, Utc};
use entity::{invitation, user};

/// Where an invitation stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "invitation::InvitationStatus")]
pub enum InvitationStatus {
    /// Its link works until it expires.
    Pending,
    /// The password is set.
    Accepted,
    /// The invitee refused.
    Declined,
    /// The link ran out; it can be sent again.
    Expired,
    /// An admin took it back; it can be sent again.
    Revoked,
}

/// What became of the newest letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "invitation::DeliveryStatus")]
pub enum DeliveryStatus {
    /// Waits to be sent.
    Queued,
    /// The mail server took it.
    Sent,
    /// Could not be sent yet; the hub tries again by itself.
    Deferred,
    /// The address refused it.
    Bounced,
    /// Given up.
    Failed,
}

async_graphql::enum_leaves!(InvitationStatus, DeliveryStatus);

/// What became of the newest letter.
#[derive(Clone, Debug, SimpleObject)]
pub struct Delivery {
    /// Where it stands.
    status: DeliveryStatus,
    /// Why, in words that a person can act on.
    reason: Option<String>,
    /// When it was last tried.
    last_attempt_at: Option<DateTime<Utc>>,
}

object! {
    /// The one-time way into an account that has no password yet.
    Invitation(invitation)
    columns {
        /// Where the letter goes.
        email: EmailAddress = email |it| EmailAddress(it.clone());
        /// Where it stands.
        status: InvitationStatus = status |it| (*it).into();
        /// A personal line in the letter.
        message: Option<&str> = message |it| it.as_deref();
        /// When a letter last left.
        sent_at: Option<DateTime<Utc>> = sent_at |it| *it;
        /// How many letters have left, reminders included.
        send_count: i32 = send_count |it| *it;
        /// How many links there have been; only the newest works.
        link_count: i32 = generation |it| *it;
        /// From then on the link does not work.
        expires_at: DateTime<Utc> = expires_at |it| *it;
        /// How many reminders have been written for the newest link.
        reminder_count: i32 = reminders |it| *it;
        /// When the next reminder is due; null if there is none.
        next_reminder_at: Option<DateTime<Utc>> = next_reminder_at |it| *it;
        /// When the password was set.
        accepted_at: Option<DateTime<Utc>> = accepted_at |it| *it;
        /// When the invitee refused.
        declined_at: Option<DateTime<Utc>> = declined_at |it| *it;
        /// Why, in the invitee's words.
        decline_reason: Option<&str> = decline_reason |it| it.as_deref();
        /// When an admin took it back.
        revoked_at: Option<DateTime<Utc>> = revoked_at |it| *it;
        /// When it was made.
        created_at: DateTime<Utc> = created_at |it| *it;
        /// When it last changed.
        updated_at: DateTime<Utc> = updated_at |it| *it;
    }
    one {
        /// Who invited. Null if it was the hub itself, or somebody whom the viewer may not see.
        inviter: User = users by inviter_id;
        /// The invitee's partner; null for vendor staff.
        partner: Partner = partners by partner_id;
    }
    resolvers {
        /// Whose account it opens.
        pub async fn user(&self, ctx: &Context<'_>) -> Result<Option<User>, Fault> {
            load!(ctx.request().loaders.users, row::<User>(*get(&self.0.user_id)?, ctx.field()))
        }

        /// What the invitee will be allowed to do; null if the viewer may not see the user.
        pub async fn role(&self, ctx: &Context<'_>) -> Result<Option<UserRole>, Fault> {
            let key = RowKey { id: (*get(&self.0.user_id)?).into(), asked: Asked::of::<user::Entity>("role") };
            let user = load!(ctx.request().loaders.users, key)?;
            user.map(|user| Ok((*get(&user.row().role)?).into())).transpose()
        }

        /// The company that the invitee comes in to.
        pub async fn organization(&self, ctx: &Context<'_>) -> Result<Option<Organization>, Fault> {
            Organization::of(ctx.request(), *get(&self.0.partner_id)?).await
        }

        /// What became of the newest letter.
        pub async fn delivery(&self) -> Result<Delivery, Fault> {
            Ok(Delivery {
                status: (*get(&self.0.delivery_status)?).into(),
                reason: get(&self.0.delivery_reason)?.clone(),
                last_attempt_at: *get(&self.0.delivery_attempted_at)?,
            })
        }

        /// What happened to it, oldest first, at most 100 lines.
        pub async fn history(&self, ctx: &Context<'_>) -> Result<Vec<Activity>, Fault> {
            let lines = invitations::history(&ctx.request().access, *get(&self.0.id)?).await?;
            Ok(lines.into_iter().map(Activity::from).collect())
        }
    }
}
