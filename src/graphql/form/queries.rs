//! Forms to be read.

use super::object::{Form, FormSubmission};
use crate::{domain::form, fault::Fault, graphql::context::CurrentRequest};
use async_graphql::{Context, Object};
use entity::form::FormKind;

/// Queries about forms.
#[derive(Debug, Default)]
pub struct FormQueries;

/// Queries about forms.
#[Object]
impl FormQueries {
    /// The published Partner Form, for onboarding users and vendor staff; null if the vendor has none.
    async fn partner_form(&self, ctx: &Context<'_>) -> Result<Option<Form>, Fault> {
        Ok(form::read(&ctx.request().access, FormKind::Partner).await?.map(Form::from))
    }

    /// The answers to the Partner Form that the viewer's own partner has saved and not submitted; null if there are none.
    async fn partner_form_draft(&self, ctx: &Context<'_>) -> Result<Option<FormSubmission>, Fault> {
        Ok(form::of_own_partner(&ctx.request().access).await?.map(FormSubmission::from))
    }

    /// The published Integration Form, answered with each submission of an integration; null if the vendor has none.
    async fn integration_form(&self, ctx: &Context<'_>) -> Result<Option<Form>, Fault> {
        Ok(form::read(&ctx.request().access, FormKind::Integration).await?.map(Form::from))
    }
}
