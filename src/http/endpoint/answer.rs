//! How an answer leaves: one JSON shape for everything, also for what went wrong before the engine.

use super::{Complaint, Refused, media::Media, pieces::Pieces, telling};
use crate::{config::Limits, http::layers::RequestId};
use async_graphql::{ROOT, Response as Executed, Value, pieces};
use async_graphql_axum::GraphQLResponse;
use axum::{
    body::Body,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use serde_json::json;

/// Writes the answer to one request.
pub(super) struct Answers {
    media: Media,
    request_id: RequestId,
}

impl Answers {
    pub(super) fn new(media: Media, request_id: &RequestId) -> Self {
        Self { media, request_id: request_id.clone() }
    }

    /// The answer of the engine: finished JSON, what went wrong, and what was asked for.
    pub(super) fn executed(&self, mut executed: Executed, cost: u64, limits: &Limits) -> Response {
        telling::name(&mut executed.errors, &self.request_id.0, limits);
        let data = match &mut executed.data {
            Value::Object(root) => pieces(root.swap_remove(ROOT).unwrap_or_default()),
            // What the engine itself refuses never ran.
            _ => return self.with_body(self.media.refused(), json!({ "errors": executed.errors }).to_string()),
        };
        let (errors, extensions) = (telling::errors(&executed.errors), telling::extensions(cost, limits));
        let data = data.unwrap_or_else(|| vec!["null".into()]);
        let front = format!(r#"{{{errors}"data":"#).into();
        let body = [front].into_iter().chain(data).chain([format!(",{extensions}}}").into()]);
        // Cookies and other headers that resolvers have set.
        let head = Executed::new(Value::Null).http_headers(executed.http_headers);
        let mut response = GraphQLResponse::from(head).into_response();
        *response.body_mut() = Body::new(Pieces::new(body));
        response.headers_mut().remove(header::CONTENT_LENGTH);
        response.headers_mut().insert(header::CONTENT_TYPE, self.media.content_type());
        response
    }

    /// What went wrong before the engine; what is ours is logged here, once.
    pub(super) fn refused(&self, refused: Refused) -> Response {
        let wait = refused.complaints.iter().find_map(|complaint| complaint.fault.retry_after());
        let errors: Vec<_> = refused.complaints.iter().map(|complaint| self.told(complaint)).collect();
        let body = json!({ "errors": errors }).to_string();
        let mut response = self.with_body(refused.status.unwrap_or_else(|| self.media.refused()), body);
        if let Some(seconds) = wait {
            response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
        }
        response
    }

    fn told(&self, Complaint { fault, code, place }: &Complaint) -> serde_json::Value {
        let mut error = json!({ "message": fault.message(), "extensions": { "code": code.unwrap_or(fault.code()) } });
        if let Some(what) = fault.hidden() {
            tracing::error!(what, "a request failed around the engine");
            error["extensions"]["requestId"] = self.request_id.0.as_ref().into();
        }
        if let Some(seconds) = fault.retry_after() {
            error["extensions"]["retryAfter"] = seconds.into();
        }
        if let Some((line, column)) = place {
            error["locations"] = json!([{ "line": line, "column": column }]);
        }
        error
    }

    fn with_body(&self, status: StatusCode, body: String) -> Response {
        let mut response = Response::new(Body::from(body));
        *response.status_mut() = status;
        response.headers_mut().insert(header::CONTENT_TYPE, self.media.content_type());
        response
    }
}
