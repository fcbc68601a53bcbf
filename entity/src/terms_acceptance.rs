//! Who agreed to which text, when, and from where.

use sea_orm::entity::prelude::*;

use crate::{FormId, FormSubmissionId, PartnerId, TermsAcceptanceId, UserId};

/// One text that was agreed to. Rows can be added, never changed or removed.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "terms_acceptance")]
pub struct Model {
    /// Time-ordered key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: TermsAcceptanceId,
    /// For which partner; empty for the vendor's own.
    pub partner_id: Option<PartnerId>,
    /// With which answers; empty if it was agreed to by itself.
    pub submission_id: Option<FormSubmissionId>,
    /// The version of the form that asked.
    pub form_id: FormId,
    /// Its number, repeated so that comparing needs no join.
    pub form_version: i32,
    /// The question's key.
    pub question: String,
    /// Where the text was.
    pub url: String,
    /// Who agreed.
    pub accepted_by_id: Option<UserId>,
    /// The network address that it was agreed from.
    pub accepted_from: Option<String>,
    /// When.
    pub accepted_at: DateTimeUtc,
    /// The form that `form_id` names.
    #[sea_orm(belongs_to, from = "form_id", to = "id")]
    pub form: BelongsTo<super::form::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
