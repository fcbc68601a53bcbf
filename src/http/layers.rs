//! What every request and every answer carries.

use super::{head, refused::Refused};
use crate::{clock::Clock, fault::Fault};
use axum::{
    extract::{FromRequestParts, Request, State},
    http::{HeaderName, HeaderValue, header, request::Parts},
    middleware::Next,
    response::Response,
};
use futures_util::FutureExt;
use std::{any::Any, convert::Infallible, panic::AssertUnwindSafe, sync::Arc};
use tracing::Instrument;

/// Names a request in logs, activity and error answers.
#[derive(Clone, Debug)]
pub(super) struct RequestId(pub(super) Arc<str>);

impl<S: Sync> FromRequestParts<S> for RequestId {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(parts.extensions.get::<Self>().cloned().unwrap_or_else(|| Self("".into())))
    }
}

/// What every page of ours may do, unless it says otherwise itself.
pub(super) const STRICT: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
                      font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; \
                      frame-ancestors 'none'; require-trusted-types-for 'script'";

const HEADERS: [(HeaderName, &str); 8] = [
    (header::CONTENT_SECURITY_POLICY, STRICT),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
    (header::STRICT_TRANSPORT_SECURITY, "max-age=31536000"),
    (header::CACHE_CONTROL, "no-store"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
    ),
];

/// Names the request, opens its span, and adds the headers that the handler did not set itself.
pub(super) async fn dress(State(clock): State<Clock>, mut request: Request, next: Next) -> Response {
    let id: uuid::Uuid = clock.id();
    let id: Arc<str> = id.to_string().into();
    request.extensions_mut().insert(RequestId(id.clone()));
    let span = tracing::info_span!("request", id = %id, method = %request.method(), path = request.uri().path());
    let mut response = match head::refusal(&request) {
        Some(refusal) => refusal,
        None => answer(request, next, &RequestId(id.clone())).instrument(span).await,
    };
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    if let Ok(id) = HeaderValue::from_str(&id) {
        headers.insert("x-request-id", id);
    }
    response
}

/// A panic ends the request and not the connection: it is told like every other error of ours.
async fn answer(request: Request, next: Next, id: &RequestId) -> Response {
    let answered = AssertUnwindSafe(next.run(request)).catch_unwind().await;
    answered.unwrap_or_else(|panic| {
        Refused::from(Fault::Internal(format!("a handler panicked: {}", words(&*panic)))).into_response(id)
    })
}

fn words(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("without words")
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::{Router, body::Body, http::StatusCode, middleware, routing::get};
    use tower::ServiceExt;

    #[tokio::test]
    async fn a_panic_is_told_in_json_under_the_requests_id() {
        let dressed = middleware::from_fn_with_state(Clock::system(), dress);
        let panics = get(|| async {
            if true {
                panic!("secret words")
            }
        });
        let router = Router::new().route("/", panics).layer(dressed);
        let request = Request::builder().uri("/").header("host", "hub").body(Body::empty()).unwrap();
        let answer = router.oneshot(request).await.unwrap();
        assert_eq!(answer.status(), StatusCode::INTERNAL_SERVER_ERROR);
        let id = answer.headers()["x-request-id"].to_str().unwrap().to_owned();
        assert_eq!(answer.headers()["x-content-type-options"], "nosniff");
        let body = axum::body::to_bytes(answer.into_body(), 10_000).await.unwrap();
        let error = serde_json::json!({ "message": "Something went wrong.",
            "extensions": { "code": "INTERNAL", "requestId": id } });
        assert_eq!(
            serde_json::from_slice::<serde_json::Value>(&body).unwrap(),
            serde_json::json!({ "errors": [error] })
        );
    }
}
