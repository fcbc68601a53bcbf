//! How an answer is written where no HTTP answer is made for it.

use super::Visitor;
use crate::http::endpoint::{Complaint, Refused, telling};
use async_graphql::{Error, Pos, ROOT, Response as Executed, ServerError, Value, is_reported, pieces};

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
    pub(super) fn of(mut executed: Executed, visitor: &Visitor, cost: u64) -> Self {
        // Where the framework itself walks the root, of a subscription, it notes once more what was told already.
        executed.errors.retain(|error| !is_reported(error));
        let limits = visitor.app.gate.limits();
        telling::name(&mut executed.errors, visitor.request_id(), limits);
        let (errors, extensions) = (telling::errors(&executed.errors), telling::extensions(cost, limits));
        let ran = matches!(executed.data, Value::Object(_));
        let json = format!(r#"{{{errors}"data":{},{extensions}}}"#, data(executed.data));
        Self { json, errors: executed.errors, ran }
    }
}

/// Objects come from the engine as finished JSON: a whole operation below [`ROOT`], or one event below its field.
fn data(data: Value) -> String {
    let Value::Object(mut root) = data else { return "null".into() };
    if let Some(all) = root.swap_remove(ROOT) {
        return pieces(all)
            .map_or_else(|| "null".into(), |pieces| String::from_utf8_lossy(&pieces.concat()).into_owned());
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
