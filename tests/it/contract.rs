//! Clients that many use work against the hub unchanged.

use crate::support::TestApp;
use std::time::Duration;

#[tokio::test]
async fn apollo_urql_and_relay_work_unchanged() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let mut clients = tokio::process::Command::new("node");
    clients.args(["clients.mjs", &format!("{}/graphql", app.base), admin.token.as_deref().unwrap()]);
    clients.current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/contract")).kill_on_drop(true);
    let output = tokio::time::timeout(Duration::from_secs(120), clients.output()).await.expect("they come to an end");
    let output = output.expect("Node runs the clients; `make test` installs them with `npm ci` in tests/contract");
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(said.contains("clients ok"), "{said}{}", String::from_utf8_lossy(&output.stderr));
}
