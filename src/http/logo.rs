//! `/logo/…`: pictures are sent to the hub and taken away by whoever may edit their organisation, and shown to whoever
//! knows their address.

use super::{App, body, credential, layers::RequestId, refused::Refused};
use crate::{
    access::Access,
    domain::logo::{self, LARGEST, Owner},
    fault::Fault,
    graphql::{node, vendor::Vendor},
};
use async_graphql::ID;
use axum::{
    Json, Router,
    body::Body,
    extract::{ConnectInfo, Path, State},
    http::{HeaderMap, HeaderName, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use entity::partner;
use serde_json::json;
use std::net::SocketAddr;
use uuid::Uuid;

/// A picture never changes: another one has another address. Letters are read on pages of others.
const HEADERS: [(HeaderName, &str); 4] = [
    (header::CONTENT_TYPE, "image/png"),
    (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
    (header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox"),
    (HeaderName::from_static("cross-origin-resource-policy"), "cross-origin"),
];

pub(super) fn routes() -> Router<App> {
    Router::new().route("/logo/{name}", get(show).put(put).delete(remove))
}

/// What a change knows of its request.
type Asking = (State<App>, ConnectInfo<SocketAddr>, RequestId, HeaderMap, Path<String>);

/// `GET /logo/NAME.png`
async fn show(
    State(app): State<App>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    request_id: RequestId,
    headers: HeaderMap,
    Path(name): Path<String>,
) -> Response {
    let access = credential::nobody(&app, peer, &request_id, &headers);
    let found = match name.strip_suffix(".png") {
        Some(name) => logo::read(&access, name).await,
        None => Ok(None),
    };
    match found {
        Ok(Some(png)) => (HEADERS, png).into_response(),
        Ok(None) => Refused::from(Fault::NotFound).into_response(&request_id),
        Err(fault) => Refused::from(fault).into_response(&request_id),
    }
}

/// `PUT /logo/ID`, the id of a partner or of the vendor, with the picture as the body.
async fn put(asking: Asking, body: Body) -> Response {
    let changed = async {
        let (access, owner) = admit(&asking).await?;
        logo::permit(&access, owner).await?;
        let sent = body::read(body, LARGEST, asking.0.timing.body).await?;
        Ok(logo::set(&access, owner, sent).await?)
    };
    match changed.await {
        Ok(address) => Json(json!({ "logoUrl": address })).into_response(),
        Err(refused) => Refused::into_response(refused, &asking.2),
    }
}

/// `DELETE /logo/ID`
async fn remove(asking: Asking) -> Response {
    let changed = async {
        let (access, owner) = admit(&asking).await?;
        Ok(logo::remove(&access, owner).await?)
    };
    match changed.await {
        Ok(()) => StatusCode::NO_CONTENT.into_response(),
        Err(refused) => Refused::into_response(refused, &asking.2),
    }
}

async fn admit(asking: &Asking) -> Result<(Access, Owner), Refused> {
    let (State(app), ConnectInfo(peer), request_id, headers, Path(id)) = asking;
    let (access, _) = credential::resolve(app, *peer, request_id, headers, app.hub.any_connection()).await?;
    if access.actor().id().is_none() {
        return Err(Fault::Unauthenticated.into());
    }
    app.rates.take(&access, 0)?;
    let id = ID::from(id.as_str());
    let owner = match node::parse::<partner::Entity>(&id) {
        Ok(partner) => Owner::Partner(partner),
        Err(_) => node::parse_as::<Uuid>(Vendor::NAME, &id).map(|_| Owner::Vendor)?,
    };
    Ok((access, owner))
}
