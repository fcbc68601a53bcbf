//! A request beside the graph that is refused, and why: in the one JSON shape of all errors.

use super::{credential, layers::RequestId};
use crate::fault::{Fault, Refusal};
use axum::{
    Json,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use serde_json::json;

/// Why nothing is done.
pub(super) struct Refused(StatusCode, Fault);

impl From<Fault> for Refused {
    fn from(fault: Fault) -> Self {
        let status = match &fault {
            Fault::Unauthenticated => StatusCode::UNAUTHORIZED,
            Fault::Forbidden | Fault::OnboardingIncomplete | Fault::Reauthenticate => StatusCode::FORBIDDEN,
            Fault::NotFound => StatusCode::NOT_FOUND,
            Fault::Conflict | Fault::Stale(_) | Fault::IdempotencyMismatch => StatusCode::CONFLICT,
            Fault::RateLimited | Fault::Busy | Fault::Throttled { .. } => StatusCode::TOO_MANY_REQUESTS,
            Fault::BadUserInput(_) => StatusCode::BAD_REQUEST,
            Fault::Unavailable(_) => StatusCode::SERVICE_UNAVAILABLE,
            Fault::Internal(_) | Fault::Repeated(_) => StatusCode::INTERNAL_SERVER_ERROR,
        };
        Self(status, fault)
    }
}

impl From<credential::Refused> for Refused {
    fn from(refused: credential::Refused) -> Self {
        match refused {
            credential::Refused::Forgery(sentence) => Self(StatusCode::FORBIDDEN, Fault::BadUserInput(sentence.into())),
            credential::Refused::Fault(fault) => fault.into(),
        }
    }
}

impl From<Refusal> for Refused {
    /// What is to be mended is said in one sentence: such requests have one thing to mend.
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Fault(fault) => fault.into(),
            Refusal::Mend(errors) => {
                let sentence = errors.into_iter().next().map(|error| error.message).unwrap_or_default();
                Self(StatusCode::UNPROCESSABLE_ENTITY, Fault::BadUserInput(sentence))
            }
        }
    }
}

impl From<(StatusCode, String)> for Refused {
    fn from((status, sentence): (StatusCode, String)) -> Self {
        Self(status, Fault::BadUserInput(sentence))
    }
}

impl Refused {
    /// What is ours is logged here, once.
    pub(super) fn into_response(self, request_id: &RequestId) -> Response {
        let Self(status, fault) = self;
        let mut extensions = json!({ "code": fault.code() });
        if let Some(what) = fault.hidden() {
            tracing::error!(what, "a request failed");
            extensions["requestId"] = request_id.0.as_ref().into();
        }
        let wait = fault.retry_after();
        if let Some(seconds) = wait {
            extensions["retryAfter"] = seconds.into();
        }
        let body = json!({ "errors": [{ "message": fault.message(), "extensions": extensions }] });
        let mut response = (status, Json(body)).into_response();
        if let Some(seconds) = wait {
            response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
        }
        response
    }
}
