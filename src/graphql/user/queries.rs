//! Users to be read.

use super::object::{User, UserRole, UserStatus};
use crate::{
    domain::order::UserOrder,
    graphql::{
        comparator::{DateTimeFilter, TextFilter, enum_filters},
        filter::filter,
        list::list,
        order::order_by,
    },
};
use entity::user;

order_by! {
    /// What users can be ordered by.
    UserOrderBy of UserOrderField as UserOrder {
        /// By name.
        Name,
        /// By address.
        Email,
        /// By when they were added.
        CreatedAt,
        /// By when they last logged in; never counts as earliest.
        LastLoginAt,
    }
}

enum_filters! {
    /// Compares what a user may do.
    UserRoleFilter of UserRole as user::UserRole;
    /// Compares whether a user can enter.
    UserStatusFilter of UserStatus as user::UserStatus;
}

filter! {
    /// Which users; what is left out says nothing.
    UserFilterInput of user
    search "Words that all occur in name or address, wherever and in whatever case.";
    columns {
        /// By name.
        name: TextFilter = Name;
        /// By address.
        email: TextFilter = Email;
        /// By what they may do.
        role: UserRoleFilter = Role;
        /// By whether they can enter.
        status: UserStatusFilter = Status;
        /// By when they were added.
        created_at: DateTimeFilter = CreatedAt;
        /// By when they last logged in.
        last_login_at: DateTimeFilter = LastLoginAt;
    }
    ids {
        /// Of these partners; `isNull` for the vendor's staff.
        partner_id: "Partner" = PartnerId;
        /// These users.
        id: "User" = Id;
    }
}

list! {
    /// The users that the viewer may see; newest first when no order is given.
    UserQueries.users: User by UserFilterInput, UserOrderBy, UserOrder::CreatedAt;
    /// One user; null if there is none that the viewer may see.
    user by "The user's id."
}
