//! `/graphql`: everything between the network and the schema, as the GraphQL-over-HTTP specification says.

mod answer;
mod gate;
mod live;
mod media;
mod multipart;
mod params;
pub(super) mod socket;

use super::{App, credential, layers::RequestId, under_way::UnderWay};
use crate::{fault::Fault, graphql::context::Context};
use answer::Answers;
use async_graphql::{Request, parser::types::OperationType};
use axum::{
    body::Body,
    extract::{ConnectInfo, Extension, RawQuery, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::Response,
};
use media::Media;
use params::Params;
use std::{net::SocketAddr, time::Duration};
use tracing::Instrument;

/// How long an answer may take.
const TIME: Duration = Duration::from_secs(10);

/// A request that does not reach the engine.
#[derive(Debug)]
struct Refused {
    /// `None`: the document is to blame, and the media type decides on the status.
    status: Option<StatusCode>,
    fault: Fault,
}

impl Refused {
    fn http(status: StatusCode, sentence: impl Into<String>) -> Self {
        Self { status: Some(status), fault: Fault::BadUserInput(sentence.into()) }
    }

    fn document(fault: Fault) -> Self {
        Self { status: None, fault }
    }
}

impl From<credential::Refused> for Refused {
    fn from(refused: credential::Refused) -> Self {
        match refused {
            credential::Refused::Forgery(sentence) => Self::http(StatusCode::FORBIDDEN, sentence),
            credential::Refused::Fault(fault) => Self { status: Some(StatusCode::SERVICE_UNAVAILABLE), fault },
        }
    }
}

/// Answers a document in a body.
pub(super) async fn post(
    State(app): State<App>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    request_id: RequestId,
    under_way: Option<Extension<UnderWay>>,
    headers: HeaderMap,
    body: Body,
) -> Response {
    let params = Params::from_body(&headers, body).await;
    if let (Ok(params), Some(Extension(under_way))) = (&params, under_way)
        && let Some(streamed) = multipart::answer(&app, peer, &request_id, &headers, params, under_way).await
    {
        return streamed;
    }
    respond(&app, peer, request_id, &headers, params, &[OperationType::Query, OperationType::Mutation]).await
}

/// Answers a query in an address; changes are made by POST only.
pub(super) async fn get(
    State(app): State<App>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    request_id: RequestId,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Response {
    let params = Params::from_address(&query.unwrap_or_default());
    respond(&app, peer, request_id, &headers, params, &[OperationType::Query]).await
}

/// Answers every other method.
pub(super) async fn other(request_id: RequestId) -> Response {
    let refused = Refused::http(StatusCode::METHOD_NOT_ALLOWED, "Send documents by POST, or queries by GET.");
    allow("GET, POST", Answers::new(Media::Json, &request_id).refused(refused))
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
    let admitted = async {
        let params = params?;
        let admitted = gate::admit(&params.query, &params.variables).map_err(Refused::document)?;
        if !allowed.contains(&admitted.kind) {
            return Err(Refused::http(StatusCode::METHOD_NOT_ALLOWED, "Send mutations by POST."));
        }
        prepare(app, peer, &request_id, headers, params, admitted).await
    };
    match admitted.await {
        Ok(request) => execute(app, request, &answers).await,
        Err(refused) if refused.status == Some(StatusCode::METHOD_NOT_ALLOWED) => {
            allow("POST", answers.refused(refused))
        }
        Err(refused) => answers.refused(refused),
    }
}

/// Finds out who asks, and hands the document over as it was counted.
async fn prepare(
    app: &App,
    peer: SocketAddr,
    request_id: &RequestId,
    headers: &HeaderMap,
    params: Params,
    admitted: gate::Admitted,
) -> Result<Request, Refused> {
    let (access, credential) = credential::resolve(app, peer, request_id, headers).await?;
    // The contract is published as a file; strangers learn nothing from a production server.
    if admitted.introspects && !app.hub.config.is_development() {
        access.person().map_err(Refused::document)?;
    }
    let mut request = Request::new(params.query).variables(params.variables).data(Context::new(access, credential));
    if let Some(name) = params.operation_name {
        request = request.operation_name(name);
    }
    request.set_parsed_query(admitted.document);
    Ok(request)
}

/// Runs in a task of its own: a client that hangs up, or the time-out below, must not cancel a transaction half-way.
/// A panic ends the task and not the server.
async fn execute(app: &App, request: Request, answers: &Answers) -> Response {
    let schema = app.schema.clone();
    let task = tokio::spawn(async move { schema.execute(request).await }.in_current_span());
    match tokio::time::timeout(TIME, task).await {
        Ok(Ok(executed)) => answers.executed(executed),
        Ok(Err(panic)) => {
            let fault = Fault::Internal(format!("a resolver panicked: {panic}"));
            answers.refused(Refused { status: Some(StatusCode::INTERNAL_SERVER_ERROR), fault })
        }
        Err(_) => {
            let sentence = "The answer took longer than 10 seconds. Ask for less; look before you repeat a change.";
            answers.refused(Refused::http(StatusCode::GATEWAY_TIMEOUT, sentence))
        }
    }
}
