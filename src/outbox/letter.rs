//! Which letters exist, and the plain facts that each carries; never a secret, because rows are kept.

use entity::{IntegrationId, InvitationId, PartnerId, UserId};
use serde::{Deserialize, Serialize};

/// One letter; kept as JSON in the row's `params`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Letter {
    /// To the invitee: the link that sets the password.
    Invitation {
        /// Whose link; everything else is read when it is sent.
        invitation: InvitationId,
        /// Which link: an older one is no longer worth sending.
        generation: i32,
    },
    /// To the invitee: the same link once more.
    Reminder {
        /// Whose link.
        invitation: InvitationId,
        /// Which link.
        generation: i32,
    },
    /// To whoever has forgotten the password of an account: the link that sets a new one.
    PasswordReset {
        /// Whose account; none if nobody has that address, and then nothing is written.
        user: Option<UserId>,
    },
    /// To an address that an account is to have: the link that gives it to the account.
    EmailChange {
        /// Whose account; none if somebody else has that address, and then nothing is written.
        user: Option<UserId>,
    },
    /// To the address that an account has or had: another one was asked for, or has taken its place.
    EmailChanged {
        /// Whose account.
        user: UserId,
        /// Whether it has.
        done: bool,
    },
    /// To the owner of an account: it has another password now.
    PasswordChanged {
        /// Whose account.
        user: UserId,
    },
    /// To the owner of an account: something about its second factor is another now.
    SecondFactorChanged {
        /// Whose account.
        user: UserId,
        /// What.
        change: FactorChange,
    },
    /// To the vendor and the inviter: the invitee does not want to come in.
    InvitationDeclined {
        /// The invitee's name.
        name: String,
        /// The invitee's address.
        email: String,
        /// The partner's name; none for vendor staff.
        partner: Option<String>,
        /// In the invitee's words.
        reason: Option<String>,
        /// Who invited.
        #[serde(default)]
        inviter: Option<UserId>,
    },
    /// To the vendor and the inviter: the letter cannot be delivered.
    InvitationBounced {
        /// The invitee's name.
        name: String,
        /// The address.
        email: String,
        /// The partner's name; none for vendor staff.
        partner: Option<String>,
        /// What can be done about it.
        reason: String,
        /// Who invited.
        #[serde(default)]
        inviter: Option<UserId>,
    },
    /// To the vendor: an admin invited many partners at once.
    PartnersInvited {
        /// How many.
        count: usize,
        /// Who.
        by: String,
    },
    /// To the partner's primary contact: answer the form once more.
    ChangesRequested {
        /// The partner's name.
        partner: String,
        /// What is to be changed.
        reason: String,
    },
    /// To the partner's primary contact: it is not taken on.
    Rejected {
        /// The partner's name.
        partner: String,
        /// Why.
        reason: String,
    },
    /// To the partner's primary contact: shut out for a time.
    Suspended {
        /// The partner's name.
        partner: String,
        /// Why.
        reason: String,
    },
    /// To the partner's primary contact and the submitter: mend it and submit it again.
    IntegrationChangesRequested {
        /// The integration's name.
        integration: String,
        /// What is to be changed.
        reason: String,
        /// How many comments were made with it.
        #[serde(default)]
        comments: usize,
        /// Which one; letters of before do not say it.
        #[serde(default)]
        id: Option<IntegrationId>,
    },
    /// To the partner's primary contact and the submitter: it is not live any more.
    IntegrationUnpublished {
        /// The integration's name.
        integration: String,
        /// Why.
        reason: Option<String>,
        /// Which one; letters of before do not say it.
        #[serde(default)]
        id: Option<IntegrationId>,
    },
    /// To the vendor: an admin made a partner.
    PartnerCreated {
        /// The partner's name.
        partner: String,
        /// The primary contact's name.
        contact: String,
        /// Which one; letters of before do not say it.
        #[serde(default)]
        id: Option<PartnerId>,
    },
    /// To the vendor: an admin invited a partner.
    PartnerInvited {
        /// The partner's name.
        partner: String,
        /// The primary contact's name.
        contact: String,
        /// Which one; letters of before do not say it.
        #[serde(default)]
        id: Option<PartnerId>,
    },
    /// To the vendor: a partner answered the Partner Form.
    PartnerFormSubmitted {
        /// The partner's name.
        partner: String,
        /// Who submitted it.
        by: String,
        /// Which one; letters of before do not say it.
        #[serde(default)]
        id: Option<PartnerId>,
    },
    /// To the vendor: a partner is approved now.
    PartnerApproved {
        /// The partner's name.
        partner: String,
        /// Which one; letters of before do not say it.
        #[serde(default)]
        id: Option<PartnerId>,
    },
    /// To the partner's primary contact: you are approved.
    Approved {
        /// The partner's name.
        partner: String,
    },
    /// To the partner's primary contact: agree to terms once more.
    TermsAskedAgain {
        /// Whose agreement is asked for.
        partner: PartnerId,
        /// The version of the Partner Form that asks.
        version: i32,
    },
    /// To the vendor: an integration waits for review.
    IntegrationSubmitted {
        /// The integration's name.
        integration: String,
        /// The partner's name.
        partner: String,
        /// Which one; letters of before do not say it.
        #[serde(default)]
        id: Option<IntegrationId>,
    },
    /// To the partner's primary contact and the submitter: it is live.
    IntegrationPublished {
        /// The integration's name.
        integration: String,
        /// Which one; letters of before do not say it.
        #[serde(default)]
        id: Option<IntegrationId>,
    },
}

/// What happened to a second factor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FactorChange {
    /// Its owner switched it on.
    On,
    /// Its owner switched it off.
    Off,
    /// An admin took it away.
    Reset,
    /// It has other recovery codes.
    Codes,
    /// A recovery code was used.
    Used,
}

impl FactorChange {
    /// As templates ask for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::On => "on",
            Self::Off => "off",
            Self::Reset => "reset",
            Self::Codes => "codes",
            Self::Used => "used",
        }
    }
}

/// The letters to the vendor that only tell of something: the events that further addresses can follow.
pub const NOTICES: [&str; 8] = [
    "partner_created",
    "partner_invited",
    "partners_invited",
    "partner_form_submitted",
    "partner_approved",
    "invitation_declined",
    "invitation_bounced",
    "integration_submitted",
];

impl Letter {
    /// Whether it only tells the vendor of something.
    pub fn is_notice(&self) -> bool {
        NOTICES.contains(&self.kind())
    }

    /// Whoever is told because it was a part of what happened.
    pub fn part_of(&self) -> Option<UserId> {
        match self {
            Self::InvitationDeclined { inviter, .. } | Self::InvitationBounced { inviter, .. } => *inviter,
            _ => None,
        }
    }

    /// The events whose followers are told by it. Of a list of invitations one letter tells, which is for whoever follows
    /// single ones too.
    pub fn followed_as(&self) -> &'static [&'static str] {
        if let Self::PartnersInvited { .. } = self {
            return &["partners_invited", "partner_invited"];
        }
        let kind = self.kind();
        NOTICES.iter().position(|event| *event == kind).map_or(&[], |at| &NOTICES[at..=at])
    }

    /// The name of the letter and of its template.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Invitation { .. } => "invitation",
            Self::Reminder { .. } => "reminder",
            Self::PasswordReset { .. } => "password_reset",
            Self::PasswordChanged { .. } => "password_changed",
            Self::EmailChange { .. } => "email_change",
            Self::EmailChanged { .. } => "email_changed",
            Self::SecondFactorChanged { .. } => "second_factor_changed",
            Self::InvitationDeclined { .. } => "invitation_declined",
            Self::InvitationBounced { .. } => "invitation_bounced",
            Self::PartnersInvited { .. } => "partners_invited",
            Self::ChangesRequested { .. } => "changes_requested",
            Self::Rejected { .. } => "rejected",
            Self::Suspended { .. } => "suspended",
            Self::IntegrationChangesRequested { .. } => "integration_changes_requested",
            Self::IntegrationUnpublished { .. } => "integration_unpublished",
            Self::PartnerCreated { .. } => "partner_created",
            Self::PartnerInvited { .. } => "partner_invited",
            Self::PartnerFormSubmitted { .. } => "partner_form_submitted",
            Self::PartnerApproved { .. } => "partner_approved",
            Self::Approved { .. } => "approved",
            Self::TermsAskedAgain { .. } => "terms_asked_again",
            Self::IntegrationSubmitted { .. } => "integration_submitted",
            Self::IntegrationPublished { .. } => "integration_published",
        }
    }
}
