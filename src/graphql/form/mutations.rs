//! Forms to be changed and answered.

use super::{
    object::{Form, FormKind},
    questions::QuestionInput,
};
use crate::{
    domain::form::{self, NewForm},
    fault::Fault,
    graphql::{
        once::{answered, once},
        payload::payloads,
    },
};
use async_graphql::{Context, InputObject, Object};
use entity::form::Entity;

/// The next version of a form.
#[derive(Debug, InputObject)]
pub struct PublishFormInput {
    /// Which form.
    kind: FormKind,
    /// What is asked from now on, in order, at most 100 questions; none to ask nothing any more.
    questions: Vec<QuestionInput>,
    /// The `version` that you have seen; if there is another one by now, nothing is changed and the error is `CONFLICT`.
    expected_version: i32,
    /// Any text of your own: the same key and input within 24 hours change nothing more and answer the same object.
    idempotency_key: Option<String>,
}

payloads! {
    form: Form, "The new version; null if it was refused.";
    /// What `publishForm` did.
    PublishFormPayload,
}

/// Mutations of forms.
#[derive(Debug, Default)]
pub struct FormMutations;

/// Mutations of forms.
#[Object]
impl FormMutations {
    /// Publishes the next version of a form; versions never change. Where the Partner Form asks nothing any more,
    /// partners that wait at it go on. Vendor admins only.
    async fn publish_form(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The version.")] input: PublishFormInput,
    ) -> Result<PublishFormPayload, Fault> {
        let access = once(ctx, input.idempotency_key.as_deref(), &input)?;
        let questions = input.questions.into_iter().map(Into::into).collect();
        let new = NewForm { kind: input.kind.into(), questions, expected_version: input.expected_version };
        PublishFormPayload::of(answered::<Entity>(&access, form::publish(&access, new).await).await)
    }
}
