//! Forms: immutable numbered versions, and answers that stay pinned to the version they were given to.

mod answers;
mod draft;
mod keys;
mod publish;
mod questions;
mod seed;
mod submit;
mod terms;
mod versions;

pub use answers::check;
pub use draft::{DraftOf, of_integrations, of_own_partner, reopen, save_integration, save_partner};
pub(super) use draft::{keep_outdated, remove};
pub(super) use keys::keys_of;
pub use publish::{NewForm, publish};
pub use questions::NewQuestion;
pub(super) use submit::submit;
pub use terms::{Outstanding, accept, for_letter as terms_for_letter, outstanding};
pub use versions::versions;

use crate::{
    access::{Access, Action},
    fault::Fault,
};
use entity::{
    FormId,
    form::{self, FormKind, Questions},
    form_submission,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter,
    QueryOrder, QuerySelect, sea_query::LockType,
};

impl From<FormKind> for Action {
    fn from(kind: FormKind) -> Self {
        match kind {
            FormKind::Partner => Self::ReadPartnerForm,
            FormKind::Integration => Self::ReadIntegrationForm,
        }
    }
}

/// The published version of a form, for an actor who may read it; `None` if nothing is asked.
pub async fn read<C: ConnectionTrait>(access: &Access<C>, kind: FormKind) -> Result<Option<form::Model>, Fault> {
    access.permit(kind.into())?;
    current(access, kind).await
}

/// The newest version for an actor who may read it, also one that asks nothing any more: what the next one replaces.
pub async fn read_newest(access: &Access, kind: FormKind) -> Result<Option<form::Model>, Fault> {
    access.permit(kind.into())?;
    newest(access, kind).await
}

/// The published version of a form, whoever asks: the rules need it too. A version without questions asks nothing.
pub async fn current<C: ConnectionTrait>(access: &Access<C>, kind: FormKind) -> Result<Option<form::Model>, Fault> {
    Ok(newest(access, kind).await?.filter(|form| !form.questions.0.is_empty()))
}

#[expect(clippy::disallowed_methods, reason = "forms are the vendor's and have no owner among partners")]
async fn newest<C: ConnectionTrait>(access: &Access<C>, kind: FormKind) -> Result<Option<form::Model>, Fault> {
    Ok(form::Entity::find()
        .filter(form::Column::Kind.eq(kind))
        .order_by_desc(form::Column::Version)
        .one(access.conn())
        .await?)
}

/// [`newest`], which stays the newest until the transaction ends: a publication waits for it, and it for a publication.
pub(super) async fn steady(tx: &Access<DatabaseTransaction>, kind: FormKind) -> Result<Option<form::Model>, Fault> {
    hold(tx, kind, LockType::Share).await?;
    // The lock has waited for a version that was not there when its statement began.
    newest(tx, kind).await
}

/// Whether the form asks anything, which stays so until the transaction ends.
pub(super) async fn asks(tx: &Access<DatabaseTransaction>, kind: FormKind) -> Result<bool, Fault> {
    Ok(steady(tx, kind).await?.is_some_and(|form| !form.questions.0.is_empty()))
}

/// Locks the newest version. SQLite needs no lock: the transaction is the only writer.
#[expect(clippy::disallowed_methods, reason = "forms are the vendor's and have no owner among partners")]
async fn hold(tx: &Access<DatabaseTransaction>, kind: FormKind, lock: LockType) -> Result<(), Fault> {
    if crate::db::is_postgres(tx.conn()) {
        let rows = form::Entity::find().filter(form::Column::Kind.eq(kind)).order_by_desc(form::Column::Version);
        rows.lock(lock).one(tx.conn()).await?;
    }
    Ok(())
}

/// Forms by id, for the submissions that the actor may see anyway.
#[expect(clippy::disallowed_methods, reason = "forms are the vendor's and have no owner among partners")]
pub async fn fetch_many(access: &Access, ids: &[FormId]) -> Result<Vec<form::Model>, Fault> {
    Ok(form::Entity::find().filter(crate::db::any_of(access.conn(), form::Column::Id, ids)).all(access.conn()).await?)
}

/// Publishes the first version of both forms.
pub(super) async fn seed(tx: &Access<DatabaseTransaction>) -> Result<(), Fault> {
    for kind in [FormKind::Partner, FormKind::Integration] {
        form::ActiveModel {
            id: Set(tx.id()),
            kind: Set(kind),
            version: Set(1),
            questions: Set(Questions(seed::questions(kind))),
            published_at: Set(tx.now()),
            published_by_id: Set(None),
        }
        .insert(tx.conn())
        .await?;
    }
    Ok(())
}

/// The answers of one submission as they arrive.
#[derive(Clone, Debug)]
pub struct Submitted {
    /// The version that was answered; none where nothing is asked.
    pub form: Option<FormId>,
    /// Question key and value.
    pub answers: Vec<form_submission::Answer>,
}
