//! Who wakes a worker. A worker that nobody wakes looks by itself; here it looks only when its bell is rung.

use crate::support::{TestApp, people::new_partner};
use partner_hub::db::is_postgres;
use serde_json::json;
use std::time::Duration;

/// Far longer than it takes; only a bell that nobody rings lets it pass.
const PATIENCE: Duration = Duration::from_secs(20);

/// Waits until `app`, sending whenever its bell is rung, has sent a letter to `address`.
async fn sent_when_rung(app: &TestApp, address: &str) {
    let sent = async {
        loop {
            app.hub.bell.notified().await;
            if app.letters().await.iter().any(|letter| letter.to == address) {
                return;
            }
        }
    };
    tokio::time::timeout(PATIENCE, sent).await.expect("the bell is rung after the letter was written");
}

#[tokio::test]
async fn the_servers_own_worker_is_woken_by_a_commit() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    admin.mutate("invitePartner", "partner { id }", new_partner("Acme", "ada@acme.example")).await;
    sent_when_rung(&app, "ada@acme.example").await;
}

#[tokio::test]
async fn the_worker_of_another_server_is_woken_too() {
    let app = TestApp::start().await;
    if !is_postgres(&app.hub.pools.reads) {
        return;
    }
    let other = app.beside().await;
    let admin = app.admin().await;
    // Each time the other worker has gone to rest before.
    for round in 0..5 {
        let address = format!("ada@p{round}.example");
        admin.mutate("invitePartner", "partner { id }", new_partner(&format!("P{round}"), &address)).await;
        sent_when_rung(&other, &address).await;
    }
}

#[tokio::test]
async fn a_change_that_is_refused_wakes_nobody() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    // The founding of the hub and the log-in have rung.
    app.letters().await;
    let _ = tokio::time::timeout(Duration::ZERO, app.hub.bell.notified()).await;
    admin.try_mutate("invitePartner", "partner { id }", json!({ "name": "" })).await;
    assert!(tokio::time::timeout(Duration::ZERO, app.hub.bell.notified()).await.is_err());
}
