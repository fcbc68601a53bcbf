//! `/graphql/ws`: documents and their answers by WebSocket, as the protocol graphql-transport-ws says.

mod connection;
mod end;
mod message;
mod operation;
mod protocol;

use super::{Refused, answer::Answers, media::Media};
use crate::{
    fault::Fault,
    http::{App, credential, layers::RequestId, under_way::UnderWay},
};
use axum::{
    Extension,
    extract::{
        ConnectInfo, State,
        ws::{WebSocketUpgrade, rejection::WebSocketUpgradeRejection},
    },
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use connection::Connection;
use std::net::SocketAddr;
use tracing::Instrument;

/// Bytes of a message.
const MESSAGE: usize = 64 * 1024;
/// Bytes that are read or written at once: there may be many sockets, and most are idle.
const BUFFER: usize = 4 * 1024;

/// Takes a socket, unless a page that is not ours wants it. Who it belongs to is said here or in its first message.
pub(in crate::http) async fn upgrade(
    State(app): State<App>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    Extension(under_way): Extension<UnderWay>,
    request_id: RequestId,
    headers: HeaderMap,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> Response {
    let answers = Answers::new(Media::Json, &request_id);
    let upgrade = match upgrade {
        Ok(upgrade) => upgrade,
        Err(rejection) => {
            let status = rejection.into_response().status();
            return answers.refused(Refused::http(status, "Open a WebSocket here, with graphql-transport-ws."));
        }
    };
    let access = match credential::resolve_socket(&app, peer, &request_id, &headers).await {
        Ok(access) => access,
        Err(refused) => return answers.refused(refused.into()),
    };
    if let Err(fault) = app.rates.take(&access, 0) {
        return answers.refused(fault.into());
    }
    let Ok(place) = app.places.any() else {
        return answers.refused(Refused::with(StatusCode::SERVICE_UNAVAILABLE, Fault::RateLimited));
    };
    // What happens on the socket is the upgrade's in the log, though a task of the framework's runs it.
    let span = tracing::Span::current();
    upgrade
        .protocols([message::PROTOCOL])
        .max_message_size(MESSAGE)
        .max_frame_size(MESSAGE)
        .read_buffer_size(BUFFER)
        .write_buffer_size(BUFFER)
        .on_upgrade(move |socket| {
            let connection = Connection::new(app, access, socket);
            async move {
                connection.serve(under_way).await;
                drop(place);
            }
            .instrument(span)
        })
}
