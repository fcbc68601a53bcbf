//! What a vendor admin decides about a partner: each decision is an event of its life, with its letter and its record.

use super::{
    announce_approval,
    enter::{enter_under, enter_without_form, has_entered},
    lifecycle::{self, Event},
};
use crate::{
    access::{Access, Action},
    domain::{
        account::session,
        form,
        input::{Check, TEXT},
        invitation, notice,
    },
    fault::{Reason, Refusal},
    outbox::Letter,
};
use entity::{
    PartnerId,
    form::FormKind,
    partner::{self, Model, PartnerStatus},
    vendor::ApprovalPolicy,
};
use sea_orm::DatabaseTransaction;

/// What can be decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// Let a pending one in.
    Approve,
    /// Have the Partner Form answered once more.
    RequestChanges,
    /// Refuse a pending one.
    Reject,
    /// Take the refusal back.
    Reopen,
    /// Shut an approved one out.
    Suspend,
    /// Let it in again.
    Reinstate,
    /// Put one away.
    Archive,
    /// Take it out again.
    Restore,
}

impl Decision {
    /// Every decision, in the order in which they are offered.
    pub const ALL: [Self; 8] = [
        Self::Approve,
        Self::RequestChanges,
        Self::Reject,
        Self::Reopen,
        Self::Suspend,
        Self::Reinstate,
        Self::Archive,
        Self::Restore,
    ];

    /// The event that it is in a partner's life.
    fn event(self, ever_approved: bool) -> Event {
        match self {
            Self::Approve => Event::Approved,
            Self::RequestChanges => Event::ChangesRequested,
            Self::Reject => Event::Rejected,
            Self::Reopen => Event::Reopened,
            Self::Suspend => Event::Suspended,
            Self::Reinstate => Event::Reinstated,
            Self::Archive => Event::Archived,
            Self::Restore => Event::Restored { ever_approved },
        }
    }

    /// Its name in the record.
    fn recorded_as(self) -> &'static str {
        match self {
            Self::Approve => "partner.approved",
            Self::RequestChanges => "partner.changes_requested",
            Self::Reject => "partner.rejected",
            Self::Reopen => "partner.reopened",
            Self::Suspend => "partner.suspended",
            Self::Reinstate => "partner.reinstated",
            Self::Archive => "partner.archived",
            Self::Restore => "partner.restored",
        }
    }

    /// Whether the partner has to be told why.
    fn needs_reason(self) -> bool {
        matches!(self, Self::RequestChanges | Self::Reject | Self::Suspend)
    }

    /// Whether it takes the partner's users out of what they are doing: an onboarding session never gains rights, and
    /// no session outlives its partner's place in the hub.
    fn ends_sessions(self) -> bool {
        matches!(self, Self::Approve | Self::Reject | Self::Suspend | Self::Archive)
    }

    /// Whether the partner's users may be at the Partner Form afterwards.
    fn leads_to_the_form(self) -> bool {
        matches!(self, Self::RequestChanges | Self::Reopen | Self::Restore)
    }

    /// Whether letters that were held back may leave.
    fn lets_in_again(self) -> bool {
        matches!(self, Self::Reopen | Self::Reinstate | Self::Restore)
    }

    /// What the partner is told.
    fn letter(self, partner: &str, reason: &str) -> Option<Letter> {
        let (partner, reason) = (partner.to_owned(), reason.to_owned());
        match self {
            Self::RequestChanges => Some(Letter::ChangesRequested { partner, reason }),
            Self::Reject => Some(Letter::Rejected { partner, reason }),
            Self::Suspend => Some(Letter::Suspended { partner, reason }),
            Self::Approve | Self::Reopen | Self::Reinstate | Self::Archive | Self::Restore => None,
        }
    }
}

/// What can be decided about a partner that stands like this.
pub fn open_decisions(status: PartnerStatus, form_submitted: bool, ever_approved: bool) -> Vec<Decision> {
    let fits = |decision: &Decision| {
        let has_answers = form_submitted || *decision != Decision::RequestChanges;
        has_answers && lifecycle::next(status, decision.event(ever_approved)).is_ok()
    };
    Decision::ALL.into_iter().filter(fits).collect()
}

/// Decides about a partner. Of two who decide at once, one does it.
pub async fn decide(
    access: &Access,
    id: PartnerId,
    decision: Decision,
    reason: Option<String>,
    expected_version: Option<i32>,
) -> Result<Model, Refusal> {
    access.permit(Action::DecidePartner)?;
    let mut check = Check::default();
    let reason = check.optional_text("reason", reason.as_deref(), TEXT);
    if reason.is_none() && decision.needs_reason() {
        check.fail("reason", Reason::Blank, "Say why: the partner is told in these words.");
    }
    check.finish()?;
    let tx = access.begin().await?;
    // The form before the partner, as whoever publishes one holds both.
    let asks = !decision.leads_to_the_form() || form::asks(&tx, FormKind::Partner).await?;
    let partner = tx.fetch::<partner::Entity>(Action::DecidePartner, id).await?.as_seen(expected_version)?;
    let event = decision.event(partner.approved_at.is_some());
    let partner = lifecycle::advance(&tx, partner, event, reason).await?;
    if decision == Decision::RequestChanges {
        form::reopen(&tx, form::DraftOf::Partner(id)).await?;
    }
    if decision.ends_sessions() {
        session::end_all_of_partner(&tx, id).await?;
    }
    if decision.lets_in_again() {
        invitation::write_waiting(&tx, id).await?;
    }
    tell(&tx, &partner, decision).await?;
    let partner = if asks { partner } else { past_the_form(&tx, partner, decision).await? };
    tx.commit().await?;
    Ok(partner)
}

/// Nobody is led to a form that asks nothing. Whoever was to change something waits for the vendor, whatever its policy.
async fn past_the_form(tx: &Access<DatabaseTransaction>, partner: Model, decision: Decision) -> Result<Model, Refusal> {
    if !has_entered(tx, partner.id).await? {
        return Ok(partner);
    }
    match decision {
        Decision::RequestChanges => enter_under(tx, partner, ApprovalPolicy::Manual).await,
        _ => enter_without_form(tx, partner).await,
    }
}

async fn tell(tx: &Access<DatabaseTransaction>, partner: &Model, decision: Decision) -> Result<(), Refusal> {
    if decision == Decision::Approve {
        return announce_approval(tx, partner).await;
    }
    lifecycle::record(tx, decision.recorded_as(), partner).await?;
    let letter = decision.letter(&partner.name, partner.status_reason.as_deref().unwrap_or_default());
    if let (Some(contact), Some(letter)) = (partner.primary_contact_id, letter) {
        notice::to_user(tx, contact, letter).await?;
    }
    Ok(())
}
