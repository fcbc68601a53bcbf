//! `/playground`: GraphiQL from our own files, with the session of whoever is signed in.

use super::coding::Coding;
use axum::{
    body::Body,
    extract::Path,
    http::{HeaderMap, HeaderValue, StatusCode, header},
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
pub(super) async fn index(headers: HeaderMap) -> Response {
    let page = serve("index.html", "text/html; charset=utf-8", &headers);
    page.unwrap_or_else(|| (StatusCode::NOT_FOUND, Html(MISSING)).into_response())
}

/// Scripts, styles, workers, fonts, whose names change with their contents; and the notices of their licences.
pub(super) async fn file(Path(path): Path<String>, headers: HeaderMap) -> Response {
    let Some(mut response) = serve(&path, media_type(&path), &headers) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    if !path.ends_with(".md") {
        let forever = HeaderValue::from_static("public, max-age=31536000, immutable");
        response.headers_mut().insert(header::CACHE_CONTROL, forever);
    }
    response
}

/// A file in the smallest form that the caller takes, as the build has left it.
fn serve(path: &str, media_type: &'static str, asked: &HeaderMap) -> Option<Response> {
    let get = |coding: Option<Coding>| {
        let file = Web::get(&format!("playground/{path}{}", coding.map_or("", Coding::ending)))?;
        Some((file, coding))
    };
    let (file, coding) = get(Coding::negotiate(asked)).or_else(|| get(None))?;
    let tag = tag(&file);
    let known = asked.get(header::IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == tag.as_bytes());
    let mut response = Response::new(if known { Body::empty() } else { Body::from(file.data) });
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(CSP));
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    // The page is asked for again each time, and sent only if it has changed.
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        headers.insert(header::ETAG, tag);
    }
    if let Some(coding) = coding {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(coding.name()));
    }
    if known {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
    }
    Some(response)
}

/// Names the contents of a file, in this form.
fn tag(file: &EmbeddedFile) -> String {
    let hash: String = file.metadata.sha256_hash()[..16].iter().map(|byte| format!("{byte:02x}")).collect();
    format!("\"{hash}\"")
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
