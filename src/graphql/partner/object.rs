//! The type Partner.

use super::decisions::PartnerAction;
use crate::{
    access::Action,
    domain::{page::get, partner as partners},
    fault::Fault,
    graphql::{
        activity::{
            Activity,
            queries::{ActivityFilterInput, ActivityOrderBy},
        },
        context::CurrentRequest,
        form::{
            lists::{TermsAcceptanceFilterInput, TermsAcceptanceOrderBy},
            object::FormSubmission,
            terms::{OutstandingTerms, TermsAcceptance},
        },
        integration::{
            object::Integration,
            queries::{IntegrationFilterInput, IntegrationOrderBy},
        },
        invitation::{
            object::Invitation,
            queries::{InvitationFilterInput, InvitationOrderBy},
        },
        loaders::load,
        object::object,
        scalar::Url,
        tenant::{
            object::Tenant,
            queries::{TenantFilterInput, TenantOrderBy},
        },
        user::{
            object::User,
            queries::{UserFilterInput, UserOrderBy},
        },
    },
};
use async_graphql::{Context, Enum};
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
        /// As the vendor calls it.
        name: &str = name |it| it;
        /// Where it stands.
        status: PartnerStatus = status |it| (*it).into();
        /// Why it was moved there, in the words of who moved it.
        status_reason: Option<&str> = status_reason |it| it.as_deref();
        /// Which mutation it came from.
        origin: PartnerOrigin = origin |it| (*it).into();
        /// Its website.
        website: Option<Url> = website |it| it.clone().map(Url);
        /// Its logo.
        logo_url: Option<Url> = logo_url |it| it.clone().map(Url);
        /// The vendor's own key for it.
        external_id: Option<&str> = external_id |it| it.as_deref();
        /// Free labels.
        labels: &[String] = labels |it| &it.0;
        /// Counts the edits: a greater one means that somebody has changed it.
        version: i32 = version |it| *it;
        /// When the Partner Form was submitted; null until then, and while changes are asked for.
        form_submitted_at: Option<DateTime<Utc>> = form_submitted_at |it| *it;
        /// When it was last approved.
        approved_at: Option<DateTime<Utc>> = approved_at |it| *it;
        /// When it was suspended, while it is.
        suspended_at: Option<DateTime<Utc>> = suspended_at |it| *it;
        /// When it was archived, while it is.
        archived_at: Option<DateTime<Utc>> = archived_at |it| *it;
        /// When it was created or invited.
        created_at: DateTime<Utc> = created_at |it| *it;
        /// When it last changed.
        updated_at: DateTime<Utc> = updated_at |it| *it;
    }
    children {
        /// Its users, oldest first.
        #[expect(clippy::too_many_arguments, reason = "the arguments of a connection")]
        users: User = partner_users, PartnerUsers by UserFilterInput, UserOrderBy;
        /// The invitations of its users, oldest first.
        #[expect(clippy::too_many_arguments, reason = "the arguments of a connection")]
        invitations: Invitation = partner_invitations, PartnerInvitations by InvitationFilterInput, InvitationOrderBy;
        /// Its integrations, oldest first.
        #[expect(clippy::too_many_arguments, reason = "the arguments of a connection")]
        integrations: Integration = partner_integrations, PartnerIntegrations by IntegrationFilterInput, IntegrationOrderBy;
        /// The tenants of all its integrations, oldest first.
        #[expect(clippy::too_many_arguments, reason = "the arguments of a connection")]
        tenants: Tenant = partner_tenants, PartnerTenants by TenantFilterInput, TenantOrderBy;
        /// The record of who did what to it and to what is its own, newest first.
        #[expect(clippy::too_many_arguments, reason = "the arguments of a connection")]
        activity: Activity = partner_activity, PartnerActivity by ActivityFilterInput, ActivityOrderBy;
        /// What its users have agreed to for it, in any form, oldest first.
        #[expect(clippy::too_many_arguments, reason = "the arguments of a connection")]
        terms_acceptances: TermsAcceptance = partner_terms, PartnerTerms by TermsAcceptanceFilterInput, TermsAcceptanceOrderBy;
    }
    one {
        /// The one of its users who is told of everything.
        primary_contact: User = users by primary_contact_id;
    }
    resolvers {
        /// What the viewer can do to it as it stands.
        pub async fn available_actions(&self, ctx: &Context<'_>) -> Result<Vec<PartnerAction>, Fault> {
            if ctx.request().access.permit(Action::DecidePartner).is_err() {
                return Ok(Vec::new());
            }
            let (submitted, approved) = (get(&self.0.form_submitted_at)?.is_some(), get(&self.0.approved_at)?.is_some());
            let open = partners::open_decisions(*get(&self.0.status)?, submitted, approved);
            Ok(open.into_iter().map(Into::into).collect())
        }

        /// The Partner Form as it submitted it.
        pub async fn profile(&self, ctx: &Context<'_>) -> Result<Option<FormSubmission>, Fault> {
            load!(ctx.request().loaders.profiles, get(&self.0.id)?.0)
        }

        /// What the Partner Form asks it to agree to anew, by `acceptTerms`; null if nothing. Nothing is blocked by it.
        pub async fn outstanding_terms(&self, ctx: &Context<'_>) -> Result<Option<OutstandingTerms>, Fault> {
            load!(ctx.request().loaders.outstanding, get(&self.0.id)?.0)
        }
    }
}
