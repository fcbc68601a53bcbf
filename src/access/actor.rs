//! Who asks.

use crate::fault::Fault;
use chrono::{DateTime, Utc};
use entity::{ApiKeyId, PartnerId, SessionId, UserId, api_key::Scope, partner::PartnerStatus, user};
use std::{fmt, sync::Arc};

/// Who asks, found once per request.
#[derive(Clone, Debug)]
pub enum Actor {
    /// Nobody is signed in.
    Anonymous,
    /// A signed-in user.
    Person(Arc<Person>),
    /// A program with an API key.
    Key(Arc<Key>),
    /// The hub itself: commands, worker, founding.
    System,
}

/// A signed-in user with the rows that the session was resolved to.
pub struct Person {
    /// The session that carried the request.
    pub session_id: SessionId,
    /// Whether the session reaches only what is left to be done: the Partner Form, or setting up a second factor.
    pub onboarding: bool,
    /// When the user last proved to be who the session says.
    pub authenticated_at: DateTime<Utc>,
    /// The user's row.
    pub user: user::Model,
    /// Where the user's partner stands; `None` for vendor staff.
    pub partner_status: Option<PartnerStatus>,
    /// Whether that partner has submitted its form.
    pub form_submitted: bool,
}

impl fmt::Debug for Person {
    /// Whoever prints an actor, or anything that holds one, prints no password's hash with it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Person")
            .field("user", &self.user.id)
            .field("session", &self.session_id)
            .field("onboarding", &self.onboarding)
            .finish_non_exhaustive()
    }
}

/// A program with an API key of the vendor's.
#[derive(Debug)]
pub struct Key {
    /// Which key.
    pub id: ApiKeyId,
    /// What it is for.
    pub name: String,
    /// Which of the vendor's users it acts like.
    pub role: user::UserRole,
    /// What it may do of what they may.
    pub scopes: Vec<Scope>,
}

impl Key {
    /// Whether this is among what the key may do. Who may write may read what it writes.
    pub fn covers(&self, scope: Scope) -> bool {
        let writes = match scope {
            Scope::PartnersRead => Some(Scope::PartnersWrite),
            Scope::IntegrationsRead => Some(Scope::IntegrationsWrite),
            Scope::TenantsRead => Some(Scope::TenantsWrite),
            _ => None,
        };
        self.scopes.iter().any(|own| *own == scope || Some(*own) == writes)
    }
}

/// What an actor is, as far as permission goes: the columns of the table in `policy`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Not signed in.
    Anonymous,
    /// Signed in, partner not approved yet.
    Onboarding,
    /// Works for a partner.
    PartnerMember,
    /// Runs a partner.
    PartnerAdmin,
    /// Works for the vendor.
    VendorMember,
    /// Runs the hub.
    VendorAdmin,
    /// The hub itself.
    System,
}

impl Actor {
    /// The column of the policy table.
    pub fn role(&self) -> Role {
        match self {
            Self::Anonymous => Role::Anonymous,
            Self::System => Role::System,
            Self::Key(key) if key.role == user::UserRole::Admin => Role::VendorAdmin,
            Self::Key(_) => Role::VendorMember,
            Self::Person(person) if person.onboarding => Role::Onboarding,
            Self::Person(person) => match (person.user.partner_id, person.user.role) {
                (None, user::UserRole::Admin) => Role::VendorAdmin,
                (None, user::UserRole::Member) => Role::VendorMember,
                (Some(_), user::UserRole::Admin) => Role::PartnerAdmin,
                (Some(_), user::UserRole::Member) => Role::PartnerMember,
            },
        }
    }

    /// The signed-in user.
    pub fn person(&self) -> Option<&Arc<Person>> {
        match self {
            Self::Person(person) => Some(person),
            Self::Anonymous | Self::Key(_) | Self::System => None,
        }
    }

    /// Who is signed in, whether a user or a program: whose idempotency keys and open connections count as one.
    pub fn id(&self) -> Option<uuid::Uuid> {
        match self {
            Self::Person(person) => Some(person.user.id.into()),
            Self::Key(key) => Some(key.id.into()),
            Self::Anonymous | Self::System => None,
        }
    }

    /// The organisation that the actor works for: a partner, or `None` for the vendor.
    pub fn organization(&self) -> Result<Option<PartnerId>, Fault> {
        match self {
            Self::Person(person) => Ok(person.user.partner_id),
            // Keys are the vendor's.
            Self::Key(_) | Self::System => Ok(None),
            Self::Anonymous => Err(Fault::Unauthenticated),
        }
    }

    /// The API key's id.
    pub fn key_id(&self) -> Option<ApiKeyId> {
        match self {
            Self::Key(key) => Some(key.id),
            Self::Anonymous | Self::Person(_) | Self::System => None,
        }
    }

    /// What the actor is called.
    pub fn name(&self) -> Option<&str> {
        match self {
            Self::Person(person) => Some(&person.user.name),
            Self::Key(key) => Some(&key.name),
            Self::Anonymous | Self::System => None,
        }
    }

    /// The signed-in user's id.
    pub fn user_id(&self) -> Option<UserId> {
        self.person().map(|person| person.user.id)
    }

    /// The rows that the actor can reach.
    pub fn reach(&self) -> Reach {
        match self {
            Self::System | Self::Key(_) => Reach::Everything,
            Self::Anonymous => Reach::Nothing,
            Self::Person(person) => person.user.partner_id.map_or(Reach::Everything, Reach::Partner),
        }
    }
}

/// The rows that an actor can reach, before it is asked what it may do with them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// None.
    Nothing,
    /// Those of one partner.
    Partner(PartnerId),
    /// All: vendor staff and the hub itself.
    Everything,
}
