//! Integrations to be read.

use super::object::{Integration, IntegrationStatus, IntegrationType};
use crate::{
    domain::order::IntegrationOrder,
    graphql::{
        comparator::{DateTimeFilter, TextFilter, TextListFilter, enum_filters},
        filter::filter,
        list::list,
        order::order_by,
    },
};
use entity::integration;

order_by! {
    /// What integrations can be ordered by.
    IntegrationOrderBy of IntegrationOrderField as IntegrationOrder {
        /// By name.
        Name,
        /// By status, in the order of the alphabet.
        Status,
        /// By when they were created.
        CreatedAt,
        /// By when they last changed.
        UpdatedAt,
        /// By when they were last submitted; never counts as earliest.
        SubmittedAt,
        /// By when they were published; those that are not count as earliest.
        PublishedAt,
    }
}

enum_filters! {
    /// Compares what an integration is made of.
    IntegrationTypeFilter of IntegrationType as integration::IntegrationKind;
    /// Compares where an integration stands.
    IntegrationStatusFilter of IntegrationStatus as integration::IntegrationStatus;
}

filter! {
    /// Which integrations; what is left out says nothing.
    IntegrationFilterInput of integration
    search "Words that all occur in its name, slug or external key, wherever and in whatever case.";
    columns {
        /// By name.
        name: TextFilter = Name;
        /// By what they are made of.
        r#type: IntegrationTypeFilter = Kind;
        /// By where they stand.
        status: IntegrationStatusFilter = Status;
        /// By when they were created.
        created_at: DateTimeFilter = CreatedAt;
        /// By when they last changed.
        updated_at: DateTimeFilter = UpdatedAt;
        /// By when they were last submitted.
        submitted_at: DateTimeFilter = SubmittedAt;
        /// By when they were published.
        published_at: DateTimeFilter = PublishedAt;
        /// By when they were archived, if they are.
        archived_at: DateTimeFilter = ArchivedAt;
        /// By what they are about.
        categories: TextListFilter = Categories;
        /// By their tags.
        tags: TextListFilter = Tags;
    }
    ids {
        /// Of these partners; `isNull` for the vendor's own.
        partner_id: "Partner" = PartnerId;
        /// These integrations.
        id: "Integration" = Id;
    }
}

list! {
    /// The integrations that the viewer may see; newest first when no order is given.
    IntegrationQueries.integrations: Integration by IntegrationFilterInput, IntegrationOrderBy, IntegrationOrder::CreatedAt;
    /// One integration; null if there is none that the viewer may see.
    integration by "The integration's id."
}
