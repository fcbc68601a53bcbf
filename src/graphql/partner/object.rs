//! The type Partner.

use crate::{
    access::Scoped,
    fault::Fault,
    graphql::{
        context::CurrentRequest,
        form::object::FormSubmission,
        integration::object::Integration,
        loaders::load,
        node,
        object::object,
        scalar::Url,
        tenant::object::Tenant,
        user::object::User,
    },
};
use async_graphql::{Context, Enum, ID};
use chrono::{DateTime, Utc};
use entity::partner;

/// Where a partner stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "partner::PartnerStatus")]
pub enum PartnerStatus {
    /// Invited; has not finished onboarding.
    Pending,
    /// Its users may enter the hub.
    Approved,
    /// Refused by a vendor admin.
    Rejected,
    /// Shut out for a time.
    Suspended,
    /// Put away.
    Archived,
}

/// Which mutation a partner came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "partner::PartnerOrigin")]
pub enum PartnerOrigin {
    /// `createPartner`: approved at once.
    Created,
    /// `invitePartner`: pending until onboarded.
    Invited,
}

async_graphql::enum_leaves!(PartnerStatus, PartnerOrigin);

object! {
    /// An organisation that builds integrations for the vendor.
    Partner(partner)
    columns {
        /// Opaque id, unique in the whole graph.
        id: ID = |row| node::encode(partner::Entity::NAME, row.id);
        /// As the vendor calls it.
        name: &str = |row| &row.name;
        /// Where it stands.
        status: PartnerStatus = |row| row.status.into();
        /// Why it was moved there, in the words of who moved it.
        status_reason: Option<&str> = |row| row.status_reason.as_deref();
        /// Which mutation it came from.
        origin: PartnerOrigin = |row| row.origin.into();
        /// Its website.
        website: Option<Url> = |row| row.website.clone().map(Url);
        /// Its logo.
        logo_url: Option<Url> = |row| row.logo_url.clone().map(Url);
        /// The vendor's own key for it.
        external_id: Option<&str> = |row| row.external_id.as_deref();
        /// Free labels.
        labels: &[String] = |row| &row.labels.0;
        /// Counts the edits: a greater one means that somebody has changed it.
        version: i32 = |row| row.version;
        /// When it was last approved.
        approved_at: Option<DateTime<Utc>> = |row| row.approved_at;
        /// When it was suspended, while it is.
        suspended_at: Option<DateTime<Utc>> = |row| row.suspended_at;
        /// When it was archived, while it is.
        archived_at: Option<DateTime<Utc>> = |row| row.archived_at;
        /// When it was created or invited.
        created_at: DateTime<Utc> = |row| row.created_at;
        /// When it last changed.
        updated_at: DateTime<Utc> = |row| row.updated_at;
    }
    children {
        /// Its users, oldest first.
        users: User = partner_users, PartnerUsers;
        /// Its integrations, oldest first.
        integrations: Integration = partner_integrations, PartnerIntegrations;
        /// The tenants of all its integrations, oldest first.
        tenants: Tenant = partner_tenants, PartnerTenants;
    }
    one {
        /// The one of its users who is told of everything.
        primary_contact: User = users by primary_contact_id;
    }
    resolvers {
        /// The Partner Form as it submitted it.
        pub async fn profile(&self, ctx: &Context<'_>) -> Result<Option<FormSubmission>, Fault> {
            load!(ctx.request().loaders.profiles, self.0.id.0)
        }
    }
}
