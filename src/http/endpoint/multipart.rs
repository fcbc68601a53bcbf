//! Subscriptions by HTTP, as Apollo's multipart protocol says: one answer that goes on, a part for each event.

use super::{
    Refused,
    answer::Answers,
    live::{self, Document, Live, Turn, Visitor},
    media::Media,
    params::Params,
};
use crate::{
    fault::Fault,
    http::{App, credential, layers::RequestId, places::Place, under_way::UnderWay},
};
use async_graphql::{Response as Executed, ServerError, parser::types::OperationType};
use axum::{
    body::{Body, Bytes},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::Response,
};
use futures_util::stream;
use serde::Serialize;
use std::{convert::Infallible, net::SocketAddr};
use tokio::{sync::mpsc, time::sleep};
use tracing::Instrument;

const CONTENT_TYPE: &str = "multipart/mixed;boundary=\"graphql\";subscriptionSpec=\"1.0\"";
const HOW: &str = "Send Accept: multipart/mixed;subscriptionSpec=1.0, application/json for subscriptions, \
                   or use the WebSocket at /graphql/ws.";

/// A part; `{}` says only that the answer goes on. `errors` beside a null `payload` end it.
#[derive(Serialize)]
struct Part<'a> {
    payload: Option<&'a Executed>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    errors: &'a [ServerError],
}

/// Answers a subscription; `None` if the document is something else, or does not pass the gate.
pub(super) async fn answer(
    app: &App,
    peer: SocketAddr,
    request_id: &RequestId,
    headers: &HeaderMap,
    params: &Params,
    under_way: UnderWay,
) -> Option<Response> {
    if !params.query.contains("subscription") {
        return None;
    }
    let admitted = Document::admit(params.clone());
    if matches!(&admitted, Ok(document) if document.kind != OperationType::Subscription) {
        return None;
    }
    let answers = Answers::new(Media::negotiate(headers).unwrap_or(Media::Json), request_id);
    let document = match admitted {
        Ok(document) => document,
        Err(fault) => return Some(answers.refused(Refused::document(fault))),
    };
    if !accepts(headers) {
        return Some(answers.refused(Refused::http(StatusCode::NOT_ACCEPTABLE, HOW)));
    }
    Some(match begin(app, peer, request_id, headers, document).await {
        Ok((Ok(live), visitor, place)) => stream(live, visitor, place, under_way),
        Ok((Err(mut refused), ..)) => {
            // What is refused before it begins belongs to no field of an answer.
            refused.errors.iter_mut().for_each(|error| error.path.clear());
            answers.executed(*refused)
        }
        Err(refused) => answers.refused(refused),
    })
}

type Begun = (Result<Live, Box<Executed>>, Visitor, Place);

async fn begin(
    app: &App,
    peer: SocketAddr,
    request_id: &RequestId,
    headers: &HeaderMap,
    document: Document,
) -> Result<Begun, Refused> {
    let watch = app.hub.changes.watch();
    let (access, _) = credential::resolve(app, peer, request_id, headers).await?;
    let visitor = Visitor::of(app, &access, 1).ok_or_else(|| Refused::document(Fault::Unauthenticated))?;
    let too_many = |fault| Refused { status: Some(StatusCode::TOO_MANY_REQUESTS), fault };
    let place = app.places.of(visitor.user).map_err(too_many)?;
    Ok((Live::open(&visitor, access, document, watch).await, visitor, place))
}

/// A task writes the parts; it ends when nobody reads them any more.
fn stream(live: Live, visitor: Visitor, place: Place, under_way: UnderWay) -> Response {
    let (parts, mut read) = mpsc::channel::<Bytes>(1);
    let written = async move {
        write(live, visitor, under_way, parts).await;
        drop(place);
    };
    tokio::spawn(written.in_current_span());
    let parts = stream::poll_fn(move |task| read.poll_recv(task).map(|part| part.map(Ok::<_, Infallible>)));
    let mut response = Response::new(Body::from_stream(parts));
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(CONTENT_TYPE));
    response
}

/// Each part is followed by its boundary at once: clients read a part when they see its end.
async fn write(mut live: Live, visitor: Visitor, mut under_way: UnderWay, parts: mpsc::Sender<Bytes>) {
    let mut text = "\r\n--graphql".to_owned();
    while parts.send(text.into()).await.is_ok() {
        let next = live.next();
        let end = match turn(next, &visitor, &mut under_way, &parts).await {
            Some(Turn::Event(event)) => {
                text = json(Some(&event), &[]);
                continue;
            }
            Some(Turn::SessionOver) => Some(Fault::Unauthenticated),
            Some(Turn::Missed) => Some(Fault::RateLimited),
            None => None,
        };
        let why = end.map(|fault| json(None, &[live::as_error(fault)])).unwrap_or_default();
        let _ = parts.send(format!("{why}--\r\n").into()).await;
        return;
    }
}

/// Waits for the next event, and says meanwhile that the answer goes on. `None` when it is to end.
async fn turn(
    next: impl Future<Output = Turn>,
    visitor: &Visitor,
    under_way: &mut UnderWay,
    parts: &mpsc::Sender<Bytes>,
) -> Option<Turn> {
    let mut next = std::pin::pin!(next);
    loop {
        tokio::select! {
            turn = &mut next => return Some(turn),
            () = under_way.stopped() => return None,
            () = parts.closed() => return None,
            () = sleep(visitor.app.timing.heartbeat) => match visitor.access(false).await {
                Ok(Some(_)) => parts.send(part("{}").into()).await.ok()?,
                Ok(None) => return Some(Turn::SessionOver),
                Err(_) => return Some(Turn::Missed),
            },
        }
    }
}

fn json(payload: Option<&Executed>, errors: &[ServerError]) -> String {
    part(&serde_json::to_string(&Part { payload, errors }).unwrap_or_default())
}

fn part(json: &str) -> String {
    format!("\r\nContent-Type: application/json\r\n\r\n{json}\r\n--graphql")
}

/// Whether `multipart/mixed` with this version of the protocol is among what the client accepts.
fn accepts(headers: &HeaderMap) -> bool {
    let accept = headers.get_all(header::ACCEPT).iter().filter_map(|value| value.to_str().ok());
    accept.flat_map(|value| value.split(',')).any(|range| {
        let mut parts = range.split(';').map(str::trim);
        let mixed = parts.next().is_some_and(|media| media.eq_ignore_ascii_case("multipart/mixed"));
        let mut known = parts.filter_map(|parameter| parameter.split_once('='));
        mixed
            && known
                .any(|(name, value)| name.eq_ignore_ascii_case("subscriptionSpec") && value.trim_matches('"') == "1.0")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_version_of_the_protocol_is_accepted() {
        let of =
            |accept: &str| accepts(&[(header::ACCEPT, HeaderValue::from_str(accept).unwrap())].into_iter().collect());
        assert!(of("multipart/mixed;subscriptionSpec=1.0, application/json"));
        assert!(of("application/json, multipart/mixed; boundary=\"graphql\"; subscriptionSpec=\"1.0\""));
        assert!(of("multipart/mixed;boundary=graphql;subscriptionSpec=1.0,application/graphql-response+json"));
        assert!(!of("multipart/mixed;subscriptionSpec=2.0"));
        assert!(!of("multipart/mixed, application/json"));
        assert!(!of("*/*"));
    }
}
