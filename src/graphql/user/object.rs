//! The type User.

use crate::{
    access::Action,
    domain::page::{Asked, get},
    fault::Fault,
    graphql::{
        context::CurrentRequest,
        invitation::object::Invitation,
        loaders::{RowKey, load},
        object::{Shown, object},
        organization::Organization,
        scalar::EmailAddress,
    },
};
use async_graphql::{Context, Enum};
use chrono::{DateTime, Utc};
use entity::{partner, user};

/// What a user may do in its own organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "user::UserRole")]
pub enum UserRole {
    /// Runs the organisation.
    Admin,
    /// Works in it.
    Member,
}

/// Whether a user can enter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "user::UserStatus")]
pub enum UserStatus {
    /// Has not set a password yet.
    Invited,
    /// Has a password.
    Active,
    /// Shut out.
    Disabled,
    /// Gone for good: without address and password, in no list, and named by the record alone.
    Deleted,
}

async_graphql::enum_leaves!(UserRole, UserStatus);

object! {
    /// A person with one unique e-mail address, belonging to the vendor or to one partner.
    User(user)
    columns {
        /// As the person is called.
        name: &str = name |it| it;
        /// The address, as typed; unique without regard to case. A deleted user has one under `deleted.invalid`.
        email: EmailAddress = email |it| EmailAddress(it.clone());
        /// What the user may do in its own organisation.
        role: UserRole = role |it| (*it).into();
        /// Whether the user can enter.
        status: UserStatus = status |it| (*it).into();
        /// When the user last logged in.
        last_login_at: Option<DateTime<Utc>> = last_login_at |it| *it;
        /// Counts the edits: a greater one means that somebody has changed it.
        version: i32 = version |it| *it;
        /// When the user was added.
        created_at: DateTime<Utc> = created_at |it| *it;
    }
    resolvers {
        /// Whether it is the one of its organisation who is told of everything.
        pub async fn is_primary_contact(&self, ctx: &Context<'_>) -> Result<bool, Fault> {
            let (context, id) = (ctx.request(), *get(&self.0.id)?);
            let Some(partner) = *get(&self.0.partner_id)? else {
                let vendor = context.vendor().await?;
                return Ok(vendor.row().primary_contact_id.try_as_ref() == Some(&Some(id)));
            };
            let asked = Asked::of::<partner::Entity>("primary_contact_id");
            let partner = load!(context.loaders.partners, RowKey { id: partner.into(), asked })?;
            Ok(partner.is_some_and(|partner| partner.row().primary_contact_id.try_as_ref() == Some(&Some(id))))
        }

        /// Whether logging in takes a code beside the password. Null for whoever is neither the user nor its admin.
        pub async fn second_factor_enabled(&self, ctx: &Context<'_>) -> Result<Option<bool>, Fault> {
            let access = &ctx.request().access;
            let own = access.actor().user_id() == Some(*get(&self.0.id)?);
            let may_know = own || access.permit(Action::ManageUser).is_ok();
            Ok(may_know.then_some(get(&self.0.second_factor_at)?.is_some()))
        }

        /// The company that the user belongs to.
        pub async fn organization(&self, ctx: &Context<'_>) -> Result<Option<Organization>, Fault> {
            Organization::of(ctx.request(), *get(&self.0.partner_id)?).await
        }

        /// The newest invitation that let the user in, or is to. Null for whoever may not see invitations.
        pub async fn invitation(&self, ctx: &Context<'_>) -> Result<Option<Invitation>, Fault> {
            load!(ctx.request().loaders.newest_invitations, *get(&self.0.id)?)
        }
    }
}
