//! The type User.

use crate::access::Scoped;
use crate::{
    fault::Fault,
    graphql::{
        context::{self, CurrentRequest},
        loaders::load,
        node,
        organization::Organization,
        partner::object::Partner,
        scalar::EmailAddress,
    },
};
use async_graphql::{Context, Enum, ID, Object};
use chrono::{DateTime, Utc};
use entity::{UserId, user};

/// A person with one unique e-mail address.
#[derive(Clone, Debug)]
pub struct User(user::Model);

impl From<user::Model> for User {
    fn from(row: user::Model) -> Self {
        Self(row)
    }
}

impl User {
    /// The user that a row names, if it names one.
    pub async fn load(context: &context::Context, id: Option<UserId>) -> Result<Option<Self>, Fault> {
        let Some(id) = id else { return Ok(None) };
        let row = load!(context.loaders.users, id)?;
        Ok(Option::clone(&row).map(Self))
    }
}

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
}

/// A person with one unique e-mail address, belonging to the vendor or to one partner.
#[Object]
impl User {
    /// Opaque id, unique in the whole graph.
    pub async fn id(&self) -> ID {
        node::encode(user::Entity::NAME, self.0.id)
    }

    /// As the person is called.
    pub async fn name(&self) -> &str {
        &self.0.name
    }

    /// The address, as typed; unique without regard to case.
    pub async fn email(&self) -> EmailAddress {
        EmailAddress(self.0.email.clone())
    }

    /// What the user may do in its own organisation.
    pub async fn role(&self) -> UserRole {
        self.0.role.into()
    }

    /// Whether the user can enter.
    pub async fn status(&self) -> UserStatus {
        self.0.status.into()
    }

    /// The company that the user belongs to.
    pub async fn organization(&self, ctx: &Context<'_>) -> Result<Option<Organization>, Fault> {
        let context = ctx.request();
        match self.0.partner_id {
            Some(partner) => {
                let row = load!(context.loaders.partners, partner)?;
                Ok(Option::clone(&row).map(|row| Organization::Partner(Partner::from(row))))
            }
            None => Ok(Some(Organization::Vendor(context.vendor().await?))),
        }
    }

    /// When the user last logged in.
    pub async fn last_login_at(&self) -> Option<DateTime<Utc>> {
        self.0.last_login_at
    }

    /// When the user was added.
    pub async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at
    }
}
