//! The answers that were given to one version of a form.

use sea_orm::entity::prelude::*;

use crate::{FormId, FormSubmissionId, IntegrationId, PartnerId, UserId};

/// Answers in the order of their questions, kept as a JSON array.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize, FromJsonQueryResult)]
pub struct Answers(pub Vec<Answer>);

/// The answer to one question.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Answer {
    /// The question's key.
    pub question: String,
    /// Text, number, boolean or list of texts, by the question's kind.
    pub value: serde_json::Value,
}

/// Answers to one version of a form, by a partner or with an integration.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "form_submission")]
pub struct Model {
    /// Time-ordered key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: FormSubmissionId,
    /// The version that was answered.
    pub form_id: FormId,
    /// Whose answers; empty for the vendor's own.
    pub partner_id: Option<PartnerId>,
    /// The integration submitted with them; empty for the Partner Form.
    pub integration_id: Option<IntegrationId>,
    /// By question key.
    pub answers: Answers,
    /// Whether it can still change.
    pub is_draft: bool,
    /// When it became final.
    pub submitted_at: Option<DateTimeUtc>,
    /// Who made it final.
    pub submitted_by_id: Option<UserId>,
    /// The network address it was made final from.
    pub submitted_from: Option<String>,
    /// When the row was made.
    pub created_at: DateTimeUtc,
    /// When the row last changed.
    pub updated_at: DateTimeUtc,
    /// Counts how often a draft was saved; a stale editor is told by it.
    pub version: i32,
    /// The form that `form_id` names.
    #[sea_orm(belongs_to, from = "form_id", to = "id")]
    pub form: BelongsTo<super::form::Entity>,
    /// The user that `submitted_by_id` names.
    #[sea_orm(belongs_to, from = "submitted_by_id", to = "id")]
    pub submitted_by: BelongsTo<Option<super::user::Entity>>,
}

impl ActiveModelBehavior for ActiveModel {}
