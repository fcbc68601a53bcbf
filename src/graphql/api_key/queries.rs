//! API keys to be read.

use super::object::ApiKey;
use crate::{
    domain::order::ApiKeyOrder,
    graphql::{
        comparator::{DateTimeFilter, TextFilter},
        filter::filter,
        list::list,
        order::order_by,
        user::queries::UserRoleFilter,
    },
};

order_by! {
    /// What API keys can be ordered by.
    ApiKeyOrderBy of ApiKeyOrderField as ApiKeyOrder {
        /// By name.
        Name,
        /// By when they were made.
        CreatedAt,
        /// By when they end.
        ExpiresAt,
    }
}

filter! {
    /// Which API keys; what is left out says nothing.
    ApiKeyFilterInput of api_key
    columns {
        /// By name.
        name: TextFilter = Name;
        /// By whom they act like.
        role: UserRoleFilter = Role;
        /// By when they end.
        expires_at: DateTimeFilter = ExpiresAt;
        /// By when they were last used.
        last_used_at: DateTimeFilter = LastUsedAt;
        /// By when they were revoked.
        revoked_at: DateTimeFilter = RevokedAt;
        /// By when they were made.
        created_at: DateTimeFilter = CreatedAt;
    }
    ids {}
}

list! {
    /// The vendor's API keys, also those that were revoked or ran out; newest first when no order is given. Nobody else
    /// has any.
    ApiKeyQueries.api_keys: ApiKey by ApiKeyFilterInput, ApiKeyOrderBy, ApiKeyOrder::CreatedAt
}
