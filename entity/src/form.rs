//! One published, immutable version of the vendor's Partner or Integration Form.

use chrono::NaiveDate;
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{FormId, UserId};

/// Which of the vendor's forms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum FormKind {
    /// Answered once by each invited partner.
    #[sea_orm(string_value = "PARTNER")]
    Partner,
    /// Answered with each integration submission.
    #[sea_orm(string_value = "INTEGRATION")]
    Integration,
}

/// The questions of one form version, kept as a JSON array.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct Questions(pub Vec<Question>);

/// One question of a form.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Question {
    /// Stable name of the question, `snake_case`; answers are kept under it.
    pub key: String,
    /// How it is asked and answered.
    pub kind: QuestionKind,
    /// What the person reads.
    pub label: String,
    /// A sentence of help.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Whether the form can be submitted without it.
    #[serde(default)]
    pub required: bool,
    /// What can be chosen (`SELECT`, `MULTI_SELECT`).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<String>,
    /// What is agreed to (`TERMS`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub terms_url: Option<String>,
    /// Least length in characters, least number of options, or least number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min: Option<f64>,
    /// Greatest length in characters, greatest number of options, or greatest number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max: Option<f64>,
    /// The first day that is taken (`DATE`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub earliest: Option<NaiveDate>,
    /// The last day that is taken (`DATE`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub latest: Option<NaiveDate>,
    /// The version of the form since which it has to be agreed to anew (`TERMS`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<i32>,
}

/// How a question is asked and answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum QuestionKind {
    /// One line.
    Text,
    /// Several lines.
    LongText,
    /// A text to agree to, at `terms_url`; answered with `true`.
    Terms,
    /// One of the options.
    Select,
    /// Any of the options.
    MultiSelect,
    /// A number.
    Number,
    /// A calendar day, `YYYY-MM-DD`.
    Date,
    /// An `https:` address.
    Url,
    /// An e-mail address.
    Email,
}

/// One published version of a form; never changed.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "form")]
pub struct Model {
    /// Time-ordered key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: FormId,
    /// Which form.
    pub kind: FormKind,
    /// 1, 2, 3 … within its kind.
    pub version: i32,
    /// In the order in which they are asked.
    pub questions: Questions,
    /// When it replaced the one before.
    pub published_at: DateTimeUtc,
    /// Who published it; empty for the hub itself.
    pub published_by_id: Option<UserId>,
    /// The user that `published_by_id` names.
    #[sea_orm(belongs_to, from = "published_by_id", to = "id")]
    pub published_by: BelongsTo<Option<super::user::Entity>>,
}

impl ActiveModelBehavior for ActiveModel {}
