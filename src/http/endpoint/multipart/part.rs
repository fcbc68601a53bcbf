//! What a multipart answer is made of, and whether a client takes it.

use async_graphql::ServerError;
use axum::http::{HeaderMap, header};

/// What stands before the first part.
pub(super) const BEGIN: &str = "\r\n--graphql";
/// What makes the last boundary the end.
pub(super) const END: &str = "--\r\n";
/// Says only that the answer goes on.
pub(super) const HEARTBEAT: &str = "{}";

/// An event, which is finished JSON.
pub(super) fn event(payload: &str) -> String {
    part(&format!(r#"{{"payload":{payload}}}"#))
}

/// Why there are no more.
pub(super) fn last(error: &ServerError) -> String {
    part(&serde_json::json!({ "payload": null, "errors": [error] }).to_string())
}

/// A part with the boundary behind it: clients read a part when they see its end.
pub(super) fn part(json: &str) -> String {
    format!("\r\nContent-Type: application/json\r\n\r\n{json}\r\n--graphql")
}

/// Whether `multipart/mixed` with this version of the protocol is among what the client accepts.
pub(super) fn accepts(headers: &HeaderMap) -> bool {
    let accept = headers.get_all(header::ACCEPT).iter().filter_map(|value| value.to_str().ok());
    accept.flat_map(|value| value.split(',')).any(|range| {
        let mut parts = range.split(';').map(str::trim);
        let mixed = parts.next().is_some_and(|media| media.eq_ignore_ascii_case("multipart/mixed"));
        let mut known = parts.filter_map(|parameter| parameter.split_once('='));
        mixed
            && known
                .any(|(name, value)| name.eq_ignore_ascii_case("subscriptionSpec") && value.trim_matches('"') == "1.0")
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    #[test]
    fn only_this_version_of_the_protocol_is_accepted() {
        let of =
            |accept: &str| accepts(&[(header::ACCEPT, HeaderValue::from_str(accept).unwrap())].into_iter().collect());
        assert!(of("multipart/mixed;subscriptionSpec=1.0, application/json"));
        assert!(of("application/json, multipart/mixed; boundary=\"graphql\"; subscriptionSpec=\"1.0\""));
        assert!(of("multipart/mixed;boundary=graphql;subscriptionSpec=1.0,application/graphql-response+json"));
        assert!(!of("multipart/mixed;subscriptionSpec=2.0"));
        assert!(!of("multipart/mixed, application/json"));
        assert!(!of("*/*"));
    }
}
