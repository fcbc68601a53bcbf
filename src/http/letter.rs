//! `/letters/preview/KIND`: a letter in the looks of its reader, for a frame on the settings' page. A letter styles itself
//! in place, which the pages of the hub may not: so it comes from an address of its own, shut in by a policy of its own.

use super::{App, credential, layers::RequestId, refused::Refused};
use crate::{fault::Fault, mail};
use axum::{
    Router,
    extract::{ConnectInfo, Path, State},
    http::{HeaderMap, HeaderName, header},
    response::{Html, IntoResponse, Response},
    routing::get,
};
use std::net::SocketAddr;

/// Nothing runs, nothing is sent, nothing comes from elsewhere, and only a page of ours may show it.
const HEADERS: [(HeaderName, &str); 1] = [(
    header::CONTENT_SECURITY_POLICY,
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; base-uri 'none'; \
     form-action 'none'; frame-ancestors 'self'",
)];

pub(super) fn routes() -> Router<App> {
    Router::new().route("/letters/preview/{kind}", get(show))
}

async fn show(
    State(app): State<App>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    request_id: RequestId,
    headers: HeaderMap,
    Path(kind): Path<String>,
) -> Response {
    let shown = async {
        let access = credential::resolve_framed(&app, peer, &request_id, &headers).await?;
        app.rates.take(&access, 0)?;
        let letter = mail::preview(&access, &kind).await?.ok_or(Fault::NotFound)?;
        Ok::<_, Refused>((HEADERS, Html(letter.html)).into_response())
    };
    shown.await.unwrap_or_else(|refused| refused.into_response(&request_id))
}
