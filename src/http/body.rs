//! The bytes of a request's body, bounded in number and time.

use axum::{body::Body, http::StatusCode};
use futures_util::StreamExt;
use std::time::Duration;

/// Bytes of a body that is refused which are read all the same, and thrown away: a connection that is closed while the
/// client still sends loses the answer.
const THROWN: usize = 1024 * 1024;

/// Reads a body of at most `limit` bytes; refused with a status and a sentence.
pub(super) async fn read(body: Body, limit: usize, time: Duration) -> Result<Vec<u8>, (StatusCode, String)> {
    let all = async {
        let (mut kept, mut length) = (Vec::new(), 0_usize);
        let mut chunks = body.into_data_stream();
        while let Some(chunk) = chunks.next().await {
            let chunk = chunk.map_err(|_| (StatusCode::BAD_REQUEST, "The body broke off.".to_owned()))?;
            length = length.saturating_add(chunk.len());
            if length <= limit {
                kept.extend_from_slice(&chunk);
            } else if length > limit.saturating_add(THROWN) {
                break;
            }
        }
        if length > limit {
            let sentence = format!("The body is longer than {limit} bytes.");
            return Err((StatusCode::PAYLOAD_TOO_LARGE, sentence));
        }
        Ok(kept)
    };
    tokio::time::timeout(time, all)
        .await
        .unwrap_or_else(|_| Err((StatusCode::REQUEST_TIMEOUT, "The body took too long to arrive.".to_owned())))
}
