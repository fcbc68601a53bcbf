//! What is published stays: whole, for good, and as a fresh hub has it.

use super::{publish, question, with};
use crate::support::{
    Client, TestApp,
    people::{Kind, onboard},
};
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};

const WHOLE: &str = "query F($id: ID!) { node(id: $id) { ... on Form { id kind version publishedAt publishedBy { id }
    questions { key kind label description required options termsUrl since min max earliest latest } } } }";

async fn whole(admin: &Client, id: &str) -> Value {
    let form = admin.data(WHOLE, json!({ "id": id })).await["node"].clone();
    assert_eq!(form["id"], id);
    form
}

#[tokio::test]
async fn a_version_stays_whole_whatever_is_published_after_it() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    for (kind, field) in [("PARTNER", "partnerForm"), ("INTEGRATION", "integrationForm")] {
        let first = admin.data(&format!("{{ {field} {{ id }} }}"), json!({})).await[field]["id"].clone();
        let mut versions = vec![first.as_str().unwrap().to_owned()];
        let terms = |again: bool| with(question("terms", "TERMS"), json!({ "askAgain": again && kind == "PARTNER" }));
        let bounded = with(question("colours", "MULTI_SELECT"), json!({ "min": 1, "max": 2, "required": true }));
        let day = with(question("launch", "DATE"), json!({ "earliest": "2027-01-01", "latest": "2028-12-31" }));
        versions.push(publish(&admin, kind, json!([terms(false), bounded, day])).await);
        let mut before = Vec::new();
        for id in &versions {
            before.push(whole(&admin, id).await);
        }
        app.hub.clock.advance(chrono::TimeDelta::hours(1));
        // The same keys, with other words, other kinds and other bounds; and then no questions.
        let colours = with(question("colours", "TEXT"), json!({ "label": "Which?", "max": 9 }));
        publish(&admin, kind, json!([colours, terms(true), question("website", "DATE")])).await;
        publish(&admin, kind, json!([])).await;
        for (id, before) in versions.iter().zip(before) {
            assert_eq!(whole(&admin, id).await, before);
        }
    }
}

#[tokio::test]
async fn the_database_changes_and_removes_no_version() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let acme = app.partner(&admin, "Acme", Kind::Invited).await;
    onboard(&acme.user).await;
    let db = &app.hub.pools.writes;
    let versions = "SELECT CAST(questions AS TEXT) FROM form ORDER BY id";
    let before = app.texts(versions).await;
    for sql in ["UPDATE form SET questions = '[]'", "UPDATE form SET version = version + 1", "DELETE FROM form"] {
        let refused = db.execute_unprepared(sql).await.unwrap_err();
        assert!(refused.to_string().contains("append-only"), "{refused}");
    }
    if partner_hub::db::is_postgres(db) {
        db.execute_unprepared("TRUNCATE form CASCADE").await.unwrap_err();
    }
    assert_eq!(app.texts(versions).await, before);
}

#[tokio::test]
async fn a_fresh_hub_asks_this() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let asked = "{ version questions { key kind label description required options min max } }";
    let query = format!("{{ partnerForm {asked} integrationForm {asked} }}");
    insta::assert_json_snapshot!(admin.data(&query, json!({})).await);
}
