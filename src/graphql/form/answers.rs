//! Answers on their way in.

use crate::graphql::scalar::Json;
use async_graphql::InputObject;
use entity::form_submission::Answer;

/// The answer to one question.
#[derive(Clone, Debug, InputObject)]
pub struct AnswerInput {
    /// The question's key.
    question: String,
    /// A text, number, boolean or list of texts, by the question's kind.
    value: Json,
}

impl From<AnswerInput> for Answer {
    fn from(input: AnswerInput) -> Self {
        Self { question: input.question, value: input.value.0 }
    }
}
