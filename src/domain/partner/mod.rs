//! Partners: made, onboarded, moved through their statuses, listed.

mod bulk;
mod create;
pub mod lifecycle;
mod list;
mod submit_form;

pub use bulk::{ROWS, Row, bulk_invite};
pub use create::{NewPartner, create, invite};
pub use list::{PartnerOrder, count, list, profiles};
pub(crate) use submit_form::announce_approval;
pub use submit_form::{Onboarded, submit_form};

use entity::partner::{self, PartnerStatus};

/// What a user still has to do before the hub opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnboardingStep {
    /// Set a password by the invitation's link.
    SetPassword,
    /// Submit the Partner Form.
    PartnerForm,
    /// Wait until a vendor admin approves.
    AwaitingApproval,
    /// Nothing.
    Done,
}

/// The step of somebody who has a password.
pub fn onboarding_step(partner: Option<&partner::Model>) -> OnboardingStep {
    match partner {
        Some(partner) if partner.status == PartnerStatus::Pending && partner.form_submitted_at.is_some() => {
            OnboardingStep::AwaitingApproval
        }
        Some(partner) if partner.status == PartnerStatus::Pending => OnboardingStep::PartnerForm,
        _ => OnboardingStep::Done,
    }
}
