//! Many invitations in one call.

use super::{mutations::InvitePartnerInput, object::Partner};
use crate::{
    domain::partner,
    fault::Fault,
    graphql::{bulk::bulk_payload, once::once},
};
use async_graphql::{Context, InputObject, Object};

/// Partners to be invited.
#[derive(Debug, InputObject)]
pub struct BulkInvitePartnersInput {
    /// 1 to 500 partners.
    rows: Vec<InvitePartnerInput>,
    /// Only say which rows are in order.
    #[graphql(default)]
    dry_run: bool,
    /// Any text of your own: the same key and input within 24 hours change nothing more and answer the same object.
    idempotency_key: Option<String>,
}

bulk_payload! {
    /// What became of one row.
    BulkInviteRow { partner: Partner }
    /// What `bulkInvitePartners` did.
    BulkInvitePartnersPayload
}

/// Mutations of many partners.
#[derive(Debug, Default)]
pub struct PartnerBulkMutations;

/// Mutations of many partners.
#[Object]
impl PartnerBulkMutations {
    /// Invites up to 500 partners. Rows that are in order are invited, all in one transaction; the others say what to
    /// mend. Letters leave one a second. Vendor admins only.
    async fn bulk_invite_partners(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The partners.")] input: BulkInvitePartnersInput,
    ) -> Result<BulkInvitePartnersPayload, Fault> {
        let access = once(ctx, input.idempotency_key.as_deref(), &input)?;
        let rows = input.rows.into_iter().map(Into::into).collect();
        BulkInvitePartnersPayload::of(&access, partner::bulk_invite(&access, rows, input.dry_run).await).await
    }
}
