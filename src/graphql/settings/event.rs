//! What the vendor is told of.

use async_graphql::Enum;

macro_rules! events {
    ($($(#[$doc:meta])* $name:ident = $kind:literal,)+) => {
        /// What the vendor is told of by letter.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
        pub enum NotificationEvent {
            $($(#[$doc])* $name,)+
        }

        impl NotificationEvent {
            /// The kind of letter.
            pub(super) fn kind(self) -> &'static str {
                match self {
                    $(Self::$name => $kind,)+
                }
            }

            /// The event of a kind of letter.
            pub(super) fn of(kind: &str) -> Option<Self> {
                match kind {
                    $($kind => Some(Self::$name),)+
                    _ => None,
                }
            }
        }
    };
}

events! {
    /// An admin made a partner.
    PartnerCreated = "partner_created",
    /// An admin invited a partner.
    PartnerInvited = "partner_invited",
    /// An admin invited many partners at once.
    PartnersInvited = "partners_invited",
    /// A partner submitted the Partner Form.
    PartnerFormSubmitted = "partner_form_submitted",
    /// A partner is approved.
    PartnerApproved = "partner_approved",
    /// An invitee does not want to come in.
    InvitationDeclined = "invitation_declined",
    /// An invitation could not be delivered.
    InvitationBounced = "invitation_bounced",
    /// An integration waits for review.
    IntegrationSubmitted = "integration_submitted",
}
