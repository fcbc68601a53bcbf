//! What was agreed to, and what is asked anew.

use super::object::{Form, Question};
use crate::{
    access::Action,
    domain::{form::Outstanding, page::get},
    fault::Fault,
    graphql::{
        context::CurrentRequest, loaders::load, object::object, partner::object::Partner, scalar::Url,
        user::object::User,
    },
};
use async_graphql::{Context, SimpleObject};
use chrono::{DateTime, Utc};
use entity::terms_acceptance;

object! {
    /// A text that was agreed to: by whom, in which version, when, and from where. Never changed or removed.
    TermsAcceptance(terms_acceptance)
    columns {
        /// The question's key.
        question: &str = question |it| it;
        /// Where the text was.
        url: Url = url |it| Url(it.clone());
        /// The number of the version that asked.
        form_version: i32 = form_version |it| *it;
        /// When.
        accepted_at: DateTime<Utc> = accepted_at |it| *it;
    }
    one {
        /// Who agreed. Null if the viewer may not see that user.
        accepted_by: User = users by accepted_by_id;
        /// For which partner; null if for the vendor itself.
        partner: Partner = partners by partner_id;
    }
    resolvers {
        /// The version that asked.
        pub async fn form(&self, ctx: &Context<'_>) -> Result<Form, Fault> {
            load!(ctx.request().loaders.forms, *get(&self.0.form_id)?)?.ok_or(Fault::NotFound)
        }

        /// From which network address. Vendor admins only.
        pub async fn address(&self, ctx: &Context<'_>) -> Result<Option<&str>, Fault> {
            ctx.request().access.permit(Action::ReadAddress)?;
            Ok(get(&self.0.accepted_from)?.as_deref())
        }
    }
}

/// The texts that a partner is asked to agree to anew. Nothing is blocked by them.
#[derive(Clone, Debug, SimpleObject)]
pub struct OutstandingTerms {
    /// The version that asks: its id goes into `acceptTerms`.
    form: Form,
    /// Its questions that are to be agreed to, with the addresses of the texts; at least one.
    questions: Vec<Question>,
}

impl From<Outstanding> for OutstandingTerms {
    fn from(outstanding: Outstanding) -> Self {
        let questions = outstanding.questions.into_iter().map(Question::from).collect();
        Self { form: outstanding.form.into(), questions }
    }
}
