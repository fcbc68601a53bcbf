//! Forms: immutable numbered versions, and answers that stay pinned to the version they were given to.

mod answers;
mod seed;

pub use answers::check;

use crate::{
    access::{Access, Action},
    fault::{Fault, Reason, Refusal, UserError},
};
use entity::{
    FormId, IntegrationId, PartnerId,
    form::{self, FormKind, Questions},
    form_submission::{self, Answers},
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter,
    QueryOrder,
};

impl From<FormKind> for Action {
    fn from(kind: FormKind) -> Self {
        match kind {
            FormKind::Partner => Self::ReadPartnerForm,
            FormKind::Integration => Self::ReadIntegrationForm,
        }
    }
}

/// The published version of a form, for an actor who may read it; `None` if the vendor has none.
pub async fn read<C: ConnectionTrait>(access: &Access<C>, kind: FormKind) -> Result<Option<form::Model>, Fault> {
    access.permit(kind.into())?;
    current(access, kind).await
}

/// The published version of a form, whoever asks: the rules need it too.
#[expect(clippy::disallowed_methods, reason = "forms are the vendor's and have no owner among partners")]
pub async fn current<C: ConnectionTrait>(access: &Access<C>, kind: FormKind) -> Result<Option<form::Model>, Fault> {
    Ok(form::Entity::find()
        .filter(form::Column::Kind.eq(kind))
        .order_by_desc(form::Column::Version)
        .one(access.conn())
        .await?)
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
    /// The version that was answered.
    pub form: FormId,
    /// Question key and value.
    pub answers: Vec<form_submission::Answer>,
}

/// Keeps final answers, after checking them against the published version of the form.
pub(super) async fn submit(
    tx: &Access<DatabaseTransaction>,
    kind: FormKind,
    submitted: Submitted,
    partner: Option<PartnerId>,
    integration: Option<IntegrationId>,
) -> Result<form_submission::Model, Refusal> {
    let form = current(tx, kind).await?.ok_or_else(|| {
        UserError::at("formId", Reason::FormOutdated, "There is no published form any more. Load the page again.")
    })?;
    if form.id != submitted.form {
        return Err(UserError::at(
            "formId",
            Reason::FormOutdated,
            format!("The form has a newer version ({}). Load it again; your answers can be reused.", form.version),
        )
        .into());
    }
    let answers: Answers = check(&form.questions.0, submitted.answers)?;
    let now = tx.now();
    Ok(form_submission::ActiveModel {
        id: Set(tx.id()),
        form_id: Set(form.id),
        partner_id: Set(partner),
        integration_id: Set(integration),
        answers: Set(answers),
        is_draft: Set(false),
        submitted_at: Set(Some(now)),
        submitted_by_id: Set(tx.actor().user_id()),
        submitted_from: Set(tx.origin().ip.clone()),
        created_at: Set(now),
        updated_at: Set(now),
    }
    .insert(tx.conn())
    .await?)
}
