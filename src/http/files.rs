//! The built web files, each in the smallest form that the caller takes.

use super::coding::Coding;
use axum::{
    body::Body,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::Response,
};
use rust_embed::{Embed, EmbeddedFile};

/// The built web files; a debug build reads them from the folder, a release build carries them. `cargo build` works
/// without them.
#[derive(Embed)]
#[folder = "web/dist/"]
#[allow_missing = true]
struct Web;

/// A page: asked for again each time, and sent only if it has changed. None if it has not been built.
pub(super) fn page(path: &str, asked: &HeaderMap) -> Option<Response> {
    serve(path, HeaderValue::from_static("no-cache"), asked)
}

/// Scripts, styles, workers, fonts, whose names change with their contents; and the notices of their licences.
pub(super) fn asset(path: &str, asked: &HeaderMap) -> Option<Response> {
    let life = if path.ends_with(".md") { "no-cache" } else { "public, max-age=31536000, immutable" };
    serve(path, HeaderValue::from_static(life), asked)
}

fn serve(path: &str, life: HeaderValue, asked: &HeaderMap) -> Option<Response> {
    let get = |coding: Option<Coding>| {
        let file = Web::get(&format!("{path}{}", coding.map_or("", Coding::ending)))?;
        Some((file, coding))
    };
    let (file, coding) = get(Coding::negotiate(asked)).or_else(|| get(None))?;
    let tag = tag(&file);
    let known = asked.get(header::IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == tag.as_bytes());
    let mut response = Response::new(if known { Body::empty() } else { Body::from(file.data) });
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type(path)));
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    headers.insert(header::CACHE_CONTROL, life);
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
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("ttf") => "font/ttf",
        Some("md") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}
