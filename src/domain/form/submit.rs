//! Answers become final.

use super::{Submitted, check, steady, terms};
use crate::{
    access::Access,
    fault::{Reason, Refusal, UserError},
};
use entity::{
    IntegrationId, PartnerId,
    form::FormKind,
    form_submission::{self, Answers},
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, DatabaseTransaction};

/// Keeps final answers and what they agree to, after checking them against the published version of the form. Their
/// draft is removed by the caller, once the row that it belongs to is locked: who saves one locks that row first.
pub(in crate::domain) async fn submit(
    tx: &Access<DatabaseTransaction>,
    kind: FormKind,
    submitted: Submitted,
    partner: Option<PartnerId>,
    integration: Option<IntegrationId>,
) -> Result<form_submission::Model, Refusal> {
    let form = steady(tx, kind).await?.ok_or_else(|| {
        UserError::at("formId", Reason::FormOutdated, "There is no published form any more. Load the page again.")
    })?;
    // Where nothing is asked there is no form to name.
    let seen = submitted.form.map_or(form.questions.0.is_empty(), |seen| seen == form.id);
    if !seen {
        return Err(UserError::at(
            "formId",
            Reason::FormOutdated,
            format!("The form has a newer version ({}). Load it again; your answers can be reused.", form.version),
        )
        .into());
    }
    let answers: Answers = check(&form.questions.0, submitted.answers)?;
    let now = tx.now();
    let submission = form_submission::ActiveModel {
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
        version: Set(1),
    }
    .insert(tx.conn())
    .await?;
    terms::keep(tx, &form, &submission).await?;
    Ok(submission)
}
