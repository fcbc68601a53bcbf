//! What a caller sends: one document with its variables, in a body or in an address.

use super::Refused;
use async_graphql::Variables;
use axum::{
    body::{Body, to_bytes},
    http::{HeaderMap, StatusCode, header},
};
use serde::Deserialize;
use serde_json::Value;
use std::time::Duration;

/// Bytes of a body.
const BODY: usize = 64 * 1024;
/// How long a body may take to arrive.
const BODY_TIME: Duration = Duration::from_secs(15);
/// Values inside values of the variables.
const VARIABLE_DEPTH: usize = 10;
/// Entries of a list in the variables.
const VARIABLE_LIST: usize = 500;

/// A GraphQL request. One: lists of requests are refused.
#[derive(Clone, Debug)]
pub(super) struct Params {
    pub(super) query: String,
    pub(super) variables: Variables,
    pub(super) operation_name: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Posted {
    query: String,
    #[serde(default)]
    variables: Value,
    #[serde(default)]
    operation_name: Option<String>,
    #[serde(default)]
    extensions: Value,
}

/// In an address, what is structured is JSON inside text.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Addressed {
    query: String,
    variables: Option<String>,
    operation_name: Option<String>,
    extensions: Option<String>,
}

impl Params {
    /// Reads the body of a POST.
    pub(super) async fn from_body(headers: &HeaderMap, body: Body) -> Result<Self, Refused> {
        if !is_json(headers) {
            let sentence = "Send the request as Content-Type: application/json.";
            return Err(Refused::http(StatusCode::UNSUPPORTED_MEDIA_TYPE, sentence));
        }
        let body = match tokio::time::timeout(BODY_TIME, to_bytes(body, BODY)).await {
            Ok(Ok(body)) => body,
            Ok(Err(_)) => {
                let sentence = format!("The body is longer than {BODY} bytes, or broke off.");
                return Err(Refused::http(StatusCode::PAYLOAD_TOO_LARGE, sentence));
            }
            Err(_) => return Err(Refused::http(StatusCode::REQUEST_TIMEOUT, "The body took too long to arrive.")),
        };
        let posted = serde_json::from_slice(&body)
            .map_err(|_| bad("Send one JSON object with `query` and, if need be, `variables` and `operationName`."))?;
        Self::check(posted)
    }

    /// Reads what came in a message by socket.
    pub(super) fn from_json(value: Value) -> Result<Self, Refused> {
        Self::check(serde_json::from_value(value).map_err(|_| bad("Send `query` and, if need be, `variables`."))?)
    }

    /// Reads the query string of a GET.
    pub(super) fn from_address(query: &str) -> Result<Self, Refused> {
        let addressed: Addressed =
            serde_urlencoded::from_str(query).map_err(|_| bad("Send `query` in the address."))?;
        let json = |text: Option<String>, name: &str| match text.filter(|text| !text.is_empty()) {
            Some(text) => serde_json::from_str(&text).map_err(|_| bad(&format!("`{name}` is JSON."))),
            None => Ok(Value::Null),
        };
        Self::check(Posted {
            query: addressed.query,
            variables: json(addressed.variables, "variables")?,
            operation_name: addressed.operation_name,
            extensions: json(addressed.extensions, "extensions")?,
        })
    }

    fn check(posted: Posted) -> Result<Self, Refused> {
        if !matches!(posted.extensions, Value::Null | Value::Object(_)) {
            return Err(bad("`extensions` is an object."));
        }
        let variables = match posted.variables {
            Value::Null => Variables::default(),
            Value::Object(_) if is_bounded(&posted.variables, VARIABLE_DEPTH) => Variables::from_json(posted.variables),
            Value::Object(_) => {
                return Err(bad(&format!(
                    "The variables are nested deeper than {VARIABLE_DEPTH} levels, or hold a list of more than \
                     {VARIABLE_LIST} entries."
                )));
            }
            _ => return Err(bad("`variables` is an object.")),
        };
        let operation_name = posted.operation_name.filter(|name| !name.is_empty());
        Ok(Self { query: posted.query, variables, operation_name })
    }
}

fn bad(sentence: &str) -> Refused {
    Refused::http(StatusCode::BAD_REQUEST, sentence)
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

fn is_bounded(value: &Value, depth: usize) -> bool {
    match value {
        Value::Array(_) | Value::Object(_) if depth == 0 => false,
        Value::Array(values) => {
            values.len() <= VARIABLE_LIST && values.iter().all(|value| is_bounded(value, depth - 1))
        }
        Value::Object(fields) => fields.values().all(|value| is_bounded(value, depth - 1)),
        _ => true,
    }
}
