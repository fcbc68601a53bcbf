//! Many invitations in one call.

use super::{mutations::InvitePartnerInput, object::Partner};
use crate::{
    domain::partner,
    fault::{Fault, Refusal},
    graphql::{
        error::{UserError, settle},
        once::once,
    },
};
use async_graphql::{Context, InputObject, Object, SimpleObject};

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

/// What became of one row.
#[derive(Debug, SimpleObject)]
pub struct BulkInviteRow {
    /// Its place in the list, from 0.
    index: i32,
    /// Whether it was invited, or would be.
    accepted: bool,
    /// The partner; null if the row was refused, or if nothing was to be made.
    partner: Option<Partner>,
    /// What to mend in this row; `field` begins with `rows` and the row's place.
    user_errors: Vec<UserError>,
}

/// What `bulkInvitePartners` did.
#[derive(Debug, SimpleObject)]
pub struct BulkInvitePartnersPayload {
    /// One result for each row, in the order of the rows.
    rows: Vec<BulkInviteRow>,
    /// How many were invited, or would be.
    accepted_count: i32,
    /// How many were refused.
    refused_count: i32,
    /// What to mend in the list as a whole.
    user_errors: Vec<UserError>,
}

/// Mutations of many partners.
#[derive(Debug, Default)]
pub struct BulkMutations;

/// Mutations of many partners.
#[Object]
impl BulkMutations {
    /// Invites up to 500 partners. Rows that are in order are invited, all in one transaction; the others say what to
    /// mend. Letters leave one a second. Vendor admins only.
    async fn bulk_invite_partners(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The partners.")] input: BulkInvitePartnersInput,
    ) -> Result<BulkInvitePartnersPayload, Fault> {
        let access = once(ctx, input.idempotency_key.as_deref(), &input)?;
        let rows = input.rows.into_iter().map(Into::into).collect();
        let mut done = partner::bulk_invite(&access, rows, input.dry_run).await;
        if let Err(Refusal::Fault(Fault::Repeated(result))) = done {
            done = Ok(partner::bulk_invited(&access, result).await?);
        }
        let (rows, user_errors) = settle(done)?;
        let rows = rows.unwrap_or_default().into_iter().zip(0..).map(|(row, index)| BulkInviteRow {
            index,
            accepted: row.errors.is_empty(),
            partner: row.partner.map(Partner::from),
            user_errors: row.errors.into_iter().map(UserError::from).collect(),
        });
        let rows: Vec<_> = rows.collect();
        let count = |accepted| i32::try_from(rows.iter().filter(|row| row.accepted == accepted).count()).unwrap_or(0);
        Ok(BulkInvitePartnersPayload { accepted_count: count(true), refused_count: count(false), rows, user_errors })
    }
}
