//! How an answer leaves: one JSON shape for everything, also for what went wrong before the engine.

use super::{Refused, media::Media};
use crate::{fault::Fault, http::layers::RequestId};
use async_graphql::{ErrorExtensionValues, Response as Executed, ServerError, Value};
use async_graphql_axum::GraphQLResponse;
use axum::{
    body::Body,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use serde_json::json;

/// The most errors of one answer.
const ERRORS: usize = 10;

/// Writes the answer to one request.
pub(super) struct Answers {
    media: Media,
    request_id: RequestId,
}

impl Answers {
    pub(super) fn new(media: Media, request_id: &RequestId) -> Self {
        Self { media, request_id: request_id.clone() }
    }

    /// The answer of the engine.
    pub(super) fn executed(&self, mut executed: Executed) -> Response {
        executed.errors.truncate(ERRORS);
        for error in &mut executed.errors {
            self.name(error);
        }
        if never_ran(&executed) {
            return self.with_body(self.media.refused(), json!({ "errors": executed.errors }));
        }
        let mut response = GraphQLResponse::from(executed).into_response();
        response.headers_mut().insert(header::CONTENT_TYPE, self.media.content_type());
        response
    }

    /// What went wrong before the engine; what is ours is logged here, once.
    pub(super) fn refused(&self, refused: Refused) -> Response {
        let Refused { status, fault } = refused;
        let mut extensions = json!({ "code": fault.code() });
        if let Fault::Internal(what) = &fault {
            tracing::error!(what, "a request failed around the engine");
            extensions["requestId"] = self.request_id.0.as_ref().into();
        }
        let body = json!({ "errors": [{ "message": fault.message(), "extensions": extensions }] });
        self.with_body(status.unwrap_or_else(|| self.media.refused()), body)
    }

    /// Every error carries a code; what is ours also the request id, under which the log tells more. Resolvers answer
    /// nothing but [`Fault`], so that an error without a code is the framework's own about the document.
    fn name(&self, error: &mut ServerError) {
        let extensions = error.extensions.get_or_insert_with(ErrorExtensionValues::default);
        if extensions.get("code").is_none() {
            extensions.set("code", "BAD_USER_INPUT");
        }
        if extensions.get("code") == Some(&"INTERNAL".into()) {
            extensions.set("requestId", self.request_id.0.as_ref());
        }
    }

    fn with_body(&self, status: StatusCode, body: serde_json::Value) -> Response {
        let mut response = Response::new(Body::from(body.to_string()));
        *response.status_mut() = status;
        response.headers_mut().insert(header::CONTENT_TYPE, self.media.content_type());
        response
    }
}

/// A document that failed validation has no data at all, and its errors belong to no field.
fn never_ran(executed: &Executed) -> bool {
    let nothing = executed.data == Value::Null && !executed.errors.is_empty();
    nothing && executed.errors.iter().all(|error| error.path.is_empty())
}
