//! Invitations to be read.

use super::object::{DeliveryStatus, Invitation, InvitationStatus};
use crate::{
    domain::order::InvitationOrder,
    graphql::{
        comparator::{DateTimeFilter, TextFilter, enum_filters},
        filter::filter,
        list::list,
        order::order_by,
    },
};
use entity::invitation;

order_by! {
    /// What invitations can be ordered by.
    InvitationOrderBy of InvitationOrderField as InvitationOrder {
        /// By when they were made.
        CreatedAt,
        /// By when the link ends.
        ExpiresAt,
        /// By address.
        Email,
    }
}

enum_filters! {
    /// Compares where an invitation stands.
    InvitationStatusFilter of InvitationStatus as invitation::InvitationStatus;
    /// Compares what became of the newest letter.
    DeliveryStatusFilter of DeliveryStatus as invitation::DeliveryStatus;
}

filter! {
    /// Which invitations; what is left out says nothing.
    InvitationFilterInput of invitation
    columns {
        /// By where they stand.
        status: InvitationStatusFilter = Status;
        /// By what became of the newest letter.
        delivery: DeliveryStatusFilter = DeliveryStatus;
        /// By address.
        email: TextFilter = Email;
        /// By when they were made.
        created_at: DateTimeFilter = CreatedAt;
        /// By when the link ends.
        expires_at: DateTimeFilter = ExpiresAt;
        /// By when they were accepted.
        accepted_at: DateTimeFilter = AcceptedAt;
    }
    ids {
        /// Of this partner; `isNull` for those of the vendor's staff.
        partner_id: "Partner" = PartnerId;
        /// Of these users.
        user_id: "User" = UserId;
    }
}

list! {
    /// The invitations that the viewer may see; newest first when no order is given.
    InvitationQueries.invitations: Invitation by InvitationFilterInput, InvitationOrderBy, InvitationOrder::CreatedAt;
    /// One invitation; null if there is none that the viewer may see.
    invitation by "The invitation's id."
}
