//! Is the hub ready to serve.

use super::App;
use axum::{extract::State, http::StatusCode};

/// 200 if the database answers, else 503.
pub(super) async fn ready(State(app): State<App>) -> (StatusCode, &'static str) {
    match app.hub.pools.reads.ping().await {
        Ok(()) => (StatusCode::OK, "ready\n"),
        Err(error) => {
            tracing::error!(%error, "the database does not answer");
            (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n")
        }
    }
}
