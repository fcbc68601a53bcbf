//! Answers that are not final: one draft for each partner that waits at the Partner Form, and one for each integration
//! that can be submitted. Any colleague goes on where another has stopped, and nobody else sees it.

mod row;

pub(in crate::domain) use row::remove;
pub use row::reopen;

use super::Submitted;
use crate::{
    access::{Access, Action},
    db,
    domain::integration::lifecycle,
    fault::{Fault, Reason, Refusal, UserError},
};
use entity::{
    IntegrationId, PartnerId,
    form::FormKind,
    form_submission::{Column, Entity, Model},
    integration,
    partner::{self, PartnerStatus},
};
use row::{find, save};
use sea_orm::{
    ColumnTrait, Condition, DatabaseTransaction, EntityTrait, QueryFilter, QuerySelect, sea_query::LockType,
};
use std::collections::HashMap;
use uuid::Uuid;

/// Whose draft it is.
#[derive(Clone, Copy, Debug)]
pub enum DraftOf {
    /// A partner's, of the Partner Form.
    Partner(PartnerId),
    /// An integration's, of the Integration Form, with the partner that owns it.
    Integration(IntegrationId, PartnerId),
}

impl DraftOf {
    /// The draft.
    fn rows(self) -> Condition {
        self.answers(true)
    }

    /// The final answers.
    fn finals(self) -> Condition {
        self.answers(false)
    }

    fn answers(self, draft: bool) -> Condition {
        let answers = Condition::all().add(Column::IsDraft.eq(draft));
        match self {
            Self::Partner(id) => answers.add(Column::PartnerId.eq(id)).add(Column::IntegrationId.is_null()),
            Self::Integration(id, _) => answers.add(Column::IntegrationId.eq(id)),
        }
    }

    fn kind(self) -> FormKind {
        match self {
            Self::Partner(_) => FormKind::Partner,
            Self::Integration(..) => FormKind::Integration,
        }
    }
}

/// Saves the draft of the actor's own partner. `expected` is the version that was seen, 0 for none.
pub async fn save_partner(access: &Access, sent: Submitted, expected: Option<i32>) -> Result<Model, Refusal> {
    let tx = access.begin().await?;
    let id = tx.fetch_own_partner(Action::SubmitPartnerForm).await?.id;
    let partner = steady::<partner::Entity, _>(&tx, partner::Column::Id.eq(id)).await?;
    if partner.status != PartnerStatus::Pending || partner.form_submitted_at.is_some() {
        return Err(UserError::general(Reason::InvalidState, "Your company has no form to answer any more.").into());
    }
    let draft = save(&tx, DraftOf::Partner(id), sent, expected).await?;
    tx.commit().await?;
    Ok(draft)
}

/// Saves the draft that goes with an integration of the actor's own partner.
pub async fn save_integration(
    access: &Access,
    id: IntegrationId,
    sent: Submitted,
    expected: Option<i32>,
) -> Result<Model, Refusal> {
    let tx = access.begin().await?;
    tx.fetch::<integration::Entity>(Action::SubmitIntegration, id).await?;
    let integration = steady::<integration::Entity, _>(&tx, integration::Column::Id.eq(id)).await?;
    // Whoever may submit works for a partner, and sees nothing but its own.
    let owner = integration.partner_id.ok_or(Fault::NotFound)?;
    if lifecycle::next(integration.status, lifecycle::Event::Submitted).is_err() {
        let sentence = "The integration cannot be submitted as it stands, so that it has no draft.";
        return Err(UserError::general(Reason::InvalidState, sentence).into());
    }
    let draft = save(&tx, DraftOf::Integration(id, owner), sent, expected).await?;
    tx.commit().await?;
    Ok(draft)
}

/// A row that was just granted, read so that it stays as it is until the transaction ends. SQLite needs no lock.
#[expect(clippy::disallowed_methods, reason = "a row that was just granted, read once more under a lock")]
async fn steady<E: EntityTrait, F: sea_orm::sea_query::IntoCondition>(
    tx: &Access<DatabaseTransaction>,
    which: F,
) -> Result<E::Model, Fault> {
    let mut row = E::find().filter(which);
    if db::is_postgres(tx.conn()) {
        row = row.lock(LockType::Share);
    }
    row.one(tx.conn()).await?.ok_or(Fault::NotFound)
}

/// Keeps what was sent to an outdated version as the draft, so that nobody writes it twice; the refusal stays.
pub(in crate::domain) async fn keep_outdated<T>(
    done: Result<T, Refusal>,
    draft: impl Future<Output = Result<Model, Refusal>>,
) -> Result<T, Refusal> {
    let Err(Refusal::Mend(mut errors)) = done else { return done };
    if errors.iter().any(|error| error.reason == Reason::FormOutdated) {
        match draft.await {
            // A version that never was has no drafts, and a colleague who saves at this moment has kept one already.
            Ok(_) | Err(Refusal::Fault(Fault::NotFound | Fault::Conflict)) => {}
            Err(Refusal::Mend(more)) => errors.extend(more),
            Err(fault) => return Err(fault),
        }
    }
    Err(Refusal::Mend(errors))
}

/// The draft of the actor's own partner, while it can be submitted; nobody else has one.
pub async fn of_own_partner(access: &Access) -> Result<Option<Model>, Fault> {
    access.permit(Action::ReadForm)?;
    if access.person()?.user.partner_id.is_none() {
        return Ok(None);
    }
    let partner = access.fetch_own_partner(Action::ReadForm).await?;
    if partner.status != PartnerStatus::Pending || partner.form_submitted_at.is_some() {
        return Ok(None);
    }
    find(access, DraftOf::Partner(partner.id)).await
}

/// The drafts of these integrations, as far as the actor's own partner owns them, in one statement.
#[expect(clippy::disallowed_methods, reason = "drafts of the actor's own partner")]
pub async fn of_integrations(access: &Access, integrations: &[Uuid]) -> Result<HashMap<Uuid, Model>, Fault> {
    access.permit(Action::ReadSubmission)?;
    let Some(own) = access.actor().person().and_then(|person| person.user.partner_id) else {
        return Ok(HashMap::new());
    };
    let rows = Entity::find()
        .filter(db::any_of(access.conn(), Column::IntegrationId, integrations))
        .filter(Column::PartnerId.eq(own))
        .filter(Column::IsDraft.eq(true))
        .all(access.conn())
        .await?;
    Ok(rows.into_iter().filter_map(|row| Some((row.integration_id?.into(), row))).collect())
}
