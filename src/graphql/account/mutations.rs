//! Coming in and going out.

use super::{
    session::{Session, forget, welcome},
    viewer::Viewer,
};
use crate::{
    domain::{
        account::{self, LogIn},
        invitation,
    },
    fault::Fault,
    graphql::{
        context::{Credential, CurrentRequest},
        error::UserError,
        scalar::{EmailAddress, Secret},
    },
};
use async_graphql::{Context, InputObject, Object, SimpleObject};
use chrono::{DateTime, Utc};
use secrecy::ExposeSecret;
use std::fmt;

/// The link and the password to be set.
#[derive(Debug, InputObject)]
pub struct AcceptInvitationInput {
    /// What stands behind `#t=` in the link.
    token: Secret,
    /// The new password: 12 to 128 characters (`passwordRules`), not easily guessed.
    password: Secret,
    /// Keep the session in a cookie of this browser instead of showing its token.
    #[graphql(default)]
    set_cookie: bool,
}

/// Who wants to log in.
#[derive(Debug, InputObject)]
pub struct LoginInput {
    /// The user's address.
    email: EmailAddress,
    /// The user's password.
    password: Secret,
    /// Keep the session in a cookie of this browser instead of showing its token.
    #[graphql(default)]
    set_cookie: bool,
}

/// What `acceptInvitation` did.
#[derive(Debug, SimpleObject)]
pub struct AcceptInvitationPayload {
    /// The user who came in; null if the link or the password was refused.
    viewer: Option<Viewer>,
    /// The first session.
    session: Option<Session>,
    /// What to mend.
    user_errors: Vec<UserError>,
}

/// A password that was right, of an account that asks for a code as well.
#[derive(SimpleObject)]
pub struct LoginChallenge {
    /// To be sent back with the code, in `completeLogin`.
    token: String,
    /// Until when.
    expires_at: DateTime<Utc>,
}

impl fmt::Debug for LoginChallenge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LoginChallenge").field("expires_at", &self.expires_at).finish_non_exhaustive()
    }
}

/// What `login` did.
#[derive(Debug, Default, SimpleObject)]
pub struct LoginPayload {
    /// The user who came in; null if address and password do not belong together.
    viewer: Option<Viewer>,
    /// The session.
    session: Option<Session>,
    /// What to answer with a code, if the account has a second factor; there is no session yet.
    challenge: Option<LoginChallenge>,
    /// What to mend.
    user_errors: Vec<UserError>,
}

/// What `logout` did.
#[derive(Debug, SimpleObject)]
pub struct LogoutPayload {
    /// What to mend; always empty.
    user_errors: Vec<UserError>,
}

/// Mutations of the viewer's own account.
#[derive(Debug, Default)]
pub struct AccountMutations;

/// Mutations of the viewer's own account.
#[Object]
impl AccountMutations {
    /// Sets the password of the link's own user and opens the first session. The only thing that uses a link up.
    async fn accept_invitation(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The link and the password.")] input: AcceptInvitationInput,
    ) -> Result<AcceptInvitationPayload, Fault> {
        let accepted =
            invitation::accept(&ctx.request().access, input.token.0.expose_secret(), &input.password.0).await;
        let (viewer, session, user_errors) = welcome(ctx, accepted.map(|accepted| accepted.session), input.set_cookie)?;
        Ok(AcceptInvitationPayload { viewer, session, user_errors })
    }

    /// Opens a session. Until the user's partner is approved, it reaches the Partner Form and nothing else.
    async fn login(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Address and password.")] input: LoginInput,
    ) -> Result<LoginPayload, Fault> {
        let opened = match account::log_in(&ctx.request().access, &input.email.0, &input.password.0).await {
            Ok(LogIn::Challenged(challenge)) => {
                let challenge = LoginChallenge {
                    token: challenge.token.expose_secret().to_owned(),
                    expires_at: challenge.expires_at,
                };
                return Ok(LoginPayload { challenge: Some(challenge), ..Default::default() });
            }
            Ok(LogIn::In(opened)) => Ok(opened),
            Err(refusal) => Err(refusal),
        };
        let (viewer, session, user_errors) = welcome(ctx, opened, input.set_cookie)?;
        Ok(LoginPayload { viewer, session, challenge: None, user_errors })
    }

    /// Ends the session that carries the request.
    async fn logout(&self, ctx: &Context<'_>) -> Result<LogoutPayload, Fault> {
        account::session::log_out(&ctx.request().access).await?;
        if ctx.request().credential == Credential::Cookie {
            forget(ctx);
        }
        Ok(LogoutPayload { user_errors: Vec::new() })
    }
}
