//! Hostile documents: each is refused before anything is asked of the database, and the same process answers the next.

mod askers;
mod campaign;
mod doors;
mod families;

use crate::support::{Answer, Client, TestApp};
use families::families;
use reqwest::header;
use serde_json::json;

/// The bytes that a body may have.
const BODY: usize = 65_536;

/// What the same process must answer afterwards.
const NEXT: &str = r#"{"query":"{ viewer { role } }"}"#;

/// Sends a body as it stands.
async fn send(client: &Client, body: &str) -> Answer {
    let request = client.http.post(&client.endpoint).header(header::CONTENT_TYPE, "application/json");
    Answer::of(request.body(body.to_owned()).send().await.unwrap()).await
}

#[tokio::test]
async fn hostile_documents_are_refused_at_every_size() {
    let app = TestApp::start().await;
    let anonymous = app.anonymous();
    app.statements.take();
    let mut wrong = Vec::new();
    for family in families() {
        let sizes = [
            ("just over", (family.body)(family.over)),
            ("ten times", (family.body)(10 * family.over)),
            ("greatest", family.filling(BODY)),
        ];
        for (size, body) in sizes {
            let answer = send(&anonymous, &body).await;
            let sentence = answer.body["errors"][0]["message"].as_str().unwrap_or_default();
            let coded = !answer.codes().is_empty() && answer.codes().iter().all(|code| *code == "BAD_USER_INPUT");
            let says = size != "just over" || sentence.contains(family.says);
            if !coded || !says || answer.status.is_server_error() || answer.body.get("data").is_some() {
                wrong.push(format!("{} ({size}): {} {:.300}", family.name, answer.status, answer.body.to_string()));
            }
            let statements = app.statements.take();
            if !statements.is_empty() {
                wrong.push(format!("{} ({size}) reached the database: {statements:?}", family.name));
            }
            let next = send(&anonymous, NEXT).await;
            if next.body["data"] != json!({ "viewer": null }) {
                wrong.push(format!("{} ({size}) left the server unwell: {}", family.name, next.body));
            }
            app.statements.take();
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[tokio::test]
async fn just_under_the_limit_is_nobodys_business() {
    let app = TestApp::start().await;
    // Families whose documents are in order but for their size.
    for name in ["aliases", "comments", "commas", "directives over the document", "duplicate fields", "operations"] {
        let family = families().find(|family| family.name == name).unwrap();
        let answer = send(&app.anonymous(), &(family.body)(family.over - 1)).await;
        assert!(answer.codes().is_empty(), "{name}: {}", answer.body);
    }
}
