//! How a socket ends.

use super::message::Close;
use tungstenite::Error;

/// Why a socket ends.
pub(super) enum End {
    /// We close it.
    Close(Close),
    /// The client has closed it, or is gone.
    Gone,
}

impl From<Close> for End {
    fn from(close: Close) -> Self {
        Self::Close(close)
    }
}

/// What the socket's own rules refused.
pub(super) fn broken(error: axum::Error) -> End {
    match error.into_inner().downcast::<Error>().map(|error| *error) {
        Ok(Error::Capacity(_)) => Close::TOO_BIG.into(),
        Ok(Error::Utf8(_)) => Close(1007, "Text that is not UTF-8".into()).into(),
        Ok(Error::Protocol(_)) => Close(1002, "Not a WebSocket frame".into()).into(),
        _ => End::Gone,
    }
}
