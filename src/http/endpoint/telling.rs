//! What every answer has in common, however it travels: errors with codes, what was asked for, one line in the log.

use super::gate::Admitted;
use crate::config::Limits;
use async_graphql::{ErrorExtensionValues, ServerError};
use std::fmt::Write;

/// Every error carries a code; what is ours also the request id, under which the log tells more. Resolvers answer
/// nothing but [`crate::fault::Fault`], so that an error without a code is the framework's own about the document.
pub(super) fn name(errors: &mut Vec<ServerError>, request_id: &str, limits: &Limits) {
    errors.truncate(limits.errors);
    for error in errors {
        let extensions = error.extensions.get_or_insert_with(ErrorExtensionValues::default);
        if extensions.get("code").is_none() {
            extensions.set("code", "BAD_USER_INPUT");
        }
        if ["INTERNAL", "UNAVAILABLE"].iter().any(|code| extensions.get("code") == Some(&(*code).into())) {
            extensions.set("requestId", request_id);
        }
    }
}

/// The member `errors` and a comma, if there are any.
pub(super) fn errors(errors: &[ServerError]) -> String {
    if errors.is_empty() { String::new() } else { format!(r#""errors":{},"#, serde_json::json!(errors)) }
}

/// The member `extensions`: how many objects the document could have asked for, and how many more it might have.
pub(super) fn extensions(cost: u64, limits: &Limits) -> String {
    let left = (limits.objects as u64).saturating_sub(cost);
    format!(r#""extensions":{{"cost":{{"requested":{cost},"left":{left}}}}}"#)
}

/// Tells the log what was answered. Never the document, which may hold what should stand in variables, nor these.
pub(super) fn log(admitted: &Admitted, errors: &[ServerError]) {
    if !tracing::enabled!(tracing::Level::DEBUG) {
        return;
    }
    let document = admitted.hash().iter().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    });
    let codes: Vec<_> = errors.iter().filter_map(|error| error.extensions.as_ref()?.get("code")).collect();
    let (kind, operation) = (admitted.kind(), admitted.name().unwrap_or_default());
    tracing::debug!(%kind, operation, document, ?codes, cost = admitted.cost, "answered");
}
