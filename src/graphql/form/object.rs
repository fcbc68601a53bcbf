//! The types Form and FormSubmission.

use crate::{
    access::Scoped,
    fault::Fault,
    graphql::{
        context::CurrentRequest,
        loaders::load,
        node,
        scalar::{Json, Url},
        user::object::User,
    },
};
use async_graphql::{Context, Enum, ID, Object, SimpleObject};
use chrono::{DateTime, Utc};
use entity::{form, form_submission};

/// One published version of a form.
#[derive(Clone, Debug)]
pub struct Form(form::Model);

impl Form {
    /// The type's name inside ids.
    pub const NAME: &str = "Form";
}

impl From<form::Model> for Form {
    fn from(row: form::Model) -> Self {
        Self(row)
    }
}

/// Which of the vendor's forms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "form::FormKind")]
pub enum FormKind {
    /// Answered once by each invited partner.
    Partner,
    /// Answered with each integration submission.
    Integration,
}

/// How a question is asked and answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "form::QuestionKind")]
pub enum QuestionKind {
    /// One line.
    Text,
    /// Several lines.
    LongText,
    /// A text to agree to; answered with `true`.
    Terms,
    /// One of the options.
    Select,
    /// Any of the options, as a list.
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

/// One question of a form.
#[derive(Clone, Debug, SimpleObject)]
pub struct Question {
    /// Stable name; answers are given and kept under it.
    key: String,
    /// How it is asked and answered.
    kind: QuestionKind,
    /// What the person reads.
    label: String,
    /// A sentence of help.
    description: Option<String>,
    /// Whether the form can be submitted without it.
    required: bool,
    /// What can be chosen.
    options: Vec<String>,
    /// What is agreed to.
    terms_url: Option<Url>,
    /// Least length in characters, or least number.
    min: Option<f64>,
    /// Greatest length in characters, or greatest number.
    max: Option<f64>,
}

impl From<form::Question> for Question {
    fn from(question: form::Question) -> Self {
        Self {
            key: question.key,
            kind: question.kind.into(),
            label: question.label,
            description: question.description,
            required: question.required,
            options: question.options,
            terms_url: question.terms_url.map(Url),
            min: question.min,
            max: question.max,
        }
    }
}

/// One published, immutable version of the vendor's Partner or Integration Form.
#[Object]
impl Form {
    /// Opaque id, unique in the whole graph.
    pub async fn id(&self) -> ID {
        node::encode(Self::NAME, self.0.id)
    }

    /// Which form.
    pub async fn kind(&self) -> FormKind {
        self.0.kind.into()
    }

    /// 1, 2, 3 … within its kind.
    pub async fn version(&self) -> i32 {
        self.0.version
    }

    /// When it replaced the version before.
    pub async fn published_at(&self) -> DateTime<Utc> {
        self.0.published_at
    }

    /// What is asked, in order.
    pub async fn questions(&self) -> Vec<Question> {
        self.0.questions.0.iter().cloned().map(Question::from).collect()
    }
}

/// Answers to one version of a form.
#[derive(Clone, Debug)]
pub struct FormSubmission(form_submission::Model);

impl From<form_submission::Model> for FormSubmission {
    fn from(row: form_submission::Model) -> Self {
        Self(row)
    }
}

/// The answer to one question.
#[derive(Clone, Debug, SimpleObject)]
pub struct Answer {
    /// The question's key.
    question: String,
    /// A text, number, boolean or list of texts, by the question's kind.
    value: Json,
}

/// Answers that stay pinned to the version of the form that they were given to.
#[Object]
impl FormSubmission {
    /// Opaque id, unique in the whole graph.
    pub async fn id(&self) -> ID {
        node::encode(form_submission::Entity::NAME, self.0.id)
    }

    /// The version that was answered.
    pub async fn form(&self, ctx: &Context<'_>) -> Result<Form, Fault> {
        let row = load!(ctx.request().loaders.forms, self.0.form_id)?;
        Option::clone(&row).map(Form).ok_or(Fault::NotFound)
    }

    /// The answers, in the order of the questions.
    pub async fn answers(&self) -> Vec<Answer> {
        let answer = |answer: &form_submission::Answer| Answer {
            question: answer.question.clone(),
            value: Json(answer.value.clone()),
        };
        self.0.answers.0.iter().map(answer).collect()
    }

    /// Whether it can still change.
    pub async fn is_draft(&self) -> bool {
        self.0.is_draft
    }

    /// When it became final.
    pub async fn submitted_at(&self) -> Option<DateTime<Utc>> {
        self.0.submitted_at
    }

    /// Who made it final.
    pub async fn submitted_by(&self, ctx: &Context<'_>) -> Result<Option<User>, Fault> {
        User::load(ctx.request(), self.0.submitted_by_id).await
    }
}
