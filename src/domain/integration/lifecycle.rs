//! The status machine of an integration: one pure function, and the one statement that moves a row.

use crate::{
    access::{Access, Granted},
    changes::Change,
    fault::{Reason, Refusal, UserError},
};
use entity::integration::{self, IntegrationStatus};
use sea_orm::{ActiveValue::Set, ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter};

/// What can happen to an integration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// Its owner hands it in.
    Submitted,
    /// Its owner takes it back.
    Withdrawn,
    /// The vendor sends it back.
    ChangesRequested,
    /// The vendor makes it live; its own without review.
    Published {
        /// Whether the vendor owns it.
        own: bool,
    },
    /// The vendor takes it down.
    Unpublished,
    /// It is put away.
    Archived,
}

/// The status does not allow the event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Illegal;

/// Where an event leads.
pub fn next(status: IntegrationStatus, event: Event) -> Result<IntegrationStatus, Illegal> {
    use Event::*;
    use IntegrationStatus as S;
    match (status, event) {
        (S::Draft | S::ChangesRequested, Submitted) => Ok(S::InReview),
        (S::InReview, Withdrawn) | (S::Published, Unpublished) => Ok(S::Draft),
        (S::InReview, ChangesRequested) => Ok(S::ChangesRequested),
        (S::InReview, Published { .. }) | (S::Draft, Published { own: true }) => Ok(S::Published),
        (S::Draft | S::InReview | S::ChangesRequested | S::Published, Archived) => Ok(S::Archived),
        (
            S::Draft | S::InReview | S::ChangesRequested | S::Published | S::Archived,
            Submitted | Withdrawn | ChangesRequested | Published { .. } | Unpublished | Archived,
        ) => Err(Illegal),
    }
}

/// Whether what it says can be changed: not while somebody looks at it, and not when it is put away.
pub fn may_edit(status: IntegrationStatus) -> bool {
    match status {
        IntegrationStatus::Draft | IntegrationStatus::ChangesRequested | IntegrationStatus::Published => true,
        IntegrationStatus::InReview | IntegrationStatus::Archived => false,
    }
}

/// Whether it can be thrown away: a draft that nobody was ever shown.
pub fn may_delete(row: &integration::Model) -> bool {
    row.status == IntegrationStatus::Draft && row.submitted_at.is_none() && row.first_published_at.is_none()
}

/// The refusal of what the status does not allow.
pub(super) fn refused(status: IntegrationStatus) -> Refusal {
    let sentence = format!("The integration is {}, which does not allow this.", status_word(status));
    UserError::general(Reason::InvalidState, sentence).into()
}

/// Moves an integration's row, or says that its status does not allow it, or that somebody else moved it first.
#[expect(clippy::disallowed_methods, reason = "one granted row, guarded by the status and version it was read with")]
pub(super) async fn advance(
    tx: &Access<DatabaseTransaction>,
    integration: Granted<integration::Model>,
    event: Event,
    reason: Option<String>,
) -> Result<integration::Model, Refusal> {
    let status = next(integration.status, event).map_err(|Illegal| refused(integration.status))?;
    let now = tx.now();
    let mut change = integration::ActiveModel {
        status: Set(status),
        status_reason: Set(reason),
        updated_at: Set(now),
        version: Set(integration.version + 1),
        ..Default::default()
    };
    match event {
        Event::Submitted => {
            change.submitted_at = Set(Some(now));
            change.submitted_by_id = Set(tx.actor().user_id());
        }
        Event::Published { .. } => {
            change.published_at = Set(Some(now));
            change.first_published_at = Set(integration.first_published_at.or(Some(now)));
        }
        Event::Unpublished => change.published_at = Set(None),
        Event::Archived => change.archived_at = Set(Some(now)),
        Event::Withdrawn | Event::ChangesRequested => {}
    }
    let moved = integration::Entity::update_many()
        .set(change)
        .filter(integration::Column::Id.eq(integration.id))
        .filter(integration::Column::Status.eq(integration.status))
        .filter(integration::Column::Version.eq(integration.version))
        .exec_with_returning(tx.conn())
        .await?;
    tx.announce(Change::Integration(integration.id, integration.partner_id));
    match moved.into_iter().next() {
        Some(moved) => Ok(moved),
        None => Err(tx.overtaken::<integration::Entity>(integration.id).await.into()),
    }
}

fn status_word(status: IntegrationStatus) -> &'static str {
    match status {
        IntegrationStatus::Draft => "a draft",
        IntegrationStatus::InReview => "in review",
        IntegrationStatus::ChangesRequested => "waiting for changes",
        IntegrationStatus::Published => "published",
        IntegrationStatus::Archived => "archived",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sea_orm::Iterable;

    #[test]
    fn the_whole_grid_is_as_printed() {
        let events = [
            Event::Submitted,
            Event::Withdrawn,
            Event::ChangesRequested,
            Event::Published { own: false },
            Event::Published { own: true },
            Event::Unpublished,
            Event::Archived,
        ];
        let mut grid = String::new();
        for status in IntegrationStatus::iter() {
            for event in events {
                let to = next(status, event).map_or("–".to_owned(), |to| format!("{to:?}"));
                grid += &format!("{:<17} {:<24} {to}\n", format!("{status:?}"), format!("{event:?}"));
            }
        }
        insta::assert_snapshot!(grid);
    }
}
