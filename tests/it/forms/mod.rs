//! Forms: published in versions that never change, drafted, submitted, and what was agreed to.

mod drafts;
mod kept;
mod publish;
mod questions;
mod terms;
mod together;

use crate::support::Client;
use serde_json::{Value, json};

/// A question of a kind, with no more than it must have.
pub(crate) fn question(key: &str, kind: &str) -> Value {
    let mut question = json!({ "key": key, "kind": kind, "label": format!("What is {key}?") });
    match kind {
        "TERMS" => question["termsUrl"] = json!("https://vendor.example/terms"),
        "SELECT" | "MULTI_SELECT" => question["options"] = json!(["red", "green", "blue"]),
        _ => {}
    }
    question
}

/// The same with more to it.
pub(crate) fn with(mut question: Value, more: Value) -> Value {
    question.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    question
}

/// Publishes the version after the newest, and answers its id.
pub(crate) async fn publish(admin: &Client, kind: &str, questions: Value) -> String {
    let newest = admin.data("{ vendor { partnerForm { version } integrationForm { version } } }", json!({})).await;
    let field = if kind == "PARTNER" { "partnerForm" } else { "integrationForm" };
    let seen = &newest["vendor"][field]["version"];
    let input = json!({ "kind": kind, "questions": questions, "expectedVersion": seen });
    let payload = admin.mutate("publishForm", "form { id version }", input).await;
    assert_eq!(payload["form"]["version"].as_i64().unwrap(), seen.as_i64().unwrap() + 1);
    payload["form"]["id"].as_str().unwrap().to_owned()
}
