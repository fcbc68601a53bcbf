//! An export that does not begin, and why: in the one JSON shape of all errors.

use crate::{
    fault::Fault,
    http::{credential, layers::RequestId},
};
use axum::{
    Json,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde_json::json;

/// Why there is no file.
pub(super) struct Refused(StatusCode, Fault);

impl From<Fault> for Refused {
    fn from(fault: Fault) -> Self {
        let status = match &fault {
            Fault::Unauthenticated => StatusCode::UNAUTHORIZED,
            Fault::Forbidden | Fault::OnboardingIncomplete | Fault::Reauthenticate => StatusCode::FORBIDDEN,
            Fault::NotFound => StatusCode::NOT_FOUND,
            Fault::Conflict | Fault::Stale(_) | Fault::IdempotencyMismatch => StatusCode::CONFLICT,
            Fault::RateLimited | Fault::Throttled { .. } => StatusCode::TOO_MANY_REQUESTS,
            Fault::BadUserInput(_) => StatusCode::BAD_REQUEST,
            Fault::Internal(_) | Fault::Repeated(_) => StatusCode::INTERNAL_SERVER_ERROR,
        };
        Self(status, fault)
    }
}

impl From<credential::Refused> for Refused {
    fn from(refused: credential::Refused) -> Self {
        match refused {
            credential::Refused::Forgery(sentence) => Self(StatusCode::FORBIDDEN, Fault::BadUserInput(sentence.into())),
            credential::Refused::Fault(fault) => Self(StatusCode::SERVICE_UNAVAILABLE, fault),
        }
    }
}

impl Refused {
    /// What is ours is logged here, once.
    pub(super) fn into_response(self, request_id: &RequestId) -> Response {
        let Self(status, fault) = self;
        let mut extensions = json!({ "code": fault.code() });
        if let Fault::Internal(what) = &fault {
            tracing::error!(what, "an export failed");
            extensions["requestId"] = request_id.0.as_ref().into();
        }
        let body = json!({ "errors": [{ "message": fault.message(), "extensions": extensions }] });
        (status, Json(body)).into_response()
    }
}
