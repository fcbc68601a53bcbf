//! A request that does not reach the engine, and why.

use crate::{fault::Fault, http::credential};
use axum::http::StatusCode;

/// One thing that is wrong with a request.
#[derive(Clone, Debug)]
pub(super) struct Complaint {
    pub(super) fault: Fault,
    /// A code that a protocol prescribes, instead of the fault's own.
    pub(super) code: Option<&'static str>,
    /// Line and column in the document.
    pub(super) place: Option<(usize, usize)>,
}

impl Complaint {
    /// What is wrong with a document, in a sentence.
    pub(super) fn new(sentence: impl Into<String>) -> Self {
        Fault::BadUserInput(sentence.into()).into()
    }

    /// The same with its place.
    pub(super) fn at(self, place: Option<(usize, usize)>) -> Self {
        Self { place, ..self }
    }
}

impl From<Fault> for Complaint {
    fn from(fault: Fault) -> Self {
        Self { fault, code: None, place: None }
    }
}

impl From<Fault> for Vec<Complaint> {
    fn from(fault: Fault) -> Self {
        vec![fault.into()]
    }
}

impl From<Complaint> for Vec<Complaint> {
    fn from(complaint: Complaint) -> Self {
        vec![complaint]
    }
}

/// A request that does not reach the engine.
#[derive(Debug)]
pub(super) struct Refused {
    /// `None`: the document is to blame, and the media type decides on the status.
    pub(super) status: Option<StatusCode>,
    pub(super) complaints: Vec<Complaint>,
}

impl Refused {
    /// The request is to blame, whatever its document.
    pub(super) fn http(status: StatusCode, sentence: impl Into<String>) -> Self {
        Self::with(status, Fault::BadUserInput(sentence.into()))
    }

    /// The same with a fault of its own.
    pub(super) fn with(status: StatusCode, fault: Fault) -> Self {
        Self { status: Some(status), complaints: fault.into() }
    }

    /// The document is to blame.
    pub(super) fn document(complaints: impl Into<Vec<Complaint>>) -> Self {
        Self { status: None, complaints: complaints.into() }
    }
}

impl From<Fault> for Refused {
    /// What is too much for a while, and what is wrong on our side, whatever the document.
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::RateLimited | Fault::Throttled { .. } => Self::with(StatusCode::TOO_MANY_REQUESTS, fault),
            Fault::Unavailable(_) => Self::with(StatusCode::SERVICE_UNAVAILABLE, fault),
            _ => Self::with(StatusCode::INTERNAL_SERVER_ERROR, fault),
        }
    }
}

impl From<credential::Refused> for Refused {
    fn from(refused: credential::Refused) -> Self {
        match refused {
            credential::Refused::Forgery(sentence) => Self::http(StatusCode::FORBIDDEN, sentence),
            credential::Refused::Fault(fault) => fault.into(),
        }
    }
}
