//! Subscriptions by HTTP, as Apollo's multipart protocol says: one answer that goes on, a part for each event.

mod part;

use super::{
    Refused, admit,
    answer::Answers,
    live::{self, Answer, Document, Live, Turn, Visitor},
    media::Media,
    params::{Params, Text},
};
use crate::{
    fault::Fault,
    http::{App, credential, layers::RequestId, places::Place, under_way::UnderWay},
};
use async_graphql::{Response as Executed, parser::types::OperationType};
use axum::{
    body::{Body, Bytes},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::Response,
};
use futures_util::stream;
use part::{BEGIN, END, HEARTBEAT, accepts, event as event_part, last, part};
use std::{convert::Infallible, net::SocketAddr};
use tokio::{sync::mpsc, time::sleep};
use tracing::Instrument;

const CONTENT_TYPE: &str = "multipart/mixed;boundary=\"graphql\";subscriptionSpec=\"1.0\"";
const HOW: &str = "Send Accept: multipart/mixed;subscriptionSpec=1.0, application/json for subscriptions, \
                   or use the WebSocket at /graphql/ws.";

/// Answers a subscription; `None` if the document is something else, or the client takes no answer of ours.
pub(super) async fn answer(
    app: &App,
    peer: SocketAddr,
    request_id: &RequestId,
    headers: &HeaderMap,
    params: &Params,
    under_way: UnderWay,
) -> Option<Response> {
    if matches!(&params.text, Text::Written(query) if !query.contains("subscription")) {
        return None;
    }
    let admitted = admit(&app.gate, params);
    if matches!(&admitted, Ok(admitted) if admitted.kind() != OperationType::Subscription) {
        return None;
    }
    let media = Media::negotiate(headers);
    let answers = Answers::new(media.unwrap_or(Media::Json), request_id);
    let document = match admitted.and_then(|admitted| Document::of(admitted, params)) {
        Ok(document) => document,
        Err(_) if media.is_none() && !accepts(headers) => return None,
        Err(refused) => return Some(answers.refused(refused)),
    };
    if !accepts(headers) {
        return Some(answers.refused(Refused::http(StatusCode::NOT_ACCEPTABLE, HOW)));
    }
    Some(match begin(app, peer, request_id, headers, document).await {
        Ok((Ok(live), visitor, place)) => stream(live, visitor, place, under_way),
        // What is refused before it begins has no data.
        Ok((Err(refused), ..)) => answers.executed(Executed::from_errors(refused.errors), 0, app.gate.limits()),
        Err(refused) => answers.refused(refused),
    })
}

type Begun = (Result<Live, Box<Answer>>, Visitor, Place);

async fn begin(
    app: &App,
    peer: SocketAddr,
    request_id: &RequestId,
    headers: &HeaderMap,
    document: Document,
) -> Result<Begun, Refused> {
    let watch = app.hub.changes.watch();
    let (access, _) = credential::resolve(app, peer, request_id, headers, app.hub.any_connection()).await?;
    if access.actor().id().is_some() {
        app.rates.take(&access, document.cost())?;
    }
    let visitor = Visitor::of(app, &access, 1).ok_or_else(|| Refused::document(Fault::Unauthenticated))?;
    let too_many = |fault| Refused::with(StatusCode::TOO_MANY_REQUESTS, fault);
    let place = app.places.of(visitor.who).map_err(too_many)?;
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

/// Writes part after part until the subscription ends, and then why.
async fn write(mut live: Live, visitor: Visitor, mut under_way: UnderWay, parts: mpsc::Sender<Bytes>) {
    let mut text = BEGIN.to_owned();
    while parts.send(text.into()).await.is_ok() {
        let next = live.next();
        let end = match turn(next, &visitor, &mut under_way, &parts).await {
            Some(Turn::Event(event)) => {
                text = event_part(&event.json);
                continue;
            }
            Some(Turn::SessionOver) => Some(Fault::Unauthenticated),
            Some(Turn::Missed) => Some(Fault::RateLimited),
            None => None,
        };
        let why = end.map(|fault| last(&live::as_error(fault))).unwrap_or_default();
        let _ = parts.send(format!("{why}{END}").into()).await;
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
                Ok(Some(_)) => parts.send(part(HEARTBEAT).into()).await.ok()?,
                Ok(None) => return Some(Turn::SessionOver),
                Err(_) => return Some(Turn::Missed),
            },
        }
    }
}
