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
    }
    ids {
        /// Of this partner.
        partner_id: "Partner" = PartnerId;
    }
}

list! {
    /// The invitations that the viewer may see; newest first when no order is given.
    InvitationQueries.invitations: Invitation by InvitationFilterInput, InvitationOrderBy, InvitationOrder::CreatedAt;
    /// One invitation; null if there is none that the viewer may see.
    invitation by "The invitation's id."
}
