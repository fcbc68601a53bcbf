//! How an answer leaves: one JSON shape for everything, also for what went wrong before the engine.

use crate::fault::Fault;
use async_graphql::{ErrorExtensionValues, Response as Executed, ServerError};
use async_graphql_axum::GraphQLResponse;
use axum::{
    body::Body,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde_json::json;

const JSON: HeaderValue = HeaderValue::from_static("application/json; charset=utf-8");
/// The most errors of one answer.
const ERRORS: usize = 10;

/// The answer of the engine.
pub(super) fn executed(mut executed: Executed, request_id: &str) -> Response {
    executed.errors.truncate(ERRORS);
    for error in &mut executed.errors {
        name(error, request_id);
    }
    let mut response = GraphQLResponse::from(executed).into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, JSON);
    response
}

/// Every error carries a code; what is ours also the request id, under which the log tells more. Resolvers answer
/// nothing but [`Fault`], so that an error without a code is the framework's own about the document.
fn name(error: &mut ServerError, request_id: &str) {
    let extensions = error.extensions.get_or_insert_with(ErrorExtensionValues::default);
    if extensions.get("code").is_none() {
        extensions.set("code", "BAD_USER_INPUT");
    }
    if extensions.get("code") == Some(&"INTERNAL".into()) {
        extensions.set("requestId", request_id);
    }
}

/// What went wrong before the engine.
pub(super) fn refused(status: StatusCode, fault: &Fault, request_id: &str) -> Response {
    let mut extensions = json!({ "code": fault.code() });
    if let Fault::Internal(_) = fault {
        extensions["requestId"] = request_id.into();
    }
    let body = json!({ "errors": [{ "message": fault.message(), "extensions": extensions }] });
    with_body(status, body.to_string().into_bytes())
}

fn with_body(status: StatusCode, body: Vec<u8>) -> Response {
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, JSON);
    response
}
