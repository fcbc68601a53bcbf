//! Many invitations in one call.

use super::{mutations::PrimaryContactInput, object::Partner};
use crate::{
    domain::partner::{self, ForAll, NewPartner},
    fault::Fault,
    graphql::{bulk::bulk_payload, once::once, scalar::Url},
};
use async_graphql::{Context, InputObject, Object};

/// One partner of a list.
#[derive(Debug, InputObject)]
pub struct InvitePartnerRow {
    /// The organisation's name, at most 200 characters.
    name: String,
    /// Who runs it; is sent a link to set a password and then answers the Partner Form.
    primary_contact: PrimaryContactInput,
    /// Its website.
    website: Option<Url>,
    /// The vendor's own key for it.
    external_id: Option<String>,
    /// A personal line in the letter, in place of the list's; at most 5,000 characters.
    message: Option<String>,
    /// How long the link in the letter works, in place of the list's; 1 to 720 hours.
    expires_in_hours: Option<i32>,
}

impl From<InvitePartnerRow> for NewPartner {
    fn from(row: InvitePartnerRow) -> Self {
        Self {
            name: row.name,
            contact_name: row.primary_contact.name,
            contact_email: row.primary_contact.email.0,
            website: row.website.map(|url| url.0),
            external_id: row.external_id,
            message: row.message,
            expires_in_hours: row.expires_in_hours,
        }
    }
}

/// Partners to be invited.
#[derive(Debug, InputObject)]
pub struct BulkInvitePartnersInput {
    /// 1 to 500 partners.
    rows: Vec<InvitePartnerRow>,
    /// A personal line in the letters to all whose row has none of its own, at most 5,000 characters.
    message: Option<String>,
    /// How long the links work in all letters whose row does not say so itself, 1 to 720 hours; the vendor's own rule when
    /// not said.
    expires_in_hours: Option<i32>,
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
        let for_all = ForAll { message: input.message, expires_in_hours: input.expires_in_hours };
        let rows = input.rows.into_iter().map(Into::into).collect();
        BulkInvitePartnersPayload::of(&access, partner::bulk_invite(&access, rows, for_all, input.dry_run).await).await
    }
}
