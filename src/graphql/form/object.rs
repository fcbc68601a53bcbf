//! The types Form and FormSubmission.

use crate::{
    domain::{form as forms, order::FormOrder, page::get},
    fault::Fault,
    graphql::{
        below::{self, Narrowing},
        connection::Connection,
        context::CurrentRequest,
        form::{
            lists::{FormFilterInput, FormOrderBy, TermsAcceptanceFilterInput, TermsAcceptanceOrderBy},
            terms::TermsAcceptance,
        },
        list::Paging,
        loaders::load,
        object::object,
        scalar::{Date, Json, Url},
        user::object::User,
    },
};
use async_graphql::{Context, Enum, SimpleObject};
use chrono::{DateTime, Utc};
use entity::{form, form_submission};

impl Form {
    /// The type's name inside ids.
    pub const NAME: &str = "Form";
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
    /// Least length in characters, least number of options, or least number.
    min: Option<f64>,
    /// Greatest length in characters, greatest number of options, or greatest number.
    max: Option<f64>,
    /// The first day that is taken.
    earliest: Option<Date>,
    /// The last day that is taken.
    latest: Option<Date>,
    /// `TERMS`: the version since which those who had agreed before are asked again; null if they are not.
    since: Option<i32>,
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
            earliest: question.earliest.map(|day| Date(day.to_string())),
            latest: question.latest.map(|day| Date(day.to_string())),
            since: question.since,
        }
    }
}

async_graphql::enum_leaves!(FormKind);

object! {
    /// One published, immutable version of the vendor's Partner or Integration Form.
    Form(form)
    columns {
        /// Which form.
        kind: FormKind = kind |it| (*it).into();
        /// 1, 2, 3 … within its kind.
        version: i32 = version |it| *it;
        /// When it replaced the version before.
        published_at: DateTime<Utc> = published_at |it| *it;
    }
    one {
        /// Who published it, for vendor staff. Null if it was the hub itself.
        published_by: User = users by published_by_id;
    }
    resolvers {
        /// What is asked, in order.
        pub async fn questions(&self) -> Result<Vec<Question>, Fault> {
            Ok(get(&self.0.questions)?.0.iter().cloned().map(Question::from).collect())
        }

        /// All versions of this form, newest first, for those who may read it.
        #[expect(clippy::too_many_arguments, reason = "the arguments of a connection")]
        pub async fn versions(
            &self,
            ctx: &Context<'_>,
            #[graphql(desc = "How many from the beginning, or behind `after`: 1 to 100; 50 when nothing is said.")]
            first: Option<i32>,
            #[graphql(desc = "The cursor after which the page begins.")] after: Option<String>,
            #[graphql(desc = "How many from the end, or before `before`: 1 to 100.")] last: Option<i32>,
            #[graphql(desc = "The cursor before which the page ends.")] before: Option<String>,
            #[graphql(desc = "Behind how many rows the page begins: 0 to 10,000; beyond them page with `after`.")]
            offset: Option<i32>,
            #[graphql(desc = "Which of them; all when nothing is said.")] filter: Option<FormFilterInput>,
            #[graphql(desc = "The order; ties are broken by id.")] order_by: Option<Vec<FormOrderBy>>,
        ) -> Result<Connection<Form>, Fault> {
            let rows = forms::versions(&ctx.request().access, *get(&self.0.kind)?)?;
            let narrowing = Narrowing::<Form>::new(Paging { first, after, last, before, offset });
            let narrowing = narrowing.filtered(filter)?.ordered(order_by)?.or_newest_by(FormOrder::PublishedAt);
            below::of_one(ctx, rows, None, narrowing).await
        }
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

object! {
    /// Answers that stay pinned to the version of the form that they were given to.
    FormSubmission(form_submission)
    columns {
        /// Whether it can still change.
        is_draft: bool = is_draft |it| *it;
        /// When it became final.
        submitted_at: Option<DateTime<Utc>> = submitted_at |it| *it;
        /// When it was last saved.
        updated_at: DateTime<Utc> = updated_at |it| *it;
        /// Counts how often a draft was saved: a greater one means that somebody else has saved it.
        version: i32 = version |it| *it;
    }
    children {
        /// What it agreed to, in the order of the questions.
        #[expect(clippy::too_many_arguments, reason = "the arguments of a connection")]
        terms_acceptances: TermsAcceptance = submission_terms, SubmissionTerms by TermsAcceptanceFilterInput, TermsAcceptanceOrderBy;
    }
    one {
        /// Who made it final.
        submitted_by: User = users by submitted_by_id;
    }
    resolvers {
        /// The version that was answered.
        pub async fn form(&self, ctx: &Context<'_>) -> Result<Form, Fault> {
            load!(ctx.request().loaders.forms, *get(&self.0.form_id)?)?.ok_or(Fault::NotFound)
        }

        /// The answers, in the order of the questions.
        pub async fn answers(&self) -> Result<Vec<Answer>, Fault> {
            let answer = |answer: &form_submission::Answer| Answer {
                question: answer.question.clone(),
                value: Json(answer.value.clone()),
            };
            Ok(get(&self.0.answers)?.0.iter().map(answer).collect())
        }
    }
}
