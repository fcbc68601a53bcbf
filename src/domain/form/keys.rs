//! Which questions an integration is about.

use super::newest;
use crate::{access::Access, fault::Fault};
use entity::{
    IntegrationId,
    form::{Column, Entity, FormKind, Model},
    form_submission,
};
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QuerySelect, QueryTrait};

/// The keys of all questions that a granted integration has answered, in whichever version, or is asked now.
#[expect(clippy::disallowed_methods, reason = "forms are the vendor's and have no owner among partners")]
pub(in crate::domain) async fn keys_of(
    tx: &Access<DatabaseTransaction>,
    id: IntegrationId,
) -> Result<Vec<String>, Fault> {
    let answered = form_submission::Entity::find()
        .select_only()
        .column(form_submission::Column::FormId)
        .filter(form_submission::Column::IntegrationId.eq(id))
        .into_query();
    let mut forms: Vec<Model> = Entity::find().filter(Column::Id.in_subquery(answered)).all(tx.conn()).await?;
    forms.extend(newest(tx, FormKind::Integration).await?);
    Ok(forms.into_iter().flat_map(|form| form.questions.0).map(|question| question.key).collect())
}
