//! Another e-mail address of the viewer's.

use crate::{
    domain::account::email,
    fault::Fault,
    graphql::{
        context::CurrentRequest,
        error::{UserError, settle},
        scalar::{EmailAddress, Secret},
    },
};
use async_graphql::{Context, InputObject, Object, SimpleObject};
use secrecy::ExposeSecret;

/// The new address, and the password.
#[derive(Debug, InputObject)]
pub struct ChangeEmailInput {
    /// The address that the account is to have.
    new_email: EmailAddress,
    /// The viewer's password.
    password: Secret,
}

/// What `changeEmail` did: the same whether or not somebody has that address.
#[derive(Debug, SimpleObject)]
pub struct ChangeEmailPayload {
    /// What to mend.
    user_errors: Vec<UserError>,
}

/// The link.
#[derive(Debug, InputObject)]
pub struct ConfirmEmailInput {
    /// What stands behind `#t=` in the link.
    token: Secret,
}

/// What `confirmEmail` did. Nobody is logged in by it.
#[derive(Debug, SimpleObject)]
pub struct ConfirmEmailPayload {
    /// What to mend.
    user_errors: Vec<UserError>,
}

/// Mutations of the viewer's address.
#[derive(Debug, Default)]
pub struct EmailMutations;

/// Mutations of the viewer's address.
#[Object]
impl EmailMutations {
    /// Sends a link to another address, which then becomes the account's. It works for 30 minutes, and kills the one before
    /// it. The address as it is now is told.
    async fn change_email(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Address and password.")] input: ChangeEmailInput,
    ) -> Result<ChangeEmailPayload, Fault> {
        let asked = email::request(&ctx.request().access, &input.new_email.0, &input.password.0).await;
        Ok(ChangeEmailPayload { user_errors: settle(asked)?.1 })
    }

    /// Gives the link's own account the address that the link was sent to. All sessions end but the one that asked.
    async fn confirm_email(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The link.")] input: ConfirmEmailInput,
    ) -> Result<ConfirmEmailPayload, Fault> {
        let confirmed = email::confirm(&ctx.request().access, input.token.0.expose_secret()).await;
        Ok(ConfirmEmailPayload { user_errors: settle(confirmed)?.1 })
    }
}
