//! `createTenant`.

use super::{faults, refuses};
use crate::support::{
    TestApp,
    people::{Kind, draft, tenant},
};
use serde_json::json;

#[tokio::test]
async fn fields_are_checked() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let acme = app.partner(&admin, "Acme", Kind::Created).await;
    let id = app.published(&admin, &acme.user, "Sync").await;
    for (field, value, code) in [
        ("name", json!(""), "INVALID"),
        ("name", json!("Acme"), "INVALID"),
        ("name", json!("-acme"), "INVALID"),
        ("name", json!("a".repeat(64)), "INVALID"),
        ("name", json!("a\nb"), "INVALID"),
        ("schedule", json!("every day"), "INVALID"),
        ("schedule", json!("61 * * * *"), "INVALID"),
        ("configuration", json!([1]), "INVALID"),
        ("configuration", json!({ "a": ["b\u{0}"] }), "INVALID"),
        ("configuration", json!({ "x": "y".repeat(17_000) }), "TOO_LONG"),
        ("customerReference", json!("x".repeat(201)), "TOO_LONG"),
    ] {
        let mut input = json!({ "integrationId": id, "name": "acme-eu" });
        input[field] = value;
        refuses(&app, &acme.user, "createTenant", input, &[(field, code)]).await;
    }
    let input = json!({ "integrationId": id, "name": "acme-eu", "schedule": "15 3 * * 1-5", "configuration": { "region": "eu" }, "source": "portal", "customerReference": "C-1" });
    let fields = "tenant { name paused schedule configuration source customerReference archivedAt integration { name } partner { name } }";
    let payload = acme.user.mutate("createTenant", fields, input.clone()).await;
    insta::assert_json_snapshot!(payload["tenant"]);
    refuses(&app, &acme.user, "createTenant", input, &[("name", "TAKEN")]).await;
}

#[tokio::test]
async fn only_a_published_integration_takes_tenants() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let acme = app.partner(&admin, "Acme", Kind::Created).await;
    for id in [draft(&acme.user, "Draft").await, app.submitted(&acme.user, "Waiting").await] {
        let input = json!({ "integrationId": id, "name": "acme" });
        refuses(&app, &acme.user, "createTenant", input, &[("integrationId", "INVALID_STATE")]).await;
    }
}

#[tokio::test]
async fn a_foreign_integration_does_not_exist() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let acme = app.partner(&admin, "Acme", Kind::Created).await;
    let other = app.partner(&admin, "Other", Kind::Created).await;
    let id = app.published(&admin, &acme.user, "Sync").await;
    let input = json!({ "integrationId": id, "name": "acme" });
    faults(&app, &other.user, "createTenant", input.clone(), "NOT_FOUND").await;
    faults(&app, &app.anonymous(), "createTenant", input, "UNAUTHENTICATED").await;
    tenant(&acme.user, &id, "mine").await;
    let input = json!({ "integrationId": id, "name": "by-the-vendor" });
    faults(&app, &admin, "createTenant", input, "FORBIDDEN").await;
}
