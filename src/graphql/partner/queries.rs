//! Partners to be read.

use super::object::{Partner, PartnerOrigin, PartnerStatus};
use crate::{
    domain::order::PartnerOrder,
    graphql::{
        comparator::{DateTimeFilter, TextFilter, TextListFilter, enum_filters},
        connection::Total,
        filter::filter,
        list::list,
        order::order_by,
    },
};
use entity::partner;

order_by! {
    /// What partners can be ordered by.
    PartnerOrderBy of PartnerOrderField as PartnerOrder {
        /// By name.
        Name,
        /// By status, in the order of the alphabet.
        Status,
        /// By when they were created or invited.
        CreatedAt,
        /// By when they last changed.
        UpdatedAt,
        /// By when they were last approved; never counts as earliest.
        ApprovedAt,
        /// By when they were suspended; those that are not count as earliest.
        SuspendedAt,
        /// By when they were archived; those that are not count as earliest.
        ArchivedAt,
    }
}

enum_filters! {
    /// Compares where a partner stands.
    PartnerStatusFilter of PartnerStatus as partner::PartnerStatus;
    /// Compares how a partner came.
    PartnerOriginFilter of PartnerOrigin as partner::PartnerOrigin;
}

filter! {
    /// Which partners; what is left out says nothing.
    PartnerFilterInput of partner
    search "Words that all occur in its name, external id or website, or in its primary contact's name or address, wherever and in whatever case.";
    columns {
        /// By name.
        name: TextFilter = Name;
        /// By where they stand.
        status: PartnerStatusFilter = Status;
        /// By how they came.
        origin: PartnerOriginFilter = Origin;
        /// By the key in the vendor's own systems.
        external_id: TextFilter = ExternalId;
        /// By when they were created or invited.
        created_at: DateTimeFilter = CreatedAt;
        /// By when they last changed.
        updated_at: DateTimeFilter = UpdatedAt;
        /// By when they were approved.
        approved_at: DateTimeFilter = ApprovedAt;
        /// By when they were suspended, if they are.
        suspended_at: DateTimeFilter = SuspendedAt;
        /// By when they were archived, if they are.
        archived_at: DateTimeFilter = ArchivedAt;
        /// By when the Partner Form was submitted.
        form_submitted_at: DateTimeFilter = FormSubmittedAt;
        /// By their labels.
        labels: TextListFilter = Labels;
    }
    ids {
        /// These partners.
        id: "Partner" = Id;
        /// By primary contact.
        primary_contact_id: "User" = PrimaryContactId;
    }
}

list! {
    /// The partners that the viewer may see; newest first when no order is given.
    PartnerQueries.partners: Partner by PartnerFilterInput, PartnerOrderBy, PartnerOrder::CreatedAt, all Total::Partners;
    /// One partner; null if there is none that the viewer may see.
    partner by "The partner's id."
}
