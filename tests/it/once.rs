//! A change that is asked for twice is made once, and one that was not seen is not overwritten.

mod every;

use crate::support::{
    TestApp,
    people::{Kind, new_integration, new_partner},
};
use chrono::TimeDelta;
use serde_json::{Value, json};
use tokio::task::JoinSet;

fn keyed(mut input: Value, key: &str) -> Value {
    input["idempotencyKey"] = json!(key);
    input
}

async fn count(app: &TestApp, table: &str) -> i64 {
    app.rows().await.into_iter().find(|(name, _)| *name == table).unwrap().1
}

#[tokio::test(flavor = "multi_thread")]
async fn ten_at_once_under_one_key_are_one_change_with_one_answer() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    for (mutation, fields) in [("createPartner", "partner { id name version }"), ("invitePartner", "partner { id }")] {
        let before = app.rows().await;
        let mut tries = JoinSet::new();
        for _ in 0..10 {
            let client = admin.clone();
            let input = keyed(new_partner("Acme", &format!("ada@{mutation}.example")), "one");
            tries.spawn(async move { client.mutate(mutation, fields, input).await });
        }
        let answers = tries.join_all().await;
        assert!(
            answers.iter().all(|answer| *answer == answers[0] && answer["partner"]["id"].is_string()),
            "{answers:?}"
        );
        let partners = before.iter().find(|(table, _)| *table == "partner").unwrap().1;
        assert_eq!(count(&app, "partner").await, partners + 1);
    }
    assert_eq!(app.letters().await.iter().filter(|letter| letter.to == "ada@createPartner.example").count(), 1);
}

#[tokio::test]
async fn another_input_under_the_same_key_is_refused() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    admin.mutate("createPartner", "partner { id }", keyed(new_partner("Acme", "ada@acme.example"), "one")).await;
    let other = keyed(new_partner("Other", "bob@other.example"), "one");
    crate::mutations::faults(&app, &admin, "createPartner", other.clone(), "IDEMPOTENCY_MISMATCH").await;
    // Another mutation, and another key, are another matter.
    admin.mutate("invitePartner", "partner { id }", other.clone()).await;
    admin.mutate("createPartner", "partner { id }", keyed(new_partner("More", "eve@more.example"), "two")).await;
    for key in ["", " ", "a\nb", &"x".repeat(201)] {
        let input = keyed(new_partner("Acme", "x@acme.example"), key);
        crate::mutations::faults(&app, &admin, "createPartner", input, "BAD_USER_INPUT").await;
    }
}

#[tokio::test]
async fn keys_are_everybodys_own() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let acme = app.partner(&admin, "Acme", Kind::Created).await;
    let other = app.partner(&admin, "Other", Kind::Created).await;
    let input = keyed(new_integration("Sync"), "one");
    let ours = acme.user.mutate("createIntegration", "integration { id }", input.clone()).await;
    let theirs = other.user.mutate("createIntegration", "integration { id }", input.clone()).await;
    assert_ne!(ours, theirs);
    assert_eq!(acme.user.mutate("createIntegration", "integration { id }", input).await, ours);
    assert_eq!(count(&app, "integration").await, 2);
}

#[tokio::test]
async fn a_refused_change_leaves_its_key_free() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let taken = keyed(new_partner("Acme", "admin@example.com"), "one");
    crate::mutations::refuses(&app, &admin, "createPartner", taken, &[("primaryContact.email", "TAKEN")]).await;
    admin.mutate("createPartner", "partner { id }", keyed(new_partner("Acme", "ada@acme.example"), "one")).await;
}

#[tokio::test]
async fn a_key_is_remembered_for_a_day() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let input = keyed(json!({ "name": "One" }), "one");
    for _ in 0..2 {
        admin.mutate("updateVendor", "vendor { id name }", input.clone()).await;
    }
    assert_eq!(records(&app, "vendor.updated").await, 1);
    app.hub.clock.advance(TimeDelta::hours(24));
    app.worker.drain().await.unwrap();
    let admin = app.login("admin@example.com").await;
    admin.mutate("updateVendor", "vendor { id name }", input).await;
    assert_eq!(records(&app, "vendor.updated").await, 2);
}

async fn records(app: &TestApp, event: &str) -> i64 {
    use sea_orm::{ConnectionTrait, Statement};
    let sql = format!("SELECT COUNT(*) AS n FROM activity WHERE event = '{event}'");
    let db = &app.hub.pools.reads;
    let row = db.query_one_raw(Statement::from_string(db.get_database_backend(), sql)).await.unwrap().unwrap();
    row.try_get("", "n").unwrap()
}

#[tokio::test]
async fn an_edit_of_an_older_version_overwrites_nothing() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let acme = app.partner(&admin, "Acme", Kind::Created).await;
    let id = app.submitted(&acme.user, "Sync").await;
    let stale = json!({ "id": id, "expectedVersion": 1 });
    let answer = admin.try_mutate("publishIntegration", "integration { status }", stale).await;
    assert_eq!(answer.codes(), ["CONFLICT"]);
    assert_eq!(answer.body["errors"][0]["extensions"]["currentVersion"], 2);
    admin.mutate("publishIntegration", "integration { status }", json!({ "id": id, "expectedVersion": 2 })).await;
    let answer = admin.try_mutate("updateVendor", "", json!({ "name": "Lost", "expectedVersion": 7 })).await;
    assert_eq!(answer.codes(), ["CONFLICT"]);
    assert_eq!(answer.body["errors"][0]["extensions"]["currentVersion"], 1);
    assert_ne!(admin.data("{ vendor { name } }", json!({})).await["vendor"]["name"], "Lost");
}

#[expect(clippy::disallowed_methods, reason = "what is in the table")]
async fn kept(app: &TestApp) -> Vec<entity::idempotency_key::Model> {
    use sea_orm::EntityTrait;
    entity::idempotency_key::Entity::find().all(&app.hub.pools.reads).await.unwrap()
}
