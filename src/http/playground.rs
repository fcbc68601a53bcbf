//! `/playground`: GraphiQL from our own files, with the session of whoever is signed in.

use axum::{
    body::Body,
    extract::Path,
    http::{HeaderValue, StatusCode, header},
    response::{Html, IntoResponse, Response},
};
use rust_embed::{Embed, EmbeddedFile};

/// The built web files; a debug build reads them from the folder, a release build carries them. `cargo build` works
/// without them.
#[derive(Embed)]
#[folder = "web/dist/"]
#[allow_missing = true]
struct Web;

/// The editor styles itself from script, and runs its parsers in workers.
const CSP: &str = "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self' 'unsafe-inline'; \
                   img-src 'self' data:; font-src 'self' data:; connect-src 'self'; base-uri 'none'; \
                   form-action 'self'; frame-ancestors 'none'";

const MISSING: &str = "<!doctype html><html lang=en><meta charset=utf-8><title>Playground</title>\
    <h1>The playground has not been built</h1><p>Run <code>make web</code> in the project's folder \
    (it needs Node), then start the hub again.</p>";

/// The page.
pub(super) async fn index() -> Response {
    match Web::get("playground/index.html") {
        Some(file) => page(file),
        None => (StatusCode::NOT_FOUND, Html(MISSING)).into_response(),
    }
}

/// Scripts, styles, workers, fonts, whose names change with their contents; and the notices of their licences.
pub(super) async fn file(Path(path): Path<String>) -> Response {
    let Some(file) = Web::get(&format!("playground/{path}")) else { return StatusCode::NOT_FOUND.into_response() };
    let mut response = with_type(file, media_type(&path));
    if !path.ends_with(".md") {
        let forever = HeaderValue::from_static("public, max-age=31536000, immutable");
        response.headers_mut().insert(header::CACHE_CONTROL, forever);
    }
    response
}

fn page(file: EmbeddedFile) -> Response {
    with_type(file, "text/html; charset=utf-8")
}

fn with_type(file: EmbeddedFile, media_type: &'static str) -> Response {
    let mut response = Response::new(Body::from(file.data));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(CSP));
    response
}

/// The few kinds of files that the build makes.
fn media_type(path: &str) -> &'static str {
    match path.rsplit('.').next() {
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("ttf") => "font/ttf",
        Some("md") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}
