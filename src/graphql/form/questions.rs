//! Questions on their way in.

use super::object::QuestionKind;
use crate::{
    domain::form::NewQuestion,
    graphql::scalar::{Date, Url},
};
use async_graphql::InputObject;

/// A question to be asked.
#[derive(Clone, Debug, InputObject)]
pub struct QuestionInput {
    /// Stable name, 1 to 64 lower-case letters, digits and `_`, a letter first; unique in the form. Answers are kept
    /// under it.
    key: String,
    /// How it is asked and answered.
    kind: QuestionKind,
    /// What the person reads, at most 200 characters.
    label: String,
    /// A sentence of help, at most 1,000 characters.
    description: Option<String>,
    /// Whether the form can be submitted without it.
    #[graphql(default)]
    required: bool,
    /// `SELECT` and `MULTI_SELECT`: what can be chosen, 2 to 200 texts of at most 200 characters.
    #[graphql(default)]
    options: Vec<String>,
    /// `TERMS`: the `https:` address of what is agreed to.
    terms_url: Option<Url>,
    /// Least length of a text, least number of options (`MULTI_SELECT`), or least `NUMBER`.
    min: Option<f64>,
    /// Greatest length of a text, greatest number of options (`MULTI_SELECT`), or greatest `NUMBER`.
    max: Option<f64>,
    /// `DATE`: the first day that is taken.
    earliest: Option<Date>,
    /// `DATE`: the last day that is taken.
    latest: Option<Date>,
    /// `TERMS` of the Partner Form: whether those who have agreed before are asked again.
    #[graphql(default)]
    ask_again: bool,
}

impl From<QuestionInput> for NewQuestion {
    fn from(input: QuestionInput) -> Self {
        Self {
            key: input.key,
            kind: input.kind.into(),
            label: input.label,
            description: input.description,
            required: input.required,
            options: input.options,
            terms_url: input.terms_url.map(|url| url.0),
            min: input.min,
            max: input.max,
            earliest: input.earliest.map(|day| day.0),
            latest: input.latest.map(|day| day.0),
            ask_again: input.ask_again,
        }
    }
}
