//! Forms to be changed and answered.

use super::{
    answers::AnswerInput,
    object::{Form, FormKind, FormSubmission},
    questions::QuestionInput,
};
use crate::{
    domain::form::{self, NewForm, Submitted},
    fault::Fault,
    graphql::{
        context::CurrentRequest,
        node,
        once::{answered, once},
        partner::object::Partner,
        payload::payloads,
    },
};
use async_graphql::{Context, ID, InputObject, Object};
use entity::{form::Entity, integration, partner};

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

/// Answers to the Partner Form that are not final.
#[derive(Debug, InputObject)]
pub struct SavePartnerFormDraftInput {
    /// The version that is being answered; any that was ever published.
    form_id: ID,
    /// The answers so far, all of them; they are checked when they are submitted.
    #[graphql(validator(max_items = 500))]
    answers: Vec<AnswerInput>,
    /// The draft's `version` that you have seen, 0 for none; if there is another one by now, nothing is changed and the
    /// error is `CONFLICT`.
    expected_version: Option<i32>,
}

/// Answers to the Integration Form that are not final.
#[derive(Debug, InputObject)]
pub struct SaveIntegrationDraftInput {
    /// The integration that is to be submitted with them.
    id: ID,
    /// The version that is being answered; any that was ever published.
    form_id: ID,
    /// The answers so far, all of them; they are checked when they are submitted.
    #[graphql(validator(max_items = 500))]
    answers: Vec<AnswerInput>,
    /// The draft's `version` that you have seen, 0 for none; if there is another one by now, nothing is changed and the
    /// error is `CONFLICT`.
    expected_version: Option<i32>,
}

/// What is agreed to.
#[derive(Debug, InputObject)]
pub struct AcceptTermsInput {
    /// The version that asks: `outstandingTerms { form { id } }`.
    form_id: ID,
    /// The keys of the questions: `outstandingTerms { questions { key } }`.
    #[graphql(validator(max_items = 100))]
    questions: Vec<String>,
    /// Any text of your own: the same key and input within 24 hours change nothing more and answer the same object.
    idempotency_key: Option<String>,
}

payloads! {
    draft: FormSubmission, "The draft as it is now; null if it was refused.";
    /// What `savePartnerFormDraft` did.
    SavePartnerFormDraftPayload,
    /// What `saveIntegrationDraft` did.
    SaveIntegrationDraftPayload,
}

payloads! {
    partner: Partner, "The partner; null if it was refused.";
    /// What `acceptTerms` did.
    AcceptTermsPayload,
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

    /// Saves answers to the Partner Form for the viewer's own partner, to be gone on with by any colleague. For
    /// onboarding users.
    async fn save_partner_form_draft(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The answers so far.")] input: SavePartnerFormDraftInput,
    ) -> Result<SavePartnerFormDraftPayload, Fault> {
        let sent = sent(&input.form_id, input.answers)?;
        let saved = form::save_partner(&ctx.request().access, sent, input.expected_version).await;
        SavePartnerFormDraftPayload::of(saved)
    }

    /// Saves answers to the Integration Form for an integration of the viewer's own partner that can be submitted.
    async fn save_integration_draft(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The integration and its answers so far.")] input: SaveIntegrationDraftInput,
    ) -> Result<SaveIntegrationDraftPayload, Fault> {
        let access = &ctx.request().access;
        let (id, sent) = (node::parse::<integration::Entity>(&input.id)?, sent(&input.form_id, input.answers)?);
        SaveIntegrationDraftPayload::of(form::save_integration(access, id, sent, input.expected_version).await)
    }

    /// Agrees for the viewer's own partner to terms that the Partner Form asks again. Partner admins only.
    async fn accept_terms(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is agreed to.")] input: AcceptTermsInput,
    ) -> Result<AcceptTermsPayload, Fault> {
        let access = once(ctx, input.idempotency_key.as_deref(), &input)?;
        let form = node::parse_as(Form::NAME, &input.form_id)?;
        let done = form::accept(&access, form, &input.questions).await;
        AcceptTermsPayload::of(answered::<partner::Entity>(&access, done).await)
    }
}

fn sent(form: &ID, answers: Vec<AnswerInput>) -> Result<Submitted, Fault> {
    Ok(Submitted {
        form: Some(node::parse_as(Form::NAME, form)?),
        answers: answers.into_iter().map(Into::into).collect(),
    })
}
