//! Which rows `totalCount` counts.

use super::ahead::is_counted;
use crate::{
    access::Access,
    domain::{
        integration,
        page::{self, Count},
        partner, user,
    },
    fault::Fault,
};
use async_graphql::Context;
use entity::{
    activity as activities, form_submission as submissions, integration as integrations, invitation as invitations,
    partner as partners, review_comment as comments, tenant as tenants, terms_acceptance as terms, user as users,
};
use std::collections::HashMap;
use uuid::Uuid;

/// Where the number of all rows is to be found, should somebody ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Total {
    /// Counted already: a list with a filter of its own.
    Known(u64),
    /// All partners that the actor may see.
    Partners,
    /// The vendor's staff.
    Staff,
    /// The vendor's own integrations.
    VendorIntegrations,
    /// Users of a partner.
    PartnerUsers(Uuid),
    /// Invitations of a partner's users.
    PartnerInvitations(Uuid),
    /// Integrations of a partner.
    PartnerIntegrations(Uuid),
    /// Tenants of a partner.
    PartnerTenants(Uuid),
    /// Lines of the record about a partner.
    PartnerActivity(Uuid),
    /// Tenants of an integration.
    IntegrationTenants(Uuid),
    /// Remarks about an integration.
    IntegrationComments(Uuid),
    /// What a partner has agreed to.
    PartnerTerms(Uuid),
    /// What a submission has agreed to.
    SubmissionTerms(Uuid),
}

impl Total {
    /// The number of a list with a filter of its own, counted if the current field, a connection, asks for it.
    pub async fn known(ctx: &Context<'_>, count: impl Future<Output = Result<u64, Fault>>) -> Result<Self, Fault> {
        Ok(Self::Known(if is_counted(ctx.field()) { count.await? } else { 0 }))
    }

    fn parent(self) -> Option<Uuid> {
        match self {
            Self::Known(_) | Self::Partners | Self::Staff | Self::VendorIntegrations => None,
            Self::PartnerUsers(parent)
            | Self::PartnerInvitations(parent)
            | Self::PartnerIntegrations(parent)
            | Self::PartnerTenants(parent)
            | Self::PartnerActivity(parent)
            | Self::IntegrationTenants(parent)
            | Self::IntegrationComments(parent)
            | Self::PartnerTerms(parent)
            | Self::SubmissionTerms(parent) => Some(parent),
        }
    }

    /// How the rows of all lists of this kind are counted.
    fn of(self, access: &Access, parents: &[Uuid]) -> Result<Count, Fault> {
        match self {
            Self::Known(_) => Err(Fault::Internal("a known number needs no counting".into())),
            Self::Partners => partner::count(access),
            Self::Staff => user::count_staff(access),
            Self::VendorIntegrations => integration::count_of_vendor(access),
            Self::PartnerUsers(_) => Count::children::<partners::Entity, users::Entity>(access, parents),
            Self::PartnerInvitations(_) => Count::children::<partners::Entity, invitations::Entity>(access, parents),
            Self::PartnerIntegrations(_) => Count::children::<partners::Entity, integrations::Entity>(access, parents),
            Self::PartnerTenants(_) => Count::children::<partners::Entity, tenants::Entity>(access, parents),
            Self::PartnerActivity(_) => Count::children::<partners::Entity, activities::Entity>(access, parents),
            Self::IntegrationTenants(_) => Count::children::<integrations::Entity, tenants::Entity>(access, parents),
            Self::IntegrationComments(_) => Count::children::<integrations::Entity, comments::Entity>(access, parents),
            Self::PartnerTerms(_) => Count::children::<partners::Entity, terms::Entity>(access, parents),
            Self::SubmissionTerms(_) => Count::children::<submissions::Entity, terms::Entity>(access, parents),
        }
    }
}

/// The numbers of all these lists in one statement; what the actor may not count is refused by itself.
pub async fn count(access: &Access, totals: &[Total]) -> HashMap<Total, Result<u64, Fault>> {
    let mut kinds: Vec<(Total, Vec<Uuid>)> = Vec::new();
    for total in totals {
        let same = kinds.iter().position(|(kind, _)| std::mem::discriminant(kind) == std::mem::discriminant(total));
        let same = same.unwrap_or_else(|| {
            kinds.push((*total, Vec::new()));
            kinds.len() - 1
        });
        kinds[same].1.extend(total.parent());
    }
    let counts: Vec<Result<Count, Fault>> = kinds.iter().map(|(kind, parents)| kind.of(access, parents)).collect();
    let numbers = page::count(access, counts.iter().map(|count| count.as_ref().ok().cloned()).collect()).await;
    let number = |total: &Total| {
        if let Total::Known(number) = total {
            return Ok(*number);
        }
        let place = kinds.iter().position(|(kind, _)| std::mem::discriminant(kind) == std::mem::discriminant(total));
        let place = place.unwrap_or(usize::MAX);
        if let Some(Err(fault)) = counts.get(place) {
            return Err(fault.clone());
        }
        let numbers = numbers.as_ref().map_err(Fault::clone)?;
        Ok(numbers.get(&(place, total.parent())).copied().unwrap_or_default())
    };
    totals.iter().map(|total| (*total, number(total))).collect()
}
