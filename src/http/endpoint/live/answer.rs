//! How an answer is written where no HTTP answer is made for it.

use super::Visitor;
use crate::http::endpoint::{Complaint, Refused};
use async_graphql::{Error, ErrorExtensionValues, Pos, ROOT, Response as Executed, ServerError, Value, is_reported};

/// One answer, as it travels.
pub(in crate::http::endpoint) struct Answer {
    /// The whole of it: one JSON object.
    pub(in crate::http::endpoint) json: String,
    /// What went wrong.
    pub(in crate::http::endpoint) errors: Vec<ServerError>,
    /// Whether anything ran at all.
    pub(in crate::http::endpoint) ran: bool,
}

impl Answer {
    /// Writes what the engine answered. Every error gets a code, and ours the request under which the log tells more.
    pub(super) fn of(mut executed: Executed, visitor: &Visitor) -> Self {
        // Where the framework itself walks the root, of a subscription, it notes once more what was told already.
        executed.errors.retain(|error| !is_reported(error));
        executed.errors.truncate(visitor.app.gate.limits().errors);
        for error in &mut executed.errors {
            let extensions = error.extensions.get_or_insert_with(ErrorExtensionValues::default);
            if extensions.get("code").is_none() {
                extensions.set("code", "BAD_USER_INPUT");
            }
            if extensions.get("code") == Some(&"INTERNAL".into()) {
                extensions.set("requestId", visitor.request_id());
            }
        }
        let errors = match executed.errors.is_empty() {
            true => String::new(),
            false => format!(r#""errors":{},"#, serde_json::json!(executed.errors)),
        };
        let ran = matches!(executed.data, Value::Object(_));
        let json = format!(r#"{{{errors}"data":{}}}"#, data(executed.data));
        Self { json, errors: executed.errors, ran }
    }
}

/// Objects come from the engine as finished JSON: a whole operation below [`ROOT`], or one event below its field.
fn data(data: Value) -> String {
    let Value::Object(mut root) = data else { return "null".into() };
    if let Some(all) = root.swap_remove(ROOT) {
        return text(all);
    }
    let fields = root.into_iter().map(|(name, value)| format!("{}:{}", serde_json::json!(name), text(value)));
    format!("{{{}}}", fields.collect::<Vec<_>>().join(","))
}

fn text(value: Value) -> String {
    match value {
        Value::Binary(json) => String::from_utf8_lossy(&json).into_owned(),
        other => serde_json::json!(other).to_string(),
    }
}

/// What an answer says of what went wrong around the engine.
pub(in crate::http::endpoint) fn as_error(complaint: impl Into<Complaint>) -> ServerError {
    let Complaint { fault, code, place } = complaint.into();
    let Error { message, extensions, .. } = fault.into();
    let mut error = ServerError::new(message, place.map(|(line, column)| Pos { line, column }));
    error.extensions = extensions;
    if let (Some(code), Some(extensions)) = (code, &mut error.extensions) {
        extensions.set("code", code);
    }
    error
}

/// All that a refusal says.
pub(in crate::http::endpoint) fn as_errors(refused: Refused) -> Vec<ServerError> {
    refused.complaints.into_iter().map(as_error).collect()
}
