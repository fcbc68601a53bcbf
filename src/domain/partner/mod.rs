//! Partners: made, onboarded, moved through their statuses, listed.

mod bulk;
mod create;
mod decide;
mod enter;
pub mod lifecycle;
mod list;
mod over_time;
mod submit_form;
mod update;

pub use bulk::{ForAll, bulk_invite};
pub use create::{NewPartner, create, invite};
pub use decide::{Decision, decide, open_decisions};
pub(crate) use enter::enter_without_form;
pub use list::{count, profiles};
pub use over_time::{Month, over_time};
pub(crate) use submit_form::announce_approval;
pub use submit_form::{Onboarded, submit_form, submitted};
pub(crate) use update::set_logo;
pub use update::{PartnerChange, update};

use crate::{
    access::{Access, Person},
    fault::Fault,
};
use entity::partner::{self, PartnerStatus};
use sea_orm::{ConnectionTrait, EntityTrait};

/// What a user still has to do before the hub opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnboardingStep {
    /// Set a password by the invitation's link.
    SetPassword,
    /// Submit the Partner Form.
    PartnerForm,
    /// Wait until a vendor admin approves.
    AwaitingApproval,
    /// Set up a second factor, which the vendor asks of its own users.
    SecondFactor,
    /// Nothing.
    Done,
}

/// The step of somebody who has a password.
pub fn onboarding_step(person: &Person) -> OnboardingStep {
    match person.partner_status {
        Some(PartnerStatus::Pending) if person.form_submitted => OnboardingStep::AwaitingApproval,
        Some(PartnerStatus::Pending) => OnboardingStep::PartnerForm,
        None if person.onboarding => OnboardingStep::SecondFactor,
        _ => OnboardingStep::Done,
    }
}

/// The partner of a person, also of one that may see no partner yet: whoever works there knows it.
#[expect(clippy::disallowed_methods, reason = "the person's own partner, by the id in its row")]
pub async fn of_person<C: ConnectionTrait>(
    access: &Access<C>,
    person: &Person,
) -> Result<Option<partner::Model>, Fault> {
    match person.user.partner_id {
        Some(id) => Ok(partner::Entity::find_by_id(id).one(access.conn()).await?),
        None => Ok(None),
    }
}
