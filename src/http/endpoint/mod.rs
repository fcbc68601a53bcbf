//! `POST /graphql`: everything between the network and the schema.

mod answer;
mod gate;

use super::{
    App,
    credential::{self, Refused},
    layers::RequestId,
};
use crate::{fault::Fault, graphql::context::Context};
use async_graphql::{Request, Variables};
use axum::{
    body::{Body, to_bytes},
    extract::{ConnectInfo, State},
    http::{HeaderMap, StatusCode, header},
    response::Response,
};
use serde::Deserialize;
use std::{net::SocketAddr, time::Duration};
use tracing::Instrument;

/// Bytes of a body.
const BODY: usize = 64 * 1024;
/// How long a body may take to arrive.
const BODY_TIME: Duration = Duration::from_secs(15);
/// How long an answer may take.
const TIME: Duration = Duration::from_secs(10);
/// Values inside values of the variables.
const VARIABLE_DEPTH: usize = 10;
/// Entries of a list in the variables.
const VARIABLE_LIST: usize = 500;

/// A GraphQL request. One: lists of requests are refused.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Posted {
    query: String,
    #[serde(default)]
    variables: serde_json::Value,
    #[serde(default)]
    operation_name: Option<String>,
}

/// Answers one request.
pub(super) async fn post(
    State(app): State<App>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    request_id: RequestId,
    headers: HeaderMap,
    body: Body,
) -> Response {
    match admit(&app, peer, &request_id, &headers, body).await {
        Ok(request) => execute(&app, request, &request_id).await,
        Err((status, fault)) => {
            if let Fault::Internal(what) = &fault {
                tracing::error!(what, "a request failed before the engine");
            }
            answer::refused(status, &fault, &request_id.0)
        }
    }
}

type Early = (StatusCode, Fault);

fn bad(sentence: &str) -> Early {
    (StatusCode::BAD_REQUEST, Fault::BadUserInput(sentence.to_owned()))
}

async fn admit(
    app: &App,
    peer: SocketAddr,
    request_id: &RequestId,
    headers: &HeaderMap,
    body: Body,
) -> Result<Request, Early> {
    if !is_json(headers) {
        let sentence = "Send the request as Content-Type: application/json.".to_owned();
        return Err((StatusCode::UNSUPPORTED_MEDIA_TYPE, Fault::BadUserInput(sentence)));
    }
    let body = match tokio::time::timeout(BODY_TIME, to_bytes(body, BODY)).await {
        Ok(Ok(body)) => body,
        Ok(Err(_)) => {
            let sentence = format!("The body is longer than {BODY} bytes, or broke off.");
            return Err((StatusCode::PAYLOAD_TOO_LARGE, Fault::BadUserInput(sentence)));
        }
        Err(_) => {
            let sentence = "The body took too long to arrive.".to_owned();
            return Err((StatusCode::REQUEST_TIMEOUT, Fault::BadUserInput(sentence)));
        }
    };
    let posted: Posted = serde_json::from_slice(&body)
        .map_err(|_| bad("Send one JSON object with `query` and, if need be, `variables` and `operationName`."))?;
    let variables = match posted.variables {
        serde_json::Value::Null => Variables::default(),
        serde_json::Value::Object(_) if is_bounded(&posted.variables, VARIABLE_DEPTH) => {
            Variables::from_json(posted.variables)
        }
        serde_json::Value::Object(_) => {
            return Err(bad(
                "The variables are nested deeper than 10 levels, or hold a list of more than 500 entries.",
            ));
        }
        _ => return Err(bad("`variables` is an object.")),
    };
    let admitted = gate::admit(&posted.query, &variables).map_err(|fault| (StatusCode::OK, fault))?;
    let (access, credential) =
        credential::resolve(app, peer, request_id, headers).await.map_err(|refused| match refused {
            Refused::Forgery(sentence) => (StatusCode::FORBIDDEN, Fault::BadUserInput(sentence.to_owned())),
            Refused::Fault(fault) => (StatusCode::SERVICE_UNAVAILABLE, fault),
        })?;
    // The contract is published as a file; strangers learn nothing from a production server.
    if admitted.introspects && !app.hub.config.is_development() {
        access.person().map_err(|fault| (StatusCode::OK, fault))?;
    }
    let mut request = Request::new(posted.query).variables(variables).data(Context::new(access, credential));
    if let Some(name) = posted.operation_name.filter(|name| !name.is_empty()) {
        request = request.operation_name(name);
    }
    request.set_parsed_query(admitted.document);
    Ok(request)
}

/// Runs in a task of its own: a client that hangs up, or the time-out below, must not cancel a transaction half-way.
/// A panic ends the task and not the server.
async fn execute(app: &App, request: Request, request_id: &RequestId) -> Response {
    let schema = app.schema.clone();
    let task = tokio::spawn(async move { schema.execute(request).await }.in_current_span());
    match tokio::time::timeout(TIME, task).await {
        Ok(Ok(executed)) => answer::executed(executed, &request_id.0),
        Ok(Err(panic)) => {
            tracing::error!(%panic, "a resolver panicked");
            let fault = Fault::Internal(String::new());
            answer::refused(StatusCode::INTERNAL_SERVER_ERROR, &fault, &request_id.0)
        }
        Err(_) => {
            let sentence = "The answer took longer than 10 seconds. Ask for less; look before you repeat a change.";
            answer::refused(StatusCode::GATEWAY_TIMEOUT, &Fault::BadUserInput(sentence.into()), &request_id.0)
        }
    }
}

/// Exactly `application/json`, in UTF-8: what a foreign page cannot send without asking.
fn is_json(headers: &HeaderMap) -> bool {
    let mut types = headers.get_all(header::CONTENT_TYPE).iter();
    let (Some(only), None) = (types.next(), types.next()) else { return false };
    let Ok(only) = only.to_str() else { return false };
    let mut parts = only.split(';').map(str::trim);
    let json = parts.next().is_some_and(|media| media.eq_ignore_ascii_case("application/json"));
    json && parts.all(|parameter| parameter.is_empty() || parameter.eq_ignore_ascii_case("charset=utf-8"))
}

fn is_bounded(value: &serde_json::Value, depth: usize) -> bool {
    match value {
        serde_json::Value::Array(_) | serde_json::Value::Object(_) if depth == 0 => false,
        serde_json::Value::Array(values) => {
            values.len() <= VARIABLE_LIST && values.iter().all(|value| is_bounded(value, depth - 1))
        }
        serde_json::Value::Object(fields) => fields.values().all(|value| is_bounded(value, depth - 1)),
        _ => true,
    }
}
