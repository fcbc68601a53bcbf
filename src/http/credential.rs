//! Who asks: a bearer token, or the cookie of a page of ours.

use super::{App, layers::RequestId};
use crate::{
    access::{Access, Actor, Origin},
    config::Config,
    domain::account::session,
    fault::Fault,
    graphql::{account::session::cookie_name, context::Credential},
};
use axum::http::{HeaderMap, header};
use secrecy::SecretString;
use std::net::SocketAddr;

/// The header that a foreign page cannot send without asking first.
const CSRF: &str = "x-partner-csrf";

/// Why a request gets no actor, not even an anonymous one.
pub(super) enum Refused {
    /// A cookie came from what may be a foreign page; the sentence says what is missing.
    Forgery(&'static str),
    /// The database did not answer.
    Fault(Fault),
}

/// Finds out who asks. A token that does not work is nobody; a bearer token makes the cookie irrelevant.
pub(super) async fn resolve(
    app: &App,
    peer: SocketAddr,
    request_id: &RequestId,
    headers: &HeaderMap,
) -> Result<(Access, Credential), Refused> {
    let (token, credential) = match (bearer(headers), cookie(headers, &app.hub.config)) {
        (Some(token), _) => (Some(token), Credential::Bearer),
        (None, Some(token)) => {
            check_origin(headers, &app.hub.config)?;
            (Some(token), Credential::Cookie)
        }
        (None, None) => (None, Credential::None),
    };
    let actor = match token {
        Some(token) => session::resolve(&app.hub, &token).await.map_err(Refused::Fault)?,
        None => Actor::Anonymous,
    };
    let user_agent = headers.get(header::USER_AGENT).and_then(|agent| agent.to_str().ok());
    let origin = Origin {
        ip: Some(peer.ip().to_string()),
        user_agent: user_agent.map(|agent| agent.chars().take(200).collect()),
        request_id: Some(request_id.0.to_string()),
    };
    Ok((Access::new(app.hub.clone(), actor, origin), credential))
}

fn bearer(headers: &HeaderMap) -> Option<SecretString> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim().to_owned().into())
}

fn cookie(headers: &HeaderMap, config: &Config) -> Option<SecretString> {
    let name = cookie_name(config);
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = cookies.flat_map(|value| value.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(found, value)| *found == name && !value.is_empty()).map(|(_, value)| value.to_owned().into())
}

/// A browser sends the cookie along whoever asks; these headers say who does.
fn check_origin(headers: &HeaderMap, config: &Config) -> Result<(), Refused> {
    if headers.get(CSRF).is_none_or(|value| value != "1") {
        return Err(Refused::Forgery("With a cookie, send the header x-partner-csrf: 1."));
    }
    let own = match (headers.get("sec-fetch-site"), headers.get(header::ORIGIN)) {
        (Some(site), _) => site == "same-origin",
        (None, Some(origin)) => origin == config.public_url.origin().ascii_serialization().as_str(),
        (None, None) => false,
    };
    if own { Ok(()) } else { Err(Refused::Forgery("With a cookie, send requests from the hub's own pages only.")) }
}
