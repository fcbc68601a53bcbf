//! The npm package `graphql-ws` as a client that knows nothing of us.

use crate::support::{TestApp, people::new_partner};
use serde_json::{Value, json};
use std::process::Stdio;
use tokio::io::{AsyncBufReadExt, BufReader};

#[tokio::test]
async fn the_reference_client_is_told_of_a_change() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/node");
    let url = app.base.replacen("http", "ws", 1) + "/graphql/ws";
    let mut client = tokio::process::Command::new("node");
    client.args(["subscriptions.mjs", &url, admin.token.as_deref().unwrap()]).current_dir(folder);
    let mut client = client.stdout(Stdio::piped()).kill_on_drop(true).spawn().expect("Node runs the client");
    let mut said = BufReader::new(client.stdout.take().unwrap()).lines();
    let mut next =
        async || -> Value { serde_json::from_str(&said.next_line().await.unwrap().expect("a line")).unwrap() };

    let cost = json!({ "cost": { "requested": 1, "left": 9_999 } });
    let viewer = json!({ "data": { "viewer": { "role": "VENDOR_ADMIN" } }, "extensions": cost });
    assert_eq!(next().await, viewer);
    assert_eq!(next().await, json!("ready"));
    admin.mutate("createPartner", "partner { id }", new_partner("Acme", "ada@acme.example")).await;
    let changed = json!({ "partnerChanged": { "name": "Acme", "status": "APPROVED" } });
    assert_eq!(next().await, json!({ "data": changed, "extensions": cost }));
    assert_eq!(next().await, viewer);
    assert_eq!(next().await, json!(["BAD_USER_INPUT"]));
    assert_eq!(next().await, json!(4403));
    assert!(client.wait().await.unwrap().success());
}
