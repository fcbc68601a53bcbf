//! `/graphql`: everything between the network and the schema, as the GraphQL-over-HTTP specification says.

mod answer;
mod gate;
mod live;
mod media;
mod multipart;
mod params;
mod pieces;
mod refused;
pub(super) mod socket;
mod telling;
mod weigh;

use super::{App, credential, layers::RequestId, under_way::UnderWay};
use crate::{
    db::unbroken,
    fault::Fault,
    graphql::context::{Context, Credential},
};
use answer::Answers;
use async_graphql::{Request, parser::types::OperationType};
use axum::{
    body::Body,
    extract::{ConnectInfo, Extension, RawQuery, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::Response,
};
use media::Media;
use params::{Params, Text};
use refused::{Complaint, Refused};
use std::net::SocketAddr;
use tokio::time::{Instant, timeout_at};
use tracing::Instrument;

pub(super) use gate::Gate;
pub use weigh::weigh;

/// What is said where an answer is waited for no longer.
const TOO_SLOW: &str = "The answer took too long. Ask for less; look before you repeat a change.";

/// Answers a document in a body.
pub(super) async fn post(
    State(app): State<App>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    request_id: RequestId,
    under_way: Option<Extension<UnderWay>>,
    headers: HeaderMap,
    body: Body,
) -> Response {
    let most = longest_body(&app, peer, &request_id, &headers).await;
    let params = Params::from_body(&headers, body, most, app.gate.limits(), app.timing.body).await;
    let params = params.and_then(|params| welcome(&app, peer, &request_id, &headers).map(|()| params));
    if let (Ok(params), Some(Extension(under_way))) = (&params, under_way)
        && let Some(streamed) = multipart::answer(&app, peer, &request_id, &headers, params, under_way).await
    {
        return streamed;
    }
    respond(&app, peer, request_id, &headers, params, &[OperationType::Query, OperationType::Mutation]).await
}

/// How long a body may be: of a long one it is asked before it is read who sends it.
async fn longest_body(app: &App, peer: SocketAddr, request_id: &RequestId, headers: &HeaderMap) -> usize {
    let limits = app.gate.limits();
    let length = headers.get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
    if !length.is_some_and(|length: usize| (limits.body + 1..=limits.long_body).contains(&length)) {
        return limits.body;
    }
    match credential::resolve(app, peer, request_id, headers, app.hub.keep_connection()).await {
        Ok((access, _)) if access.actor().id().is_some() => limits.long_body,
        _ => limits.body,
    }
}

/// Answers a query in an address; changes are made by POST only.
pub(super) async fn get(
    State(app): State<App>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    request_id: RequestId,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Response {
    let params = welcome(&app, peer, &request_id, &headers)
        .and_then(|()| Params::from_address(&query.unwrap_or_default(), app.gate.limits()));
    respond(&app, peer, request_id, &headers, params, &[OperationType::Query]).await
}

/// Answers every other method.
pub(super) async fn other(request_id: RequestId) -> Response {
    let refused = Refused::http(StatusCode::METHOD_NOT_ALLOWED, "Send documents by POST, or queries by GET.");
    allow("GET, POST", Answers::new(Media::Json, &request_id).refused(refused))
}

/// Counts whoever brings no credential, before the gate looks at anything.
fn welcome(app: &App, peer: SocketAddr, request_id: &RequestId, headers: &HeaderMap) -> Result<(), Refused> {
    match credential::stranger(app, peer, request_id, headers) {
        Some(nobody) => Ok(app.rates.take(&nobody, 0)?),
        None => Ok(()),
    }
}

fn allow(methods: &'static str, mut response: Response) -> Response {
    response.headers_mut().insert(header::ALLOW, HeaderValue::from_static(methods));
    response
}

async fn respond(
    app: &App,
    peer: SocketAddr,
    request_id: RequestId,
    headers: &HeaderMap,
    params: Result<Params, Refused>,
    allowed: &[OperationType],
) -> Response {
    let Some(media) = Media::negotiate(headers) else {
        let sentence = "Accept application/graphql-response+json or application/json.";
        return Answers::new(Media::Json, &request_id).refused(Refused::http(StatusCode::NOT_ACCEPTABLE, sentence));
    };
    let answers = Answers::new(media, &request_id);
    let deadline = Instant::now() + app.timing.answer;
    let admitted = async {
        let params = params?;
        let admitted = admit(&app.gate, &params)?;
        if !allowed.contains(&admitted.kind()) {
            return Err(Refused::http(StatusCode::METHOD_NOT_ALLOWED, "Send mutations by POST."));
        }
        let prepared = timeout_at(deadline, prepare(app, peer, &request_id, headers, &admitted)).await;
        Ok((prepared.map_err(|_| too_slow())??, admitted))
    };
    match admitted.await {
        Ok((request, admitted)) => execute(app, request, deadline, &admitted, &answers).await,
        Err(refused) if refused.status == Some(StatusCode::METHOD_NOT_ALLOWED) => {
            allow("POST", answers.refused(refused))
        }
        Err(refused) => answers.refused(refused),
    }
}

/// Passes the document through the gate, also one that is named by its hash only.
fn admit(gate: &Gate, params: &Params) -> Result<gate::Admitted, Refused> {
    let name = params.operation_name.as_deref();
    let admitted = match &params.text {
        Text::Written(query) => gate.admit(query, &params.variables, name),
        Text::Named(hash) => gate.admit_kept(hash, &params.variables, name).ok_or_else(|| {
            // The words of Apollo's protocol, upon which its clients send the document as well.
            let code = Some("PERSISTED_QUERY_NOT_FOUND");
            Refused::document(Complaint { code, ..Complaint::new("PersistedQueryNotFound") })
        })?,
    };
    admitted.map_err(Refused::document)
}

/// Finds out who asks, and hands the document over as it was checked.
async fn prepare(
    app: &App,
    peer: SocketAddr,
    request_id: &RequestId,
    headers: &HeaderMap,
    admitted: &gate::Admitted,
) -> Result<Request, Refused> {
    // Changes do not queue behind reads: they have connections of their own.
    let reads = admitted.kind() == OperationType::Query;
    let conn = if reads { app.hub.keep_connection() } else { app.hub.any_connection() };
    let (access, credential) = credential::resolve(app, peer, request_id, headers, conn).await?;
    // Whoever brings no credential has been counted.
    if !matches!(credential, Credential::None) {
        app.rates.take(&access, admitted.cost)?;
    }
    let mut request = Request::new("").variables(admitted.variables.clone());
    if admitted.introspects() {
        // The contract is published as a file; strangers learn nothing from a production server.
        if !app.hub.config.is_development() {
            access.actor().id().ok_or_else(|| Refused::document(Fault::Unauthenticated))?;
        }
        request = request.data(app.gate.introspect(admitted).map_err(Refused::document)?);
    }
    request.set_parsed_query(admitted.document());
    Ok(request.data(Context::new(access, credential)))
}

/// Runs in a task of its own: a client that hangs up, or the time-out below, must not cancel a transaction half-way.
/// A panic ends the task and not the server.
async fn execute(
    app: &App,
    request: Request,
    deadline: Instant,
    admitted: &gate::Admitted,
    answers: &Answers,
) -> Response {
    let schema = app.schema.clone();
    let task = tokio::spawn(async move { unbroken(schema.execute(request)).await }.in_current_span());
    match timeout_at(deadline, task).await {
        Ok(Ok(executed)) => {
            telling::log(admitted, &executed.errors);
            answers.executed(executed, admitted.cost, app.gate.limits())
        }
        Ok(Err(panic)) => {
            let fault = Fault::Internal(format!("a resolver panicked: {panic}"));
            answers.refused(Refused::with(StatusCode::INTERNAL_SERVER_ERROR, fault))
        }
        Err(_) => answers.refused(too_slow()),
    }
}

fn too_slow() -> Refused {
    Refused::http(StatusCode::GATEWAY_TIMEOUT, TOO_SLOW)
}
