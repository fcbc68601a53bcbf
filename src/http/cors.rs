//! Which foreign pages may call the graph: those of the origins that are named, with a bearer token. Cookies never
//! count there, so that credentials are not allowed.

use axum::{
    extract::Request,
    http::{HeaderName, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::Response,
};
use std::time::Duration;
use tower_http::cors::CorsLayer;

/// What Apollo Client and urql send beside what every page may.
const ASKED: [HeaderName; 8] = [
    header::CONTENT_TYPE,
    header::AUTHORIZATION,
    HeaderName::from_static("apollo-require-preflight"),
    HeaderName::from_static("apollographql-client-name"),
    HeaderName::from_static("apollographql-client-version"),
    HeaderName::from_static("x-apollo-operation-name"),
    HeaderName::from_static("x-apollo-operation-id"),
    HeaderName::from_static("x-apollo-operation-type"),
];

/// What a page may read of an answer beside its body.
const TOLD: [HeaderName; 3] =
    [HeaderName::from_static("x-request-id"), header::RETRY_AFTER, header::CONTENT_DISPOSITION];

/// How long a browser need not ask again; they keep it for two hours at most.
const KEPT: Duration = Duration::from_secs(7_200);

/// Answers what browsers ask before they let pages of these origins call.
pub(super) fn layer(origins: &[String], methods: &[Method]) -> CorsLayer {
    let origins: Vec<_> = origins.iter().filter_map(|origin| HeaderValue::from_str(origin).ok()).collect();
    CorsLayer::new()
        .allow_origin(origins)
        .allow_methods(methods.to_vec())
        .allow_headers(ASKED)
        .expose_headers(TOLD)
        .max_age(KEPT)
}

/// Gives such an answer the status of one without a body, and tells pages of other origins nothing.
pub(super) async fn tidy(request: Request, next: Next) -> Response {
    let asks_first = request.method() == Method::OPTIONS;
    let mut response = next.run(request).await;
    if asks_first {
        *response.status_mut() = StatusCode::NO_CONTENT;
    }
    let headers = response.headers_mut();
    if !headers.contains_key(header::ACCESS_CONTROL_ALLOW_ORIGIN) {
        for name in [
            header::ACCESS_CONTROL_ALLOW_METHODS,
            header::ACCESS_CONTROL_ALLOW_HEADERS,
            header::ACCESS_CONTROL_EXPOSE_HEADERS,
            header::ACCESS_CONTROL_MAX_AGE,
        ] {
            headers.remove(name);
        }
    }
    response
}
