//! The web app: two pages that load their own scripts, and the addresses at which they stand.
//!
//! The door is for whoever is not inside yet and stays small; the hub is the dashboard and the portal. Both run under
//! the strict policy of [`super::layers`]: no inline script, no inline style (ADR 11).

use super::{App, files, layers::STRICT};
use axum::{
    Router,
    extract::Path,
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    response::{Html, IntoResponse, Response},
    routing::get,
};
use std::sync::LazyLock;

/// Where the door opens. Tokens of links stand in the fragment, which is never sent here.
const DOOR: [&str; 6] = ["/log-in", "/forgot", "/reset", "/email", "/accept", "/welcome"];

/// The hub's rooms: each is a deep link, and so is everything below it.
const ROOMS: [&str; 7] =
    ["/partners", "/invitations", "/integrations", "/tenants", "/activity", "/settings", "/account"];

const MISSING: &str = "<!doctype html><html lang=en><meta charset=utf-8><title>Partner Hub</title>\
    <h1>The web app has not been built</h1><p>Run <code>make web</code> in the project's folder (it needs Node), \
    then load this page again. The graph is at <code>POST /graphql</code>.</p>";

/// The app's routes.
pub(super) fn routes() -> Router<App> {
    let mut router = Router::new().route("/", get(hub)).route("/assets/{*path}", get(asset));
    for address in DOOR {
        router = router.route(address, get(door));
    }
    for room in ROOMS {
        router = router.route(room, get(hub)).route(&format!("{room}/{{*rest}}"), get(hub));
    }
    router
}

async fn door(headers: HeaderMap) -> Response {
    page("app/door.html", &headers)
}

/// It shows letters in a frame (`super::letter`).
async fn hub(headers: HeaderMap) -> Response {
    static POLICY: LazyLock<Option<HeaderValue>> =
        LazyLock::new(|| HeaderValue::from_str(&format!("{STRICT}; frame-src 'self'")).ok());
    let mut page = page("app/hub.html", &headers);
    if let Some(policy) = POLICY.clone() {
        page.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    page
}

/// Where nothing is. Whoever looks with a browser is told so by the app, with a way home; a program reads the status.
pub(super) async fn nowhere(method: Method, headers: HeaderMap) -> Response {
    let looks = method == Method::GET
        && headers
            .get_all(header::ACCEPT)
            .iter()
            .any(|kinds| kinds.to_str().is_ok_and(|kinds| kinds.contains("text/html")));
    if !looks {
        return StatusCode::NOT_FOUND.into_response();
    }
    let mut page = hub(headers).await;
    // What the browser has already, it is not sent again.
    if page.status() == StatusCode::OK {
        *page.status_mut() = StatusCode::NOT_FOUND;
    }
    page
}

/// Without the build the hub runs all the same, and says what to do.
fn page(path: &str, headers: &HeaderMap) -> Response {
    files::page(path, headers).unwrap_or_else(|| Html(MISSING).into_response())
}

async fn asset(Path(path): Path<String>, headers: HeaderMap) -> Response {
    let file = files::asset(&format!("app/assets/{path}"), &headers);
    file.unwrap_or_else(|| StatusCode::NOT_FOUND.into_response())
}
