//! `/letters/stop`: where a follower of an event ends its letters. Looking asks, posting acts: mail programs post by
//! themselves when their reader says so (RFC 8058), and scanners only look.

use super::{App, credential, layers::RequestId, pages};
use crate::{domain::settings, fault::Refusal};
use axum::{
    Router,
    extract::{ConnectInfo, Query, State, rejection::QueryRejection},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
    routing::get,
};
use minijinja::context;
use std::net::SocketAddr;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/letters/stop", get(ask).post(stop))
}

/// What the link in the letter says.
#[derive(serde::Deserialize)]
struct Link {
    event: String,
    token: String,
}

type Asked = Result<Query<Link>, QueryRejection>;

async fn ask(link: Asked) -> Response {
    match link.ok().and_then(|Query(link)| words(&link.event)) {
        // The form posts to where it stands.
        Some(words) => pages::render("stop", context! { words, done => false }),
        None => not_whole(),
    }
}

/// Nobody has to be logged in, and a cookie that comes along means nothing: the link alone is asked.
async fn stop(
    State(app): State<App>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    request_id: RequestId,
    headers: HeaderMap,
    link: Asked,
) -> Response {
    let Some((words, link)) = link.ok().and_then(|Query(link)| Some((words(&link.event)?, link))) else {
        return not_whole();
    };
    let access = credential::nobody(&app, peer, &request_id, &headers);
    match settings::stop_letters(&access, &link.event, &link.token).await {
        Ok(()) => pages::render("stop", context! { words, done => true }),
        Err(refusal) => {
            if let Refusal::Fault(fault) = &refusal
                && let Some(error) = fault.hidden()
            {
                tracing::error!(error, "letters could not be stopped");
            }
            let wait = [("retry-after", "5")];
            (StatusCode::SERVICE_UNAVAILABLE, wait, "That did not work just now. Try again.\n").into_response()
        }
    }
}

fn not_whole() -> Response {
    (StatusCode::NOT_FOUND, "This link is not whole. Open it from the letter once more.\n").into_response()
}

/// What an event is called where its letters are ended; `None` if there is none of that name.
fn words(event: &str) -> Option<&'static str> {
    Some(match event {
        "partner_created" => "partners that are created",
        "partner_invited" => "partners that are invited",
        "partners_invited" => "many partners invited at once",
        "partner_form_submitted" => "Partner Forms that are submitted",
        "partner_approved" => "partners that are approved",
        "invitation_declined" => "invitations that are declined",
        "invitation_bounced" => "invitations that cannot be delivered",
        "integration_submitted" => "integrations that wait for review",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_event_that_can_be_followed_has_words() {
        for event in crate::outbox::NOTICES {
            assert!(super::words(event).is_some(), "{event}");
        }
    }
}
