//! The status machine of a partner: one pure function, and the one statement that moves a row.

use crate::{
    access::{Access, Granted},
    changes::Change,
    domain::activity,
    fault::{Fault, Reason, Refusal, UserError},
};
use entity::{
    partner::{self, PartnerStatus},
    vendor::ApprovalPolicy,
};
use sea_orm::{ActiveValue::Set, ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter};
use serde_json::json;

/// What can happen to a partner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// It submitted the Partner Form.
    FormSubmitted(ApprovalPolicy),
    /// Its first user set a password, and there is no Partner Form to submit.
    EnteredWithoutForm(ApprovalPolicy),
    /// An admin sent the form back.
    ChangesRequested,
    /// An admin approved it.
    Approved,
    /// An admin refused it.
    Rejected,
    /// An admin took the refusal back.
    Reopened,
    /// An admin shut it out.
    Suspended,
    /// An admin let it in again.
    Reinstated,
    /// An admin put it away.
    Archived,
    /// An admin took it out again.
    Restored {
        /// Whether it had been approved at any time.
        ever_approved: bool,
    },
}

/// The status does not allow the event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Illegal;

/// Where an event leads: the whole life of a partner in one table.
pub fn next(status: PartnerStatus, event: Event) -> Result<PartnerStatus, Illegal> {
    use ApprovalPolicy::{Automatic, Manual};
    use Event::*;
    use PartnerStatus as S;
    match (status, event) {
        (S::Pending, FormSubmitted(Automatic) | EnteredWithoutForm(Automatic) | Approved) => Ok(S::Approved),
        (S::Pending, FormSubmitted(Manual) | EnteredWithoutForm(Manual) | ChangesRequested) => Ok(S::Pending),
        (S::Pending, Rejected) => Ok(S::Rejected),
        (S::Rejected, Reopened) => Ok(S::Pending),
        (S::Approved, Suspended) => Ok(S::Suspended),
        (S::Suspended, Reinstated) => Ok(S::Approved),
        (S::Pending | S::Approved | S::Rejected | S::Suspended, Archived) => Ok(S::Archived),
        (S::Archived, Restored { ever_approved: true }) => Ok(S::Approved),
        (S::Archived, Restored { ever_approved: false }) => Ok(S::Pending),
        (
            S::Pending | S::Approved | S::Rejected | S::Suspended | S::Archived,
            FormSubmitted(_)
            | EnteredWithoutForm(_)
            | ChangesRequested
            | Approved
            | Rejected
            | Reopened
            | Suspended
            | Reinstated
            | Archived
            | Restored { .. },
        ) => Err(Illegal),
    }
}

/// Moves a partner's row, with the reason if one was given, or says that its status does not allow it, or that somebody else moved it first.
#[expect(clippy::disallowed_methods, reason = "one granted row, guarded by the status and version it was read with")]
pub(crate) async fn advance(
    tx: &Access<DatabaseTransaction>,
    partner: Granted<partner::Model>,
    event: Event,
    reason: Option<String>,
) -> Result<partner::Model, Refusal> {
    let refuse = || {
        let status = status_word(partner.status);
        UserError::general(Reason::InvalidState, format!("The partner is {status}, which does not allow this."))
    };
    let status = next(partner.status, event).map_err(|Illegal| refuse())?;
    let now = tx.now();
    let mut change = partner::ActiveModel {
        status: Set(status),
        status_reason: Set(reason),
        updated_at: Set(now),
        version: Set(partner.version + 1),
        ..Default::default()
    };
    if let Event::FormSubmitted(_) | Event::EnteredWithoutForm(_) = event {
        // Under MANUAL the status stays; this is what keeps a form from being submitted twice.
        if partner.form_submitted_at.is_some() {
            return Err(refuse().into());
        }
        change.form_submitted_at = Set(Some(now));
    }
    if event == Event::ChangesRequested {
        if partner.form_submitted_at.is_none() {
            let sentence = "The partner has not submitted the Partner Form, so there is nothing to be changed.";
            return Err(UserError::general(Reason::InvalidState, sentence).into());
        }
        change.form_submitted_at = Set(None);
    }
    if partner.status == PartnerStatus::Pending && status == PartnerStatus::Approved {
        change.approved_at = Set(Some(now));
    }
    change.suspended_at = Set((status == PartnerStatus::Suspended).then_some(now));
    change.archived_at = Set((status == PartnerStatus::Archived).then_some(now));
    let moved = partner::Entity::update_many()
        .set(change)
        .filter(partner::Column::Id.eq(partner.id))
        .filter(partner::Column::Status.eq(partner.status))
        .filter(partner::Column::Version.eq(partner.version))
        .exec_with_returning(tx.conn())
        .await?;
    // Under MANUAL, a first user who enters without a form moves the row and records nothing about it.
    tx.announce(Change::Partner(partner.id));
    match moved.into_iter().next() {
        Some(moved) => Ok(moved),
        None => Err(tx.overtaken::<partner::Entity>(partner.id).await.into()),
    }
}

/// Records what was decided about a partner, and why.
pub(crate) async fn record(
    tx: &Access<DatabaseTransaction>,
    event: &str,
    partner: &partner::Model,
) -> Result<(), Fault> {
    let data = partner.status_reason.as_ref().map_or_else(|| json!({}), |reason| json!({ "reason": reason }));
    activity::record::<partner::Entity>(tx, event, Some(partner.id), partner.id, data).await
}

fn status_word(status: PartnerStatus) -> &'static str {
    match status {
        PartnerStatus::Pending => "pending",
        PartnerStatus::Approved => "approved",
        PartnerStatus::Rejected => "rejected",
        PartnerStatus::Suspended => "suspended",
        PartnerStatus::Archived => "archived",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sea_orm::Iterable;

    #[test]
    fn the_whole_grid_is_as_printed() {
        let events = [
            Event::FormSubmitted(ApprovalPolicy::Automatic),
            Event::FormSubmitted(ApprovalPolicy::Manual),
            Event::EnteredWithoutForm(ApprovalPolicy::Automatic),
            Event::EnteredWithoutForm(ApprovalPolicy::Manual),
            Event::ChangesRequested,
            Event::Approved,
            Event::Rejected,
            Event::Reopened,
            Event::Suspended,
            Event::Reinstated,
            Event::Archived,
            Event::Restored { ever_approved: true },
            Event::Restored { ever_approved: false },
        ];
        let mut grid = String::new();
        for status in PartnerStatus::iter() {
            for event in events {
                let to = next(status, event).map_or("–".to_owned(), |to| format!("{to:?}"));
                grid += &format!("{:<10} {:<34} {to}\n", format!("{status:?}"), format!("{event:?}"));
            }
        }
        insta::assert_snapshot!(grid);
    }
}
