//! The record to be read.

use super::{Activity, ActorKind};
use crate::{
    domain::order::ActivityOrder,
    graphql::{
        comparator::{DateTimeFilter, TextFilter, enum_filters},
        filter::filter,
        list::list,
        order::order_by,
    },
};
use entity::activity;

order_by! {
    /// What the record can be ordered by.
    ActivityOrderBy of ActivityOrderField as ActivityOrder {
        /// By when it was done.
        At,
    }
}

enum_filters! {
    /// Compares who acted, by kind.
    ActorKindFilter of ActorKind as activity::ActorKind;
}

filter! {
    /// Which lines of the record; what is left out says nothing.
    ActivityFilterInput of activity
    columns {
        /// By what happened, as `partner.created`.
        event: TextFilter = Event;
        /// By when.
        at: DateTimeFilter = At;
        /// By who did it, by kind.
        actor_kind: ActorKindFilter = ActorKind;
        /// By the type of the object that it was done to, as `Partner`.
        subject_type: TextFilter = SubjectType;
    }
    ids {
        /// About these partners; `isNull` for what concerns the vendor alone.
        partner_id: "Partner" = PartnerId;
        /// Done by these users.
        actor_id: "User" = ActorId;
        /// Done with these API keys.
        api_key_id: "ApiKey" = KeyId;
    }
}

list! {
    /// The record of who did what, as far as the viewer may see it; newest first when no order is given.
    ActivityQueries.activity: Activity by ActivityFilterInput, ActivityOrderBy, ActivityOrder::At
}
