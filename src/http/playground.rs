//! `/playground`: GraphiQL from our own files, with the session of whoever is signed in.

use super::files;
use axum::{
    extract::Path,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{Html, IntoResponse, Response},
};

/// The editor styles itself from script, and runs its parsers in workers.
const CSP: &str = "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self' 'unsafe-inline'; \
                   img-src 'self' data:; font-src 'self' data:; connect-src 'self'; base-uri 'none'; \
                   form-action 'self'; frame-ancestors 'none'";

const MISSING: &str = "<!doctype html><html lang=en><meta charset=utf-8><title>Playground</title>\
    <h1>The playground has not been built</h1><p>Run <code>make web</code> in the project's folder \
    (it needs Node), then start the hub again.</p>";

/// The page.
pub(super) async fn index(headers: HeaderMap) -> Response {
    let page = files::page("playground/index.html", &headers).map(relaxed);
    page.unwrap_or_else(|| (StatusCode::NOT_FOUND, Html(MISSING)).into_response())
}

/// What the page loads.
pub(super) async fn file(Path(path): Path<String>, headers: HeaderMap) -> Response {
    let file = files::asset(&format!("playground/{path}"), &headers).map(relaxed);
    file.unwrap_or_else(|| StatusCode::NOT_FOUND.into_response())
}

fn relaxed(mut response: Response) -> Response {
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(CSP));
    response
}
