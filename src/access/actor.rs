//! Who asks.

use entity::{PartnerId, SessionId, UserId, partner::PartnerStatus, user};
use std::{fmt, sync::Arc};

/// Who asks, found once per request.
#[derive(Clone, Debug)]
pub enum Actor {
    /// Nobody is signed in.
    Anonymous,
    /// A signed-in user.
    Person(Arc<Person>),
    /// The hub itself: commands, worker, founding.
    System,
}

/// A signed-in user with the rows that the session was resolved to.
pub struct Person {
    /// The session that carried the request.
    pub session_id: SessionId,
    /// Whether the session reaches the Partner Form only.
    pub onboarding: bool,
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
            Self::Anonymous | Self::System => None,
        }
    }

    /// Whose idempotency keys count as one.
    pub fn id(&self) -> Option<uuid::Uuid> {
        self.user_id().map(Into::into)
    }

    /// The signed-in user's id.
    pub fn user_id(&self) -> Option<UserId> {
        self.person().map(|person| person.user.id)
    }

    /// The rows that the actor can reach.
    pub fn reach(&self) -> Reach {
        match self {
            Self::System => Reach::Everything,
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
