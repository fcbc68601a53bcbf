//! The viewer's sessions, and its password.

use super::{
    session::{Session, remember, welcome},
    viewer::Viewer,
};
use crate::{
    domain::account::{self, session},
    fault::Fault,
    graphql::{
        context::{Credential, CurrentRequest},
        error::{UserError, settle},
        node,
        scalar::{EmailAddress, Secret},
    },
};
use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use chrono::{DateTime, Utc};
use entity::session::Model;
use secrecy::ExposeSecret;

/// The name of sessions inside ids.
const NAME: &str = "Session";

/// One place where the viewer is signed in.
#[derive(Debug, SimpleObject)]
pub struct AccountSession {
    /// Opaque id, for `revokeSession`.
    id: ID,
    /// Whether it carries this very request.
    current: bool,
    /// The network address that it was opened from.
    ip: Option<String>,
    /// The program that it was opened with.
    user_agent: Option<String>,
    /// When it was opened.
    created_at: DateTime<Utc>,
    /// When it was last used; some minutes may be missing.
    last_used_at: DateTime<Utc>,
    /// When it ends at the latest.
    expires_at: DateTime<Utc>,
}

impl AccountSession {
    /// A row, and whether it is the current one.
    pub fn of((current, row): (bool, Model)) -> Self {
        Self {
            id: node::encode(NAME, row.id),
            current,
            ip: row.ip,
            user_agent: row.user_agent,
            created_at: row.created_at,
            last_used_at: row.last_used_at,
            expires_at: row.expires_at,
        }
    }
}

/// Which session is to end.
#[derive(Debug, InputObject)]
pub struct RevokeSessionInput {
    /// One of `viewer.sessions`.
    id: ID,
}

/// What `revokeSession` did.
#[derive(Debug, SimpleObject)]
pub struct RevokeSessionPayload {
    /// What to mend; always empty.
    user_errors: Vec<UserError>,
}

/// What `revokeOtherSessions` did.
#[derive(Debug, SimpleObject)]
pub struct RevokeOtherSessionsPayload {
    /// How many sessions ended.
    revoked: u64,
    /// What to mend; always empty.
    user_errors: Vec<UserError>,
}

/// The old password and the new one.
#[derive(Debug, InputObject)]
pub struct ChangePasswordInput {
    /// The password as it is.
    current_password: Secret,
    /// The new password: 12 to 128 characters (`passwordRules`), not easily guessed.
    new_password: Secret,
    /// Keep the new session in a cookie of this browser instead of showing its token.
    #[graphql(default)]
    set_cookie: bool,
}

/// What `changePassword` did.
#[derive(Debug, SimpleObject)]
pub struct ChangePasswordPayload {
    /// The viewer; null if a password was refused.
    viewer: Option<Viewer>,
    /// The one session that is left: a new one. All others have ended.
    session: Option<Session>,
    /// What to mend.
    user_errors: Vec<UserError>,
}

/// Who has forgotten its password.
#[derive(Debug, InputObject)]
pub struct RequestPasswordResetInput {
    /// The address of the account.
    email: EmailAddress,
}

/// What `requestPasswordReset` did: the same whether or not there is such an account.
#[derive(Debug, SimpleObject)]
pub struct RequestPasswordResetPayload {
    /// What to mend.
    user_errors: Vec<UserError>,
}

/// The link and the new password.
#[derive(Debug, InputObject)]
pub struct ResetPasswordInput {
    /// What stands behind `#t=` in the link.
    token: Secret,
    /// The new password: 12 to 128 characters (`passwordRules`), not easily guessed.
    password: Secret,
}

/// What `resetPassword` did. Nobody is logged in by it.
#[derive(Debug, SimpleObject)]
pub struct ResetPasswordPayload {
    /// What to mend.
    user_errors: Vec<UserError>,
}

/// Mutations of sessions and passwords.
#[derive(Debug, Default)]
pub struct SessionMutations;

/// Mutations of sessions and passwords.
#[Object]
impl SessionMutations {
    /// Ends one of the viewer's sessions.
    async fn revoke_session(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The session.")] input: RevokeSessionInput,
    ) -> Result<RevokeSessionPayload, Fault> {
        let access = &ctx.request().access;
        access.person()?;
        session::revoke(access, node::parse_as(NAME, &input.id)?).await?;
        Ok(RevokeSessionPayload { user_errors: Vec::new() })
    }

    /// Ends all of the viewer's sessions but the one that carries the request, and forgets the browsers that have been in the
    /// account.
    async fn revoke_other_sessions(&self, ctx: &Context<'_>) -> Result<RevokeOtherSessionsPayload, Fault> {
        let (revoked, device) = session::revoke_others(&ctx.request().access).await?;
        if ctx.request().credential == Credential::Cookie {
            remember(ctx, &device);
        }
        Ok(RevokeOtherSessionsPayload { revoked, user_errors: Vec::new() })
    }

    /// Sets a new password for whoever knows the old one. All sessions end but a new one.
    async fn change_password(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The old password and the new one.")] input: ChangePasswordInput,
    ) -> Result<ChangePasswordPayload, Fault> {
        let access = &ctx.request().access;
        let changed = account::change_password(access, &input.current_password.0, &input.new_password.0).await;
        let (viewer, session, user_errors) = welcome(ctx, changed, input.set_cookie)?;
        Ok(ChangePasswordPayload { viewer, session, user_errors })
    }

    /// Sends a link that sets a new password to the account's own address. It works for 30 minutes, and kills the one
    /// before it.
    async fn request_password_reset(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The address of the account.")] input: RequestPasswordResetInput,
    ) -> Result<RequestPasswordResetPayload, Fault> {
        let (_, user_errors) = settle(account::reset::request(&ctx.request().access, &input.email.0).await)?;
        Ok(RequestPasswordResetPayload { user_errors })
    }

    /// Sets a new password by a link. All sessions end.
    async fn reset_password(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The link and the new password.")] input: ResetPasswordInput,
    ) -> Result<ResetPasswordPayload, Fault> {
        let token = input.token.0.expose_secret();
        let (_, user_errors) = settle(account::reset::reset(&ctx.request().access, token, &input.password.0).await)?;
        Ok(ResetPasswordPayload { user_errors })
    }
}
