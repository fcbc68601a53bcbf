//! What the viewer may do, in the words of the policy.

use crate::access::{Action, Actor, policy};
use async_graphql::Enum;

/// What can be done. Which objects it can be done to is another matter: those that one sees, and of them one's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "Action")]
pub enum Permission {
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

/// All that an actor may do.
pub fn of(actor: &Actor) -> Vec<Permission> {
    let may = Action::ALL.iter().filter(|action| policy::permit(actor, **action).is_ok());
    may.map(|action| (*action).into()).collect()
}
