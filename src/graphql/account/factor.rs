//! The viewer's second factor, and showing the password once more.

use super::{
    session::{Session, welcome},
    viewer::Viewer,
};
use crate::{
    domain::account::{self, factor},
    fault::Fault,
    graphql::{
        context::CurrentRequest,
        error::{UserError, settle},
        scalar::Secret,
    },
};
use async_graphql::{Context, InputObject, Object, SimpleObject};
use secrecy::ExposeSecret;
use std::fmt;

/// The second step of a log-in.
#[derive(Debug, InputObject)]
pub struct CompleteLoginInput {
    /// The `token` of the challenge that `login` answered.
    challenge: Secret,
    /// What the authenticator shows, or a recovery code. Each works once.
    code: Secret,
    /// Keep the session in a cookie of this browser instead of showing its token.
    #[graphql(default)]
    set_cookie: bool,
}

/// What `completeLogin` did.
#[derive(Debug, SimpleObject)]
pub struct CompleteLoginPayload {
    /// The user who came in; null if challenge or code was refused.
    viewer: Option<Viewer>,
    /// The session.
    session: Option<Session>,
    /// What to mend.
    user_errors: Vec<UserError>,
}

/// What `beginSecondFactor` did.
#[derive(SimpleObject)]
pub struct BeginSecondFactorPayload {
    /// The secret in Base32, to be typed into an authenticator; shown this once.
    secret: Option<String>,
    /// The same as an `otpauth:` address, to be shown as a picture (QR code); shown this once.
    uri: Option<String>,
    /// What to mend.
    user_errors: Vec<UserError>,
}

impl fmt::Debug for BeginSecondFactorPayload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BeginSecondFactorPayload").field("user_errors", &self.user_errors).finish_non_exhaustive()
    }
}

/// A code that shows that the authenticator has the secret.
#[derive(Debug, InputObject)]
pub struct ConfirmSecondFactorInput {
    /// What the authenticator shows.
    code: Secret,
    /// Keep the new session in a cookie of this browser instead of showing its token.
    #[graphql(default)]
    set_cookie: bool,
}

/// What `confirmSecondFactor` did.
#[derive(SimpleObject)]
pub struct ConfirmSecondFactorPayload {
    /// Ten codes, each of which takes the place of the authenticator's once; shown this once.
    recovery_codes: Option<Vec<String>>,
    /// The viewer; null if the code was refused.
    viewer: Option<Viewer>,
    /// The one session that is left: a new one. All others have ended.
    session: Option<Session>,
    /// What to mend.
    user_errors: Vec<UserError>,
}

impl fmt::Debug for ConfirmSecondFactorPayload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ConfirmSecondFactorPayload").field("user_errors", &self.user_errors).finish_non_exhaustive()
    }
}

/// The password, since the account will be asked for nothing else.
#[derive(Debug, InputObject)]
pub struct DisableSecondFactorInput {
    /// The viewer's password.
    password: Secret,
    /// Keep the new session in a cookie of this browser instead of showing its token.
    #[graphql(default)]
    set_cookie: bool,
}

/// What `disableSecondFactor` did.
#[derive(Debug, SimpleObject)]
pub struct DisableSecondFactorPayload {
    /// The viewer; null if it was refused.
    viewer: Option<Viewer>,
    /// The one session that is left: a new one. All others have ended.
    session: Option<Session>,
    /// What to mend.
    user_errors: Vec<UserError>,
}

/// What `renewRecoveryCodes` did.
#[derive(SimpleObject)]
pub struct RenewRecoveryCodesPayload {
    /// Ten new codes, shown this once. The old ones are gone.
    recovery_codes: Option<Vec<String>>,
    /// What to mend.
    user_errors: Vec<UserError>,
}

impl fmt::Debug for RenewRecoveryCodesPayload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RenewRecoveryCodesPayload").field("user_errors", &self.user_errors).finish_non_exhaustive()
    }
}

/// What shows that it is still the viewer who sits there.
#[derive(Debug, InputObject)]
pub struct ReauthenticateInput {
    /// The viewer's password.
    password: Secret,
    /// What the authenticator shows, or a recovery code; needed by whoever has a second factor.
    code: Option<Secret>,
}

/// What `reauthenticate` did.
#[derive(Debug, SimpleObject)]
pub struct ReauthenticatePayload {
    /// What to mend.
    user_errors: Vec<UserError>,
}

/// Mutations of second factors.
#[derive(Debug, Default)]
pub struct FactorMutations;

/// Mutations of second factors.
#[Object]
impl FactorMutations {
    /// Opens a session by a code, after `login` has answered a challenge instead of a session.
    async fn complete_login(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The challenge and the code.")] input: CompleteLoginInput,
    ) -> Result<CompleteLoginPayload, Fault> {
        let (challenge, code) = (input.challenge.0.expose_secret(), input.code.0.expose_secret());
        let opened = account::complete_log_in(&ctx.request().access, challenge, code).await;
        let (viewer, session, user_errors) = welcome(ctx, opened, input.set_cookie)?;
        Ok(CompleteLoginPayload { viewer, session, user_errors })
    }

    /// Begins to set up a second factor: put the secret into an authenticator, then call `confirmSecondFactor`. One that
    /// was begun before and not confirmed is forgotten.
    async fn begin_second_factor(&self, ctx: &Context<'_>) -> Result<BeginSecondFactorPayload, Fault> {
        let (setup, user_errors) = settle(factor::begin(&ctx.request().access).await)?;
        let (secret, uri) =
            setup.map(|setup| (setup.secret.expose_secret().to_owned(), setup.uri.expose_secret().to_owned())).unzip();
        Ok(BeginSecondFactorPayload { secret, uri, user_errors })
    }

    /// Switches the second factor on: from now on logging in takes a code as well. All sessions end but a new one.
    async fn confirm_second_factor(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The code.")] input: ConfirmSecondFactorInput,
    ) -> Result<ConfirmSecondFactorPayload, Fault> {
        let confirmed = factor::confirm(&ctx.request().access, input.code.0.expose_secret()).await;
        let (opened, recovery_codes) = match confirmed {
            Ok((opened, codes)) => (Ok(opened), Some(codes)),
            Err(refusal) => (Err(refusal), None),
        };
        let (viewer, session, user_errors) = welcome(ctx, opened, input.set_cookie)?;
        Ok(ConfirmSecondFactorPayload { recovery_codes, viewer, session, user_errors })
    }

    /// Switches the second factor off. All sessions end but a new one.
    async fn disable_second_factor(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The password.")] input: DisableSecondFactorInput,
    ) -> Result<DisableSecondFactorPayload, Fault> {
        let opened = factor::disable(&ctx.request().access, &input.password.0).await;
        let (viewer, session, user_errors) = welcome(ctx, opened, input.set_cookie)?;
        Ok(DisableSecondFactorPayload { viewer, session, user_errors })
    }

    /// Makes ten new recovery codes; the old ones no longer work.
    async fn renew_recovery_codes(&self, ctx: &Context<'_>) -> Result<RenewRecoveryCodesPayload, Fault> {
        let (recovery_codes, user_errors) = settle(factor::renew_codes(&ctx.request().access).await)?;
        Ok(RenewRecoveryCodesPayload { recovery_codes, user_errors })
    }

    /// Shows the password once more. Changes of credentials want one that was shown within the last 15 minutes, and answer
    /// `REAUTHENTICATE` otherwise.
    async fn reauthenticate(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Password and code.")] input: ReauthenticateInput,
    ) -> Result<ReauthenticatePayload, Fault> {
        let code = input.code.as_ref().map(|code| &code.0);
        let done = account::reauthenticate(&ctx.request().access, &input.password.0, code).await;
        Ok(ReauthenticatePayload { user_errors: settle(done)?.1 })
    }
}
