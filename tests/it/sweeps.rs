//! What is over goes by itself, and what is not stays.

use crate::support::TestApp;
use chrono::TimeDelta;
use serde_json::json;

#[tokio::test]
async fn sessions_that_have_ended_go() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let count = || async { app.texts("SELECT CAST(COUNT(*) AS TEXT) FROM session").await.concat() };
    let viewer = "{ viewer { role } }";
    for _ in 0..3 {
        app.login("admin@example.com").await;
    }
    app.hub.clock.advance(TimeDelta::minutes(89));
    admin.data(viewer, json!({})).await;
    app.worker.drain().await.unwrap();
    assert_eq!(count().await, "4", "nobody has left yet");
    app.hub.clock.advance(TimeDelta::minutes(1));
    app.worker.drain().await.unwrap();
    assert_eq!(count().await, "1", "three were idle");
    assert_eq!(admin.data(viewer, json!({})).await["viewer"]["role"], "VENDOR_ADMIN");
    for _ in 0..11 {
        app.hub.clock.advance(TimeDelta::hours(1));
        admin.send(viewer, json!({})).await;
    }
    app.worker.drain().await.unwrap();
    assert_eq!(count().await, "0", "twelve hours are over");
}
