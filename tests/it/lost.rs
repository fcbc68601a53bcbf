//! Connections to the database that die while nobody uses them.

use crate::support::TestApp;
use partner_hub::db::is_postgres;
use sea_orm::ConnectionTrait;
use serde_json::json;

#[tokio::test]
async fn a_query_outlives_its_connections() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let asked = "{ viewer { role } partners { nodes { id } } }";
    assert!(admin.send(asked, json!({})).await.codes().is_empty());
    if !is_postgres(&app.hub.pools.reads) {
        return;
    }
    // As when the database is restarted; the sixth time no less than the first.
    let end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() \
               AND application_name = 'partner-hub' AND pid <> pg_backend_pid()";
    for _ in 0..6 {
        app.hub.pools.writes.execute_unprepared(end).await.unwrap();
        let answers = futures_util::future::join_all((0..8).map(|_| admin.send(asked, json!({})))).await;
        for answer in answers {
            assert!(answer.codes().is_empty(), "{:?}", answer.body);
        }
    }
}
