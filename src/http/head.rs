//! Heads that a proxy and the hub might read differently. hyper refuses most of them; these it lets through.

use axum::{
    extract::Request,
    http::{HeaderMap, StatusCode, Version, header},
    response::{IntoResponse, Response},
};

/// The answer to such a head. The connection ends with it: nobody can say where the request does.
pub(super) fn refusal(request: &Request) -> Option<Response> {
    let sentence = ambiguity(request.version(), request.headers())?;
    let body = serde_json::json!({ "errors": [{ "message": sentence, "extensions": { "code": "BAD_USER_INPUT" } }] });
    let headers = [(header::CONTENT_TYPE, "application/json; charset=utf-8"), (header::CONNECTION, "close")];
    Some((StatusCode::BAD_REQUEST, headers, body.to_string()).into_response())
}

/// What is ambiguous in it, as RFC 9112 sees it (3.2, 6.1). HTTP/2 has neither of these headers.
fn ambiguity(version: Version, headers: &HeaderMap) -> Option<&'static str> {
    if version > Version::HTTP_11 {
        return None;
    }
    let hosts = headers.get_all(header::HOST).iter().count();
    let codings: Vec<_> = headers.get_all(header::TRANSFER_ENCODING).iter().collect();
    if hosts > 1 || (hosts == 0 && version == Version::HTTP_11) {
        Some("Send one Host.")
    } else if codings.len() > 1 || codings.iter().any(|coding| !coding.as_bytes().eq_ignore_ascii_case(b"chunked")) {
        Some("Send a body with its length, or in chunks, and in no other Transfer-Encoding.")
    } else {
        None
    }
}
