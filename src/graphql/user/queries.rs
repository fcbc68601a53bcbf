//! Users to be read.

use super::object::{User, UserRole, UserStatus};
use crate::{
    domain::order::UserOrder,
    fault::Fault,
    graphql::{
        ahead,
        comparator::{DateTimeFilter, TextFilter, enum_filters},
        context::CurrentRequest,
        filter::filter,
        list::list,
        node,
        order::order_by,
    },
};
use async_graphql::{Context, ID, Object};
use entity::user::{self, Entity};

order_by! {
    /// What users can be ordered by.
    UserOrderBy of UserOrderField as UserOrder {
        /// By name.
        Name,
        /// By address.
        Email,
        /// By when they were added.
        CreatedAt,
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
        /// Of these partners.
        partner_id: "Partner" = PartnerId;
    }
}

list! {
    /// The users that the viewer may see; newest first when no order is given.
    UserList.users: User by UserFilterInput, UserOrderBy, UserOrder::CreatedAt
}

/// Queries about users.
#[derive(Debug, Default)]
pub struct UserQueries;

/// Queries about users.
#[Object]
impl UserQueries {
    /// One user; null if there is none that the viewer may see.
    async fn user(&self, ctx: &Context<'_>, #[graphql(desc = "The user's id.")] id: ID) -> Result<Option<User>, Fault> {
        let asked = ahead::columns_of_row::<User>(ctx.field());
        let user = node::read::<Entity>(&ctx.request().access, &id, asked).await?.map(User::from);
        Ok(ahead::object(ctx, user).await)
    }
}
