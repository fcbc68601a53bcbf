//! Many tenants in one call.

use super::{mutations::CreateTenantRow, object::Tenant};
use crate::{
    domain::tenant,
    fault::Fault,
    graphql::{bulk::bulk_payload, once::once},
};
use async_graphql::{Context, InputObject, Object};
use uuid::Uuid;

/// Tenants to be created.
#[derive(Debug, InputObject)]
pub struct BulkCreateTenantsInput {
    /// 1 to 500 tenants, of one integration or several.
    rows: Vec<CreateTenantRow>,
    /// Only say which rows are in order.
    #[graphql(default)]
    dry_run: bool,
    /// Any text of your own: the same key and input within 24 hours change nothing more and answer the same object.
    idempotency_key: Option<String>,
}

bulk_payload! {
    /// What became of one row.
    BulkCreateTenantsRow { tenant: Tenant }
    /// What `bulkCreateTenants` did.
    BulkCreateTenantsPayload
}

/// Mutations of many tenants.
#[derive(Debug, Default)]
pub struct TenantBulkMutations;

/// Mutations of many tenants.
#[Object]
impl TenantBulkMutations {
    /// Adds up to 500 tenants, paused, to published integrations. Rows that are in order are made, all in one
    /// transaction; the others say what to mend.
    async fn bulk_create_tenants(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The tenants.")] input: BulkCreateTenantsInput,
    ) -> Result<BulkCreateTenantsPayload, Fault> {
        let access = once(ctx, input.idempotency_key.as_deref(), &input)?;
        // An id that is none names nothing, like one of nothing.
        let row = |row: CreateTenantRow| {
            let integration = row.integration().unwrap_or_else(|| Uuid::nil().into());
            row.of(integration)
        };
        let rows = input.rows.into_iter().map(row).collect();
        BulkCreateTenantsPayload::of(&access, tenant::bulk_create(&access, rows, input.dry_run).await).await
    }
}
