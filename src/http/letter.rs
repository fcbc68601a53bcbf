//! A letter's HTML as a page: what people typed stands in it, so that nothing of it runs and nothing of ours is near.

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

/// A letter styles itself in place; its logo is wherever the vendor keeps it. Pages of ours may frame it.
const POLICY: &str = "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'; \
                      img-src data: https: 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

const HEADERS: [(HeaderName, &str); 2] = [
    (header::CONTENT_SECURITY_POLICY, POLICY),
    // Browsers show no page that is both in a sandbox and alone in its group.
    (HeaderName::from_static("cross-origin-opener-policy"), "unsafe-none"),
];

/// The page.
pub(super) fn page(html: String) -> Response {
    (HEADERS, Html(html)).into_response()
}

pub(super) fn routes() -> Router<App> {
    Router::new().route("/letters/preview/{kind}", get(preview))
}

/// What `previewLetter` answers as `html`, for a frame: written into one, it would be under the app's own policy, which
/// allows no inline style.
async fn preview(
    State(app): State<App>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    request_id: RequestId,
    headers: HeaderMap,
    Path(kind): Path<String>,
) -> Response {
    let shown = async {
        let access = credential::resolve_frame(&app, peer, &request_id, &headers).await?;
        if access.actor().id().is_none() {
            return Err(Refused::from(Fault::Unauthenticated));
        }
        app.rates.take(&access, 0)?;
        let letter = mail::preview(&access, &kind).await?.ok_or(Fault::NotFound)?;
        Ok(page(letter.html))
    };
    shown.await.unwrap_or_else(|refused| refused.into_response(&request_id))
}
