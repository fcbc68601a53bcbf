//! Partners to be changed.

use super::object::Partner;
use crate::{
    domain::partner::{self, NewPartner},
    fault::{Fault, Refusal},
    graphql::{
        account::session::{Session, hand_over},
        error::{UserError, settle},
        form::{answers::AnswerInput, object::Form, object::FormSubmission},
        node,
        once::{answered, once},
        payload::payloads,
        scalar::{EmailAddress, Url},
    },
};
use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use entity::partner::Entity;

/// The primary contact of a new partner; becomes its first user and admin.
#[derive(Debug, InputObject)]
pub struct PrimaryContactInput {
    /// The person's name, at most 200 characters.
    pub(super) name: String,
    /// The person's e-mail address; no other user has it.
    pub(super) email: EmailAddress,
}

/// A partner to be created.
#[derive(Debug, InputObject)]
pub struct CreatePartnerInput {
    /// The organisation's name, at most 200 characters.
    name: String,
    /// Who runs it; is sent a link to set a password.
    primary_contact: PrimaryContactInput,
    /// Its website.
    website: Option<Url>,
    /// The vendor's own key for it.
    external_id: Option<String>,
    /// A personal line in the letter, at most 5,000 characters.
    message: Option<String>,
    /// How long the link in the letter works, 1 to 720 hours; the vendor's own rule when not said.
    expires_in_hours: Option<i32>,
    /// Any text of your own: the same key and input within 24 hours change nothing more and answer the same object.
    idempotency_key: Option<String>,
}

/// A partner to be invited.
#[derive(Debug, InputObject)]
pub struct InvitePartnerInput {
    /// The organisation's name, at most 200 characters.
    name: String,
    /// Who runs it; is sent a link to set a password and then answers the Partner Form.
    primary_contact: PrimaryContactInput,
    /// Its website.
    website: Option<Url>,
    /// The vendor's own key for it.
    external_id: Option<String>,
    /// A personal line in the letter, at most 5,000 characters.
    message: Option<String>,
    /// How long the link in the letter works, 1 to 720 hours; the vendor's own rule when not said.
    expires_in_hours: Option<i32>,
    /// Any text of your own: the same key and input within 24 hours change nothing more and answer the same object.
    idempotency_key: Option<String>,
}

impl From<CreatePartnerInput> for NewPartner {
    fn from(input: CreatePartnerInput) -> Self {
        Self {
            name: input.name,
            contact_name: input.primary_contact.name,
            contact_email: input.primary_contact.email.0,
            website: input.website.map(|url| url.0),
            external_id: input.external_id,
            message: input.message,
            expires_in_hours: input.expires_in_hours,
        }
    }
}

impl From<InvitePartnerInput> for NewPartner {
    fn from(input: InvitePartnerInput) -> Self {
        let InvitePartnerInput {
            name,
            primary_contact,
            website,
            external_id,
            message,
            expires_in_hours,
            idempotency_key,
        } = input;
        CreatePartnerInput { name, primary_contact, website, external_id, message, expires_in_hours, idempotency_key }
            .into()
    }
}

payloads! {
    partner: Partner, "The new partner; null if it was refused.";
    /// What `createPartner` did.
    CreatePartnerPayload,
    /// What `invitePartner` did.
    InvitePartnerPayload,
}

/// The answers to the Partner Form.
#[derive(Debug, InputObject)]
pub struct SubmitPartnerFormInput {
    /// The version that was answered: `partnerForm { id }`.
    form_id: ID,
    /// One answer per question.
    #[graphql(validator(max_items = 500))]
    answers: Vec<AnswerInput>,
    /// Any text of your own: the same key and input within 24 hours change nothing more and answer the same object.
    idempotency_key: Option<String>,
}

/// What `submitPartnerForm` did.
#[derive(Debug, SimpleObject)]
pub struct SubmitPartnerFormPayload {
    /// The partner, approved unless the vendor approves by hand; null if the answers were refused.
    partner: Option<Partner>,
    /// The answers as kept.
    submission: Option<FormSubmission>,
    /// A full session in place of the onboarding one; null if the partner waits for approval.
    session: Option<Session>,
    /// What to mend.
    user_errors: Vec<UserError>,
}

/// Mutations of partners.
#[derive(Debug, Default)]
pub struct PartnerMutations;

/// Mutations of partners.
#[Object]
impl PartnerMutations {
    /// Creates a partner, approved at once. Its primary contact is sent a link to set a password. Vendor admins only.
    async fn create_partner(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The partner.")] input: CreatePartnerInput,
    ) -> Result<CreatePartnerPayload, Fault> {
        let access = once(ctx, input.idempotency_key.as_deref(), &input)?;
        CreatePartnerPayload::of(answered::<Entity>(&access, partner::create(&access, input.into()).await).await)
    }

    /// Invites a partner, pending until its primary contact has set a password and submitted the Partner Form.
    /// Vendor admins only.
    async fn invite_partner(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The partner.")] input: InvitePartnerInput,
    ) -> Result<InvitePartnerPayload, Fault> {
        let access = once(ctx, input.idempotency_key.as_deref(), &input)?;
        InvitePartnerPayload::of(answered::<Entity>(&access, partner::invite(&access, input.into()).await).await)
    }

    /// Submits the Partner Form of the viewer's own pending partner, which approves it. The onboarding session ends; a
    /// full one takes its place.
    async fn submit_partner_form(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The answers.")] input: SubmitPartnerFormInput,
    ) -> Result<SubmitPartnerFormPayload, Fault> {
        let access = once(ctx, input.idempotency_key.as_deref(), &input)?;
        let submitted = crate::domain::form::Submitted {
            form: Some(node::parse_as(Form::NAME, &input.form_id)?),
            answers: input.answers.into_iter().map(Into::into).collect(),
        };
        let mut done = partner::submit_form(&access, submitted).await;
        if let Err(Refusal::Fault(Fault::Repeated(_))) = done {
            done = Ok(partner::submitted(&access).await?);
        }
        let (done, user_errors) = settle(done)?;
        let (mut partner, mut submission, mut session) = (None, None, None);
        if let Some(done) = done {
            partner = Some(done.partner.into());
            submission = Some(done.submission.into());
            session = done.session.map(|opened| hand_over(ctx, opened, false));
        }
        Ok(SubmitPartnerFormPayload { partner, submission, session, user_errors })
    }
}
