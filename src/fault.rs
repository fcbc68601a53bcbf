//! What can go wrong: a [`UserError`] is for the person to mend, a [`Fault`] is everything else.
//!
//! Neither has `Display`. async-graphql turns every `Display` into an error message for the client, so that a bare
//! `?` on a database call would publish its text; without `Display` that does not compile.

use sea_orm::{DbErr, RuntimeErr, SqlErr, sqlx::Error};
use serde::{Deserialize, Serialize};

/// Seconds until what the database could not do may be tried again.
const LATER: u64 = 5;

/// What ends a request with an error outside the payload.
#[derive(Clone, Debug)]
pub enum Fault {
    /// Nobody is signed in, or the session has ended.
    Unauthenticated,
    /// One sees it but may not do it.
    Forbidden,
    /// It does not exist, or one may not see it; the two are not told apart.
    NotFound,
    /// Somebody else changed it first.
    Conflict,
    /// Somebody else changed it first, and this is the version that it has now.
    Stale(i32),
    /// The change was made before under the same key; these objects it led to. Answered like the first time.
    Repeated(serde_json::Value),
    /// The key was used before with another input.
    IdempotencyMismatch,
    /// Too much at once; try again later.
    RateLimited,
    /// Too many people wait for their passwords to be hashed.
    Busy,
    /// Tried too often; there is a time after which it can be tried again.
    Throttled {
        /// How long to wait.
        seconds: u64,
    },
    /// Something is left to be done before the hub opens.
    OnboardingIncomplete,
    /// The session is too old for this; the password has to be shown again.
    Reauthenticate,
    /// The request itself is malformed; the sentence says how to mend it.
    BadUserInput(String),
    /// The database cannot be reached, has no connection to spare, or hung up. The text is logged and never shown.
    Unavailable(String),
    /// Ours; the text is logged and never shown.
    Internal(String),
}

impl Fault {
    /// The value of `extensions.code`.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unauthenticated => "UNAUTHENTICATED",
            Self::Forbidden => "FORBIDDEN",
            Self::NotFound => "NOT_FOUND",
            Self::Conflict | Self::Stale(_) => "CONFLICT",
            Self::IdempotencyMismatch => "IDEMPOTENCY_MISMATCH",
            Self::RateLimited | Self::Busy | Self::Throttled { .. } => "RATE_LIMITED",
            Self::OnboardingIncomplete => "ONBOARDING_INCOMPLETE",
            Self::Reauthenticate => "REAUTHENTICATE",
            Self::BadUserInput(_) => "BAD_USER_INPUT",
            Self::Unavailable(_) => "UNAVAILABLE",
            Self::Internal(_) | Self::Repeated(_) => "INTERNAL",
        }
    }

    /// What the log says and the client does not.
    pub fn hidden(&self) -> Option<&str> {
        match self {
            Self::Internal(what) | Self::Unavailable(what) => Some(what),
            _ => None,
        }
    }

    /// After how many seconds it is worth trying again, if that is known.
    pub fn retry_after(&self) -> Option<u64> {
        match self {
            Self::Throttled { seconds } => Some(*seconds),
            Self::Unavailable(_) => Some(LATER),
            _ => None,
        }
    }

    /// The sentence that the client reads.
    pub fn message(&self) -> &str {
        match self {
            Self::Unauthenticated => "Log in first.",
            Self::Forbidden => "You may not do this.",
            Self::NotFound => "There is no such object.",
            Self::Conflict | Self::Stale(_) => {
                "Somebody else changed this at the same time. Load it again and repeat your change."
            }
            Self::IdempotencyMismatch => "This idempotency key was used with another input. Choose a new key.",
            Self::RateLimited | Self::Busy => "Too many requests. Wait a moment and try again.",
            Self::Throttled { .. } => "Too many attempts. Wait as long as `retryAfter` says, and try again.",
            Self::OnboardingIncomplete => {
                "The hub is not open to you yet. Do what `viewer.onboardingStep` says, then log in again."
            }
            Self::Reauthenticate => "Show your password once more (`reauthenticate`), then repeat your change.",
            Self::BadUserInput(sentence) => sentence,
            Self::Unavailable(_) => "The hub is out of reach for a moment. Try again; look before you repeat a change.",
            Self::Internal(_) | Self::Repeated(_) => "Something went wrong.",
        }
    }
}

impl From<DbErr> for Fault {
    /// Classifies an error of the database; the one place that does.
    ///
    /// A unique constraint that a domain function did not foresee means that two people acted at once, and so does a
    /// row that has gone since it was looked at, or has got children.
    fn from(error: DbErr) -> Self {
        match (&error, error.sql_err()) {
            (DbErr::RecordNotUpdated, _)
            | (_, Some(SqlErr::UniqueConstraintViolation(_) | SqlErr::ForeignKeyConstraintViolation(_))) => {
                Self::Conflict
            }
            (DbErr::RecordNotFound(_), _) => Self::NotFound,
            _ if is_deadlock(&error) => Self::Conflict,
            _ if is_lost(&error) => Self::Unavailable(format!("database: {error}")),
            _ => Self::Internal(format!("database: {error}")),
        }
    }
}

/// Whether PostgreSQL ended one of several that waited for each other: nothing of it was done, and it can be done again.
fn is_deadlock(error: &DbErr) -> bool {
    let (DbErr::Exec(RuntimeErr::SqlxError(error)) | DbErr::Query(RuntimeErr::SqlxError(error))) = error else {
        return false;
    };
    matches!(&**error, Error::Database(error) if error.code().is_some_and(|code| code == "40P01"))
}

/// Whether there was no line to the database, or it broke, rather than the statement being wrong.
pub fn is_lost(error: &DbErr) -> bool {
    let (DbErr::Conn(error) | DbErr::Exec(error) | DbErr::Query(error)) = error else {
        return matches!(error, DbErr::ConnectionAcquire(_));
    };
    let RuntimeErr::SqlxError(error) = error else { return false };
    match &**error {
        // 57P: the server stops or was told to end the connection; 08: the connection itself; 53: it is full.
        Error::Database(error) => {
            error.code().is_some_and(|code| ["57P", "08", "53"].iter().any(|class| code.starts_with(class)))
        }
        Error::Io(_) | Error::Tls(_) | Error::PoolTimedOut | Error::PoolClosed | Error::WorkerCrashed => true,
        _ => false,
    }
}

/// Says whether an error is the refusal of a unique constraint, so that a domain function can name the field.
pub fn is_taken(error: &DbErr) -> bool {
    matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_)))
}

/// Why a value in the input was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Reason {
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
    /// The person has been invited already.
    AlreadyInvited,
    /// A required answer is missing.
    Required,
    /// The form has no such question.
    UnknownQuestion,
    /// The form has a newer version.
    FormOutdated,
    /// The object's status does not allow it.
    InvalidState,
    /// The link is not, or no longer, valid.
    InvalidToken,
    /// Address and password do not belong together.
    InvalidCredentials,
    /// A password that is easily guessed.
    TooWeak,
    /// It was done a moment ago.
    TooSoon,
    /// It has been done as often as it may be.
    LimitReached,
}

/// One thing in the input that the person can mend.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserError {
    /// Path inside the input, camelCase, list indexes as text; empty when no one field is to blame.
    pub field: Vec<String>,
    /// How to mend it.
    pub message: String,
    /// Why it was refused.
    pub reason: Reason,
}

impl UserError {
    /// An error at a field of the input.
    pub fn at(field: &str, reason: Reason, message: impl Into<String>) -> Self {
        Self { field: field.split('.').map(str::to_owned).collect(), message: message.into(), reason }
    }

    /// An error that no one field is to blame for.
    pub fn general(reason: Reason, message: impl Into<String>) -> Self {
        Self { field: Vec::new(), message: message.into(), reason }
    }
}

/// What a function that changes rows says when it changes none.
#[derive(Debug)]
pub enum Refusal {
    /// The person can mend it; goes into the payload.
    Mend(Vec<UserError>),
    /// Anything else; becomes a top-level error.
    Fault(Fault),
}

impl From<Fault> for Refusal {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

impl From<DbErr> for Refusal {
    fn from(error: DbErr) -> Self {
        Self::Fault(error.into())
    }
}

impl From<UserError> for Refusal {
    fn from(error: UserError) -> Self {
        Self::Mend(vec![error])
    }
}
