//! Role × action: who may do what, in one table, and the only place where a role is compared.

use super::actor::{
    Actor,
    Role::{self, *},
};
use crate::fault::Fault;
use entity::api_key::Scope;

/// What can be done. Every row that is read and every change names one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// See a partner.
    ReadPartner,
    /// See a user.
    ReadUser,
    /// See an integration.
    ReadIntegration,
    /// See a tenant.
    ReadTenant,
    /// See an invitation.
    ReadInvitation,
    /// See any invitation with its link, to write its letter.
    ReadAnyInvitation,
    /// See a line of the record.
    ReadActivity,
    /// See from which network address something was done, and with which program.
    ReadAddress,
    /// See submitted answers.
    ReadSubmission,
    /// See some form; which, its kind decides.
    ReadForm,
    /// See the Partner Form.
    ReadPartnerForm,
    /// See the Integration Form.
    ReadIntegrationForm,
    /// Ask other questions from now on.
    PublishForm,
    /// Take the list of all partners, or the answers of all, away as a file.
    Export,
    /// See an API key, but never its token.
    ReadApiKey,
    /// See the vendor.
    ReadVendor,
    /// See how many partners came when.
    CountPartners,
    /// Make a partner, approved at once.
    CreatePartner,
    /// Make a pending partner.
    InvitePartner,
    /// Approve, refuse, suspend, archive a partner, and take that back.
    DecidePartner,
    /// Change what a partner is called and where it is found.
    UpdatePartner,
    /// Change how the vendor files a partner.
    FilePartner,
    /// Invite an admin of the vendor.
    InviteVendorAdmin,
    /// Answer the Partner Form for one's own partner.
    SubmitPartnerForm,
    /// Agree for one's own partner to terms that are asked again.
    AcceptTerms,
    /// Make an integration of one's own organisation.
    CreateIntegration,
    /// Hand an integration in for review.
    SubmitIntegration,
    /// Change an integration of one's own organisation, or throw its draft away.
    EditIntegration,
    /// Put an integration away.
    ArchiveIntegration,
    /// Say something about an integration, and tick it off.
    CommentIntegration,
    /// Make an integration live, send it back, take it down.
    ReviewIntegration,
    /// Add a tenant to a published integration: of one's own organisation, for the vendor to any.
    CreateTenant,
    /// Edit, pause, resume, put away and take out a tenant.
    ManageTenant,
    /// End one's own session.
    LogOut,
    /// Invite, change, shut out and let in users of an organisation that one runs.
    ManageUser,
    /// End one's own other sessions, change one's own password.
    ManageOwnAccount,
    /// Send an invitation again, correct its address, or take it back.
    ManageInvitation,
    /// See an invitation's link, to hand it over.
    CopyInvitationLink,
    /// Say that a letter came back.
    ReportBounce,
    /// Change how the hub invites, and what its letters look like.
    UpdateVendor,
    /// See who is told of what.
    ReadNotifications,
    /// Change who is told of what.
    UpdateNotifications,
    /// See what letters look like.
    PreviewLetter,
    /// Make and revoke API keys.
    ManageApiKey,
}

impl Action {
    /// Every action, for the printed table.
    pub const ALL: &'static [Self] = &[
        Self::ReadPartner,
        Self::ReadUser,
        Self::ReadIntegration,
        Self::ReadTenant,
        Self::ReadInvitation,
        Self::ReadAnyInvitation,
        Self::ReadActivity,
        Self::ReadAddress,
        Self::ReadSubmission,
        Self::ReadForm,
        Self::ReadPartnerForm,
        Self::ReadIntegrationForm,
        Self::PublishForm,
        Self::Export,
        Self::ReadApiKey,
        Self::ReadVendor,
        Self::CountPartners,
        Self::CreatePartner,
        Self::InvitePartner,
        Self::DecidePartner,
        Self::UpdatePartner,
        Self::FilePartner,
        Self::InviteVendorAdmin,
        Self::SubmitPartnerForm,
        Self::AcceptTerms,
        Self::CreateIntegration,
        Self::SubmitIntegration,
        Self::EditIntegration,
        Self::ArchiveIntegration,
        Self::CommentIntegration,
        Self::ReviewIntegration,
        Self::CreateTenant,
        Self::ManageTenant,
        Self::LogOut,
        Self::ManageUser,
        Self::ManageOwnAccount,
        Self::ManageInvitation,
        Self::CopyInvitationLink,
        Self::ReportBounce,
        Self::UpdateVendor,
        Self::ReadNotifications,
        Self::UpdateNotifications,
        Self::PreviewLetter,
        Self::ManageApiKey,
    ];

    /// The roles that may do it; `System` may do everything.
    fn roles(self) -> &'static [Role] {
        const STAFF: &[Role] = &[VendorMember, VendorAdmin];
        const HUB: &[Role] = &[PartnerMember, PartnerAdmin, VendorMember, VendorAdmin];
        match self {
            Self::ReadPartner | Self::ReadUser | Self::ReadIntegration | Self::ReadTenant => HUB,
            Self::ReadInvitation | Self::ReadActivity | Self::ReadSubmission | Self::ReadIntegrationForm => HUB,
            // A partner may see its own, and has none.
            Self::ReadApiKey => HUB,
            Self::ReadAnyInvitation => &[],
            Self::ReadForm => &[Onboarding, PartnerMember, PartnerAdmin, VendorMember, VendorAdmin],
            Self::ReadPartnerForm => &[Onboarding, VendorMember, VendorAdmin],
            Self::PublishForm => &[VendorAdmin],
            Self::CreatePartner | Self::InvitePartner | Self::InviteVendorAdmin => &[VendorAdmin],
            Self::DecidePartner | Self::FilePartner => &[VendorAdmin],
            Self::UpdatePartner => &[PartnerAdmin, VendorAdmin],
            Self::SubmitPartnerForm => &[Onboarding],
            Self::AcceptTerms => &[PartnerAdmin],
            Self::CreateIntegration | Self::EditIntegration | Self::CreateTenant | Self::ManageTenant => {
                &[PartnerMember, PartnerAdmin, VendorAdmin]
            }
            Self::ArchiveIntegration | Self::CommentIntegration => HUB,
            Self::SubmitIntegration => &[PartnerMember, PartnerAdmin],
            Self::ReadVendor | Self::CountPartners | Self::ReviewIntegration | Self::Export => STAFF,
            Self::ReadNotifications | Self::PreviewLetter => STAFF,
            Self::ManageInvitation => &[PartnerAdmin, VendorAdmin],
            // Where people sit is nothing that a review needs: staff reads everything of the hub, and not of persons.
            Self::ReadAddress => &[VendorAdmin],
            Self::CopyInvitationLink | Self::ReportBounce => &[VendorAdmin],
            Self::UpdateVendor | Self::UpdateNotifications | Self::ManageApiKey => &[VendorAdmin],
            Self::ManageUser => &[PartnerAdmin, VendorAdmin],
            Self::LogOut | Self::ManageOwnAccount => {
                &[Onboarding, PartnerMember, PartnerAdmin, VendorMember, VendorAdmin]
            }
        }
    }
}

impl Action {
    /// The scope that an API key needs for it; without one no key may do it. Keys manage no users, credentials, keys or
    /// rules, and send no link anywhere but to a partner that they make.
    fn scope(self) -> Option<Scope> {
        match self {
            Self::ReadPartner | Self::CountPartners => Some(Scope::PartnersRead),
            Self::CreatePartner
            | Self::InvitePartner
            | Self::DecidePartner
            | Self::UpdatePartner
            | Self::FilePartner
            | Self::ReportBounce => Some(Scope::PartnersWrite),
            Self::ReadUser | Self::ReadInvitation => Some(Scope::UsersRead),
            Self::ReadIntegration => Some(Scope::IntegrationsRead),
            Self::CreateIntegration
            | Self::EditIntegration
            | Self::SubmitIntegration
            | Self::ArchiveIntegration
            | Self::CommentIntegration
            | Self::ReviewIntegration => Some(Scope::IntegrationsWrite),
            Self::ReadTenant => Some(Scope::TenantsRead),
            Self::CreateTenant | Self::ManageTenant => Some(Scope::TenantsWrite),
            Self::ReadSubmission | Self::ReadForm | Self::ReadPartnerForm | Self::ReadIntegrationForm => {
                Some(Scope::FormsRead)
            }
            // The answers of all are in what is taken away.
            Self::Export => Some(Scope::FormsRead),
            Self::ReadActivity | Self::ReadAddress => Some(Scope::ActivityRead),
            Self::ReadVendor | Self::ReadNotifications | Self::PreviewLetter => Some(Scope::SettingsRead),
            Self::ReadAnyInvitation
            | Self::ReadApiKey
            | Self::InviteVendorAdmin
            | Self::SubmitPartnerForm
            | Self::AcceptTerms
            | Self::PublishForm
            | Self::LogOut
            | Self::ManageUser
            | Self::ManageOwnAccount
            | Self::ManageInvitation
            | Self::CopyInvitationLink
            | Self::UpdateVendor
            | Self::UpdateNotifications
            | Self::ManageApiKey => None,
        }
    }
}

/// Says whether the actor may do it at all: its role, and of a program also the scopes of its key.
pub fn permit(actor: &Actor, action: Action) -> Result<(), Fault> {
    check(actor.role(), action)?;
    match actor {
        Actor::Key(key) if !action.scope().is_some_and(|scope| key.covers(scope)) => Err(Fault::Forbidden),
        _ => Ok(()),
    }
}

/// Says whether the role may do it at all; which rows it may do it to is the scope's business.
pub fn check(role: Role, action: Action) -> Result<(), Fault> {
    if role == System || action.roles().contains(&role) {
        return Ok(());
    }
    Err(match role {
        Anonymous => Fault::Unauthenticated,
        Onboarding => Fault::OnboardingIncomplete,
        _ => Fault::Forbidden,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_as_printed() {
        let roles = [Anonymous, Onboarding, PartnerMember, PartnerAdmin, VendorMember, VendorAdmin, System];
        let mut table = format!("{:<20}", "");
        for role in roles {
            table += &format!(" {:<14}", format!("{role:?}"));
        }
        table += " scope of a key";
        for &action in Action::ALL {
            table += &format!("\n{:<20}", format!("{action:?}"));
            for role in roles {
                table += &format!(" {:<14}", check(role, action).map_or_else(|fault| fault.code(), |()| "yes"));
            }
            table += &action.scope().map_or(" -".to_owned(), |scope| format!(" {scope:?}"));
        }
        insta::assert_snapshot!(table.lines().map(str::trim_end).collect::<Vec<_>>().join("\n"));
    }
}
