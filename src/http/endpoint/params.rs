//! What a caller sends: one document with its variables, in a body or in an address.

use super::{Refused, gate::Hash};
use crate::{config::Limits, http::body};
use apollo_compiler::response::{JsonMap, JsonValue};
use axum::{
    body::Body,
    http::{HeaderMap, StatusCode, header},
};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::time::Duration;

/// A GraphQL request. One: lists of requests are refused.
#[derive(Clone, Debug)]
pub(super) struct Params {
    pub(super) text: Text,
    pub(super) variables: JsonMap,
    pub(super) operation_name: Option<String>,
}

/// The document of a request.
#[derive(Clone, Debug)]
pub(super) enum Text {
    /// Written out.
    Written(String),
    /// Named by its hash: an automatic persisted query.
    Named(Hash),
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Posted {
    query: Option<String>,
    #[serde(default)]
    variables: JsonValue,
    #[serde(default)]
    operation_name: Option<String>,
    #[serde(default)]
    extensions: JsonValue,
}

/// In an address, what is structured is JSON inside text.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Addressed {
    query: Option<String>,
    variables: Option<String>,
    operation_name: Option<String>,
    extensions: Option<String>,
}

impl Params {
    /// Reads the body of a POST.
    pub(super) async fn from_body(
        headers: &HeaderMap,
        body: Body,
        most: usize,
        limits: &Limits,
        time: Duration,
    ) -> Result<Self, Refused> {
        let body = body::read(body, most, time).await.map_err(|(status, sentence)| Refused::http(status, sentence))?;
        if !is_json(headers) {
            let sentence = "Send the request as Content-Type: application/json.";
            return Err(Refused::http(StatusCode::UNSUPPORTED_MEDIA_TYPE, sentence));
        }
        if headers.contains_key(header::CONTENT_ENCODING) {
            let sentence = "Send the body as it is, without Content-Encoding.";
            return Err(Refused::http(StatusCode::UNSUPPORTED_MEDIA_TYPE, sentence));
        }
        let posted = serde_json::from_slice(&body)
            .map_err(|_| bad("Send one JSON object with `query` and, if need be, `variables` and `operationName`."))?;
        Self::check(posted, limits)
    }

    /// Reads what came in a message by socket.
    pub(super) fn from_json(value: serde_json::Value, limits: &Limits) -> Result<Self, Refused> {
        let posted = serde_json::from_value(value).map_err(|_| bad("Send `query` and, if need be, `variables`."))?;
        Self::check(posted, limits)
    }

    /// Reads the query string of a GET.
    pub(super) fn from_address(query: &str, limits: &Limits) -> Result<Self, Refused> {
        let addressed: Addressed =
            serde_urlencoded::from_str(query).map_err(|_| bad("Send `query` in the address."))?;
        let json = |text: Option<String>, name: &str| match text.filter(|text| !text.is_empty()) {
            Some(text) => serde_json::from_str(&text).map_err(|_| bad(&format!("`{name}` is JSON."))),
            None => Ok(JsonValue::Null),
        };
        Self::check(
            Posted {
                query: addressed.query,
                variables: json(addressed.variables, "variables")?,
                operation_name: addressed.operation_name,
                extensions: json(addressed.extensions, "extensions")?,
            },
            limits,
        )
    }

    fn check(posted: Posted, limits: &Limits) -> Result<Self, Refused> {
        if !is_bounded(&posted.extensions, limits.variable_depth, limits) {
            return Err(bad("`extensions` is nested too deep."));
        }
        let text = text(posted.query, &posted.extensions)?;
        let variables = match posted.variables {
            JsonValue::Null => JsonMap::default(),
            variables @ JsonValue::Object(_) if !is_bounded(&variables, limits.variable_depth, limits) => {
                return Err(bad(&format!(
                    "The variables are nested deeper than {} levels, or hold a list of more than {} entries.",
                    limits.variable_depth, limits.variable_list
                )));
            }
            JsonValue::Object(variables) => variables,
            _ => return Err(bad("`variables` is an object.")),
        };
        let operation_name = posted.operation_name.filter(|name| !name.is_empty());
        Ok(Self { text, variables, operation_name })
    }
}

/// The document, or the hash that `extensions.persistedQuery` names it by.
fn text(query: Option<String>, extensions: &JsonValue) -> Result<Text, Refused> {
    let persisted = match extensions {
        JsonValue::Null => None,
        JsonValue::Object(extensions) => extensions.get("persistedQuery").filter(|query| !query.is_null()),
        _ => return Err(bad("`extensions` is an object.")),
    };
    let named = match persisted {
        None => None,
        Some(persisted) => {
            if persisted.get("version").and_then(JsonValue::as_i64) != Some(1) {
                return Err(bad("`persistedQuery` has the version 1."));
            }
            let hash = persisted.get("sha256Hash").and_then(JsonValue::as_str).and_then(parse_hash);
            Some(hash.ok_or_else(|| bad("`sha256Hash` is a SHA-256 in 64 hexadecimal digits."))?)
        }
    };
    match (query, named) {
        (None, None) => Err(bad("Send `query`, a GraphQL document.")),
        (None, Some(hash)) => Ok(Text::Named(hash)),
        (Some(query), Some(hash)) if Hash::from(Sha256::digest(query.as_bytes())) != hash => {
            Err(bad("`sha256Hash` is not the hash of `query`."))
        }
        (Some(query), _) => Ok(Text::Written(query)),
    }
}

fn parse_hash(text: &str) -> Option<Hash> {
    let mut hash = Hash::default();
    if text.len() != 2 * hash.len() || !text.is_ascii() {
        return None;
    }
    for (at, byte) in hash.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&text[2 * at..2 * at + 2], 16).ok()?;
    }
    Some(hash)
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

fn is_bounded(value: &JsonValue, depth: usize, limits: &Limits) -> bool {
    match value {
        JsonValue::Array(_) | JsonValue::Object(_) if depth == 0 => false,
        JsonValue::Array(values) => {
            values.len() <= limits.variable_list && values.iter().all(|value| is_bounded(value, depth - 1, limits))
        }
        JsonValue::Object(fields) => fields.iter().all(|(_, value)| is_bounded(value, depth - 1, limits)),
        _ => true,
    }
}
