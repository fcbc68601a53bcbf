//! How errors look in an answer: faults at the top level with a code, user errors in the payload.

use crate::fault::{Fault, Reason, Refusal, UserError as Mend};
use async_graphql::{Enum, Error, ErrorExtensionValues, SimpleObject};

impl From<Fault> for Error {
    /// Logs what is ours here, once, and tells the client no more than its code and sentence.
    fn from(fault: Fault) -> Self {
        if let Some(what) = fault.hidden() {
            tracing::error!(what, "a request failed");
        }
        let mut extensions = ErrorExtensionValues::default();
        extensions.set("code", fault.code());
        if let Some(seconds) = fault.retry_after() {
            extensions.set("retryAfter", seconds);
        }
        if let Fault::Stale(version) = fault {
            extensions.set("currentVersion", version);
        }
        let mut error = Self::new(fault.message());
        error.extensions = Some(extensions);
        error
    }
}

/// One thing in the input that the person can mend.
#[derive(Clone, Debug, SimpleObject)]
pub struct UserError {
    /// Where in the input: field names from the outside in, list indexes as text. Null when no one field is to blame.
    pub field: Option<Vec<String>>,
    /// A sentence that says how to mend it.
    pub message: String,
    /// Why it was refused, for programs.
    pub code: UserErrorCode,
}

/// Why a value in the input was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "Reason")]
pub enum UserErrorCode {
    /// Nothing but white space.
    Blank,
    /// Longer than allowed.
    TooLong,
    /// Shorter than allowed.
    TooShort,
    /// Not of the form that is asked for.
    Invalid,
    /// Somebody else has it.
    Taken,
    /// The person has been invited already; the invitation can be sent again.
    AlreadyInvited,
    /// A required value is missing.
    Required,
    /// The form has no such question.
    UnknownQuestion,
    /// The form has a newer version; load it again.
    FormOutdated,
    /// The object's status does not allow it.
    InvalidState,
    /// The link does not work, or no longer.
    InvalidToken,
    /// Address and password do not belong together.
    InvalidCredentials,
    /// A password that is easily guessed.
    TooWeak,
    /// It was done a moment ago; the sentence says how long to wait.
    TooSoon,
    /// It has been done as often as it may be.
    LimitReached,
}

impl From<Mend> for UserError {
    fn from(error: Mend) -> Self {
        Self {
            field: (!error.field.is_empty()).then_some(error.field),
            message: error.message,
            code: error.reason.into(),
        }
    }
}

/// Splits the outcome of a change into what goes into the payload and what ends the field.
pub fn settle<T>(outcome: Result<T, Refusal>) -> Result<(Option<T>, Vec<UserError>), Fault> {
    match outcome {
        Ok(value) => Ok((Some(value), Vec::new())),
        Err(Refusal::Mend(errors)) => Ok((None, errors.into_iter().map(UserError::from).collect())),
        Err(Refusal::Fault(fault)) => Err(fault),
    }
}
