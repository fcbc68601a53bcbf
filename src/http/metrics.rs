//! `/metrics`: how the queue of letters stands, in the text format that Prometheus and its like read.

use super::{App, credential::bearer};
use crate::{
    outbox::{self, Queue},
    secret::token_hash,
};
use axum::{
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use chrono::{DateTime, Utc};
use secrecy::ExposeSecret;

/// For whoever has the operator's token; without one there is no such page.
pub(super) async fn show(State(app): State<App>, headers: HeaderMap) -> Response {
    let Some(token) = &app.hub.config.metrics_token else { return StatusCode::NOT_FOUND.into_response() };
    // By their hashes: how long that takes says nothing about the token.
    let is_right = |said: &str| token_hash(said) == token_hash(token.expose_secret());
    if !bearer(&headers).is_some_and(|said| is_right(said.expose_secret())) {
        let challenge = [(header::WWW_AUTHENTICATE, "Bearer")];
        return (StatusCode::UNAUTHORIZED, challenge, "Send METRICS_TOKEN as a bearer token.\n").into_response();
    }
    match outbox::queue(&app.hub.pools.reads).await {
        Ok(queue) => {
            let format = [(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")];
            (format, written(&queue, app.hub.clock.now())).into_response()
        }
        Err(fault) => {
            tracing::error!(?fault, "the queue cannot be counted");
            (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n").into_response()
        }
    }
}

fn written(queue: &Queue, now: DateTime<Utc>) -> String {
    let name = "partner_hub_letters";
    let mut text =
        format!("# HELP {name} Letters whose rows are kept, by what has become of them.\n# TYPE {name} gauge\n");
    for (state, count) in [
        ("waiting", queue.waiting),
        ("deferred", queue.deferred),
        ("sending", queue.sending),
        ("sent", queue.sent),
        ("failed", queue.failed),
        ("cancelled", queue.cancelled),
    ] {
        text += &format!("{name}{{state=\"{state}\"}} {count}\n");
    }
    let age = queue.oldest.map_or(0, |at| (now - at).num_seconds().max(0));
    let last = queue.last_sent.map_or(0, |at| at.timestamp());
    for (name, help, value) in [
        ("partner_hub_letters_oldest_seconds", "Age of the oldest letter that was not tried yet; 0 without one.", age),
        ("partner_hub_letters_last_sent_timestamp_seconds", "When a letter last left; 0 if none has.", last),
    ] {
        text += &format!("# HELP {name} {help}\n# TYPE {name} gauge\n{name} {value}\n");
    }
    text
}
