//! Tenants to be read.

use super::object::Tenant;
use crate::{
    domain::order::TenantOrder,
    graphql::{
        comparator::{BooleanFilter, DateTimeFilter, TextFilter},
        filter::filter,
        list::list,
        order::order_by,
    },
};

order_by! {
    /// What tenants can be ordered by.
    TenantOrderBy of TenantOrderField as TenantOrder {
        /// By name.
        Name,
        /// By when they were created.
        CreatedAt,
        /// By when they last changed.
        UpdatedAt,
        /// By when they were archived; those that are not count as earliest.
        ArchivedAt,
    }
}

filter! {
    /// Which tenants; what is left out says nothing.
    TenantFilterInput of tenant
    search "Words that all occur in its name or the customer's reference, wherever and in whatever case.";
    columns {
        /// By name.
        name: TextFilter = Name;
        /// By the customer's key in the owner's own system.
        customer_reference: TextFilter = CustomerReference;
        /// By whether they stand still.
        paused: BooleanFilter = Paused;
        /// By where they came from.
        source: TextFilter = Source;
        /// By when they were created.
        created_at: DateTimeFilter = CreatedAt;
        /// By when they last changed.
        updated_at: DateTimeFilter = UpdatedAt;
        /// By when they were archived.
        archived_at: DateTimeFilter = ArchivedAt;
    }
    ids {
        /// Of these partners; `isNull` for those of the vendor's own integrations.
        partner_id: "Partner" = PartnerId;
        /// Of these integrations.
        integration_id: "Integration" = IntegrationId;
        /// These tenants.
        id: "Tenant" = Id;
    }
}

list! {
    /// The tenants that the viewer may see; newest first when no order is given.
    TenantQueries.tenants: Tenant by TenantFilterInput, TenantOrderBy, TenantOrder::CreatedAt;
    /// One tenant; null if there is none that the viewer may see.
    tenant by "The tenant's id."
}
