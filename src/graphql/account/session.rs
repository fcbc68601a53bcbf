//! Handing a new session over: as a cookie that scripts cannot read, or as a token in the payload.

use super::viewer::Viewer;
use crate::{
    config::Config,
    domain::account::{DEVICE_LIFE, session::Opened},
    fault::{Fault, Refusal},
    graphql::{
        context::{Credential, CurrentRequest},
        error::{UserError, settle},
    },
};
use async_graphql::{Context, SimpleObject};
use chrono::{DateTime, Utc};
use secrecy::{ExposeSecret, SecretString};
use std::fmt;

/// A session that was just opened.
#[derive(SimpleObject)]
pub struct Session {
    /// What to send as `Authorization: Bearer …`; shown this once. Null if a cookie was set instead.
    token: Option<String>,
    /// When the session ends at the latest.
    expires_at: DateTime<Utc>,
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session").field("expires_at", &self.expires_at).finish_non_exhaustive()
    }
}

/// Sets the cookies if that was asked for, or if the request came with one; otherwise shows the token.
pub fn hand_over(ctx: &Context<'_>, opened: Opened, set_cookie: bool) -> Session {
    let context = ctx.request();
    let token = opened.token.expose_secret();
    if set_cookie || context.credential == Credential::Cookie {
        let config = &context.access.hub().config;
        let life = (opened.expires_at - context.access.now()).num_seconds();
        ctx.append_http_header("set-cookie", cookie(config, cookie_name(config), token, life));
        remember(ctx, &opened.device);
        Session { token: None, expires_at: opened.expires_at }
    } else {
        Session { token: Some(token.to_owned()), expires_at: opened.expires_at }
    }
}

/// Takes the cookie back. What the browser is known by stays.
pub fn forget(ctx: &Context<'_>) {
    let config = &ctx.request().access.hub().config;
    ctx.append_http_header("set-cookie", cookie(config, cookie_name(config), "", 0));
}

/// Lets the browser be known the next time that somebody logs in.
pub fn remember(ctx: &Context<'_>, device: &SecretString) {
    let config = &ctx.request().access.hub().config;
    let (name, life) = (device_cookie_name(config), DEVICE_LIFE.num_seconds());
    ctx.append_http_header("set-cookie", cookie(config, name, device.expose_secret(), life));
}

/// The cookie of a session.
pub fn cookie_name(config: &Config) -> &'static str {
    if config.public_url.scheme() == "https" { "__Host-sid" } else { "sid" }
}

/// The cookie by which a browser is known that has been in an account before.
pub fn device_cookie_name(config: &Config) -> &'static str {
    if config.public_url.scheme() == "https" { "__Host-device" } else { "device" }
}

/// The `__Host-` prefix binds a cookie to this very host, and needs TLS; a developer's loopback has none.
fn cookie(config: &Config, name: &str, value: &str, seconds: i64) -> String {
    let secure = if config.public_url.scheme() == "https" { "; Secure" } else { "" };
    format!("{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Strict{secure}")
}

/// Who has come in, by which session, and what to mend if nobody has.
type Welcome = (Option<Viewer>, Option<Session>, Vec<UserError>);

/// Hands a session over that was just opened.
pub fn welcome(ctx: &Context<'_>, opened: Result<Opened, Refusal>, set_cookie: bool) -> Result<Welcome, Fault> {
    let (opened, user_errors) = settle(opened)?;
    let viewer = opened.as_ref().and_then(|opened| Viewer::of(&opened.actor));
    Ok((viewer, opened.map(|opened| hand_over(ctx, opened, set_cookie)), user_errors))
}
