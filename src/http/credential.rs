//! Who asks: a bearer token, or the cookie of a page of ours.

use super::{App, layers::RequestId};
use crate::{
    access::{Access, Actor, Origin},
    config::Config,
    db::Reading,
    domain::{account::session, api_key},
    fault::Fault,
    graphql::{account::session::cookie_name, context::Credential},
    hub::Hub,
    secret::is_api_key,
};
use axum::http::{HeaderMap, header};
use ipnet::IpNet;
use secrecy::{ExposeSecret, SecretString};
use std::net::{IpAddr, SocketAddr};

/// The header that a foreign page cannot send without asking first.
const CSRF: &str = "x-partner-csrf";
const OWN_PAGES: &str = "With a cookie, send requests from the hub's own pages only.";

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
    conn: Reading,
) -> Result<(Access, Credential), Refused> {
    let (token, credential) = match (bearer(headers), cookie(headers, &app.hub.config)) {
        (Some(token), _) => (Some(token), Credential::Bearer),
        (None, Some(token)) => {
            check_origin(headers, &app.hub.config)?;
            (Some(token), Credential::Cookie)
        }
        (None, None) => (None, Credential::None),
    };
    Ok((admit(app, peer, request_id, headers, conn, token, credential).await?, credential))
}

/// Nobody in particular if the request brings no credential: what such a request may cost is asked before the gate.
pub(super) fn stranger(app: &App, peer: SocketAddr, request_id: &RequestId, headers: &HeaderMap) -> Option<Access> {
    let brings = bearer(headers).is_some() || cookie(headers, &app.hub.config).is_some();
    (!brings).then(|| nobody(app, peer, request_id, headers))
}

/// The same for a socket, whose request cannot carry a header of a page's own: a page must be one of ours, whether it
/// has a cookie or not, or of an origin that the operator has named. Programs name no origin.
pub(super) async fn resolve_socket(
    app: &App,
    peer: SocketAddr,
    request_id: &RequestId,
    headers: &HeaderMap,
) -> Result<Access, Refused> {
    let (bearer, mut cookie) = (bearer(headers), cookie(headers, &app.hub.config));
    let by_cookie = bearer.is_none() && cookie.is_some();
    let named = |origin: &str| app.hub.config.cors_origins.iter().any(|named| named == origin);
    if headers.get(header::ORIGIN).and_then(|origin| origin.to_str().ok()).is_some_and(named) {
        // Such a page says its token in the greeting; cookies are for pages of ours.
        cookie = None;
    } else if (by_cookie || headers.contains_key(header::ORIGIN)) && !is_own_page(headers, &app.hub.config) {
        return Err(Refused::Forgery("Open sockets from the hub's own pages only, or as a program without Origin."));
    }
    let conn = app.hub.any_connection();
    let credential = if bearer.is_some() { Credential::Bearer } else { Credential::Cookie };
    admit(app, peer, request_id, headers, conn, bearer.or(cookie), credential).await
}

/// The same for what a page of ours shows in a frame: looking at it changes nothing.
pub(super) async fn resolve_frame(
    app: &App,
    peer: SocketAddr,
    request_id: &RequestId,
    headers: &HeaderMap,
) -> Result<Access, Refused> {
    let (bearer, cookie) = (bearer(headers), cookie(headers, &app.hub.config));
    if bearer.is_none() && cookie.is_some() && !is_own_page(headers, &app.hub.config) {
        return Err(Refused::Forgery(OWN_PAGES));
    }
    let credential = if bearer.is_some() { Credential::Bearer } else { Credential::Cookie };
    admit(app, peer, request_id, headers, app.hub.any_connection(), bearer.or(cookie), credential).await
}

async fn admit(
    app: &App,
    peer: SocketAddr,
    request_id: &RequestId,
    headers: &HeaderMap,
    conn: Reading,
    token: Option<SecretString>,
    credential: Credential,
) -> Result<Access, Refused> {
    let actor = match token {
        // A cookie holds a session and nothing else.
        Some(token) if credential == Credential::Cookie => session::resolve(&app.hub, &conn, &token).await,
        Some(token) => bearer_of(&app.hub, &conn, &token).await,
        None => Ok(Actor::Anonymous),
    };
    Ok(Access::through(conn, app.hub.clone(), actor.map_err(Refused::Fault)?, origin(app, peer, request_id, headers)))
}

/// Nobody in particular, whatever the request carries: where a link alone is the permission.
pub(super) fn nobody(app: &App, peer: SocketAddr, request_id: &RequestId, headers: &HeaderMap) -> Access {
    Access::new(app.hub.clone(), Actor::Anonymous, origin(app, peer, request_id, headers))
}

fn origin(app: &App, peer: SocketAddr, request_id: &RequestId, headers: &HeaderMap) -> Origin {
    let user_agent = headers.get(header::USER_AGENT).and_then(|agent| agent.to_str().ok());
    Origin {
        ip: Some(client(peer.ip(), headers, &app.hub.config.trusted_proxies).to_string()),
        user_agent: user_agent.map(|agent| agent.chars().take(200).collect()),
        request_id: Some(request_id.0.to_string()),
    }
}

/// Who a bearer token stands for: it says itself whether it is a session's or a key's, so that one statement finds out.
pub(super) async fn bearer_of(hub: &Hub, conn: &Reading, token: &SecretString) -> Result<Actor, Fault> {
    if is_api_key(token.expose_secret()) {
        api_key::resolve(hub, conn, token).await
    } else {
        session::resolve(hub, conn, token).await
    }
}

/// The client's address: who connects, or, for as long as that is a proxy of ours, whom it names. `X-Forwarded-For` is
/// read from its end, because its beginning is what the client wrote.
fn client(peer: IpAddr, headers: &HeaderMap, proxies: &[IpNet]) -> IpAddr {
    let ours = |ip: &IpAddr| proxies.iter().any(|network| network.contains(&ip.to_canonical()));
    let named = headers.get_all("x-forwarded-for").iter().filter_map(|value| value.to_str().ok());
    let mut named: Vec<&str> = named.flat_map(|value| value.split(',')).map(str::trim).collect();
    let mut client = peer;
    while ours(&client) {
        match named.pop().and_then(address) {
            Some(before) => client = before,
            None => break,
        }
    }
    client.to_canonical()
}

/// An address as proxies write it: some add the port, and brackets.
fn address(text: &str) -> Option<IpAddr> {
    let bare = text.strip_prefix('[').and_then(|text| text.strip_suffix(']')).unwrap_or(text);
    bare.parse().ok().or_else(|| text.parse().ok().map(|with_port: SocketAddr| with_port.ip()))
}

/// The token of `Authorization: Bearer …`.
pub(super) fn bearer(headers: &HeaderMap) -> Option<SecretString> {
    token_of(headers.get(header::AUTHORIZATION)?.to_str().ok()?)
}

/// The token in `Bearer …`.
pub(super) fn token_of(value: &str) -> Option<SecretString> {
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
    if is_own_page(headers, config) { Ok(()) } else { Err(Refused::Forgery(OWN_PAGES)) }
}

fn is_own_page(headers: &HeaderMap, config: &Config) -> bool {
    match (headers.get("sec-fetch-site"), headers.get(header::ORIGIN)) {
        (Some(site), _) => site == "same-origin",
        (None, Some(origin)) => origin == config.public_url.origin().ascii_serialization().as_str(),
        (None, None) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    #[test]
    fn only_our_own_proxies_are_believed() {
        let proxies = ["10.0.0.0/8".parse().unwrap(), "::1/128".parse().unwrap()];
        let of = |peer: &str, forwarded: &[&'static str]| {
            let name = axum::http::HeaderName::from_static("x-forwarded-for");
            let values = forwarded.iter().map(|value| (name.clone(), HeaderValue::from_static(value)));
            client(peer.parse().unwrap(), &values.collect(), &proxies).to_string()
        };
        assert_eq!(of("203.0.113.9", &["198.51.100.1"]), "203.0.113.9", "a stranger's header is ignored");
        assert_eq!(of("10.0.0.1", &["198.51.100.1"]), "198.51.100.1");
        assert_eq!(of("10.0.0.1", &["1.1.1.1, 198.51.100.1"]), "198.51.100.1", "what the client wrote is ignored");
        assert_eq!(of("::1", &["1.1.1.1", "198.51.100.1, 10.9.9.9"]), "198.51.100.1", "a proxy behind a proxy");
        assert_eq!(of("10.0.0.1", &["nonsense"]), "10.0.0.1");
        assert_eq!(of("10.0.0.1", &["198.51.100.1:4711"]), "198.51.100.1", "with its port");
        assert_eq!(of("10.0.0.1", &["[2001:db8::1]:4711"]), "2001:db8::1");
        assert_eq!(of("10.0.0.1", &["[2001:db8::1]"]), "2001:db8::1");
        assert_eq!(of("10.0.0.1", &[]), "10.0.0.1");
        assert_eq!(of("::ffff:10.0.0.1", &["198.51.100.1"]), "198.51.100.1");
    }
}
