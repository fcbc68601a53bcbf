//! `createTenant`.

use super::{faults, refuses};
use crate::{
    api_keys::program,
    support::{
        TestApp,
        people::{Kind, draft, tenant},
        token_in,
    },
};
use serde_json::json;

#[tokio::test]
async fn fields_are_checked() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let acme = app.partner(&admin, "Acme", Kind::Created).await;
    let id = app.published(&admin, &acme.user, "Sync").await;
    for (field, value, code) in [
        ("name", json!(""), "BLANK"),
        ("name", json!("Acme"), "INVALID"),
        ("name", json!("-acme"), "INVALID"),
        ("name", json!("a".repeat(64)), "TOO_LONG"),
        ("name", json!("a\nb"), "INVALID"),
        ("schedule", json!("every day"), "INVALID"),
        ("schedule", json!("61 * * * *"), "INVALID"),
        // Days that do not come.
        ("schedule", json!("0 0 31 2 *"), "INVALID"),
        ("schedule", json!("*/5 * 30,31 2 *"), "INVALID"),
        ("schedule", json!("0 0 31 4,6,9,11 *"), "INVALID"),
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
    let sent_back = app.submitted(&acme.user, "Sent back").await;
    let back = json!({ "id": sent_back, "reason": "Say more." });
    admin.mutate("requestIntegrationChanges", "", back).await;
    let archived = app.published(&admin, &acme.user, "Archived").await;
    admin.mutate("archiveIntegration", "", json!({ "id": archived })).await;
    for id in [draft(&acme.user, "Draft").await, app.submitted(&acme.user, "Waiting").await, sent_back, archived] {
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
}

#[tokio::test]
async fn the_vendor_adds_tenants_to_any_published_integration() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let acme = app.partner(&admin, "Acme", Kind::Created).await;
    let id = app.published(&admin, &acme.user, "Sync").await;
    let fields = "tenant { name partner { name } }";
    let (key, _) = program(&admin, "ADMIN", &["TENANTS_WRITE", "INTEGRATIONS_READ", "PARTNERS_READ"]).await;
    for (who, name) in [(&admin, "by-the-vendor"), (&key, "by-a-program")] {
        let made = who.mutate("createTenant", fields, json!({ "integrationId": id, "name": name })).await;
        // It is Acme's, whoever adds it, and Acme finds it.
        assert_eq!(made["tenant"], json!({ "name": name, "partner": { "name": "Acme" } }));
        let rows = json!([{ "integrationId": id, "name": format!("{name}-2") }]);
        let many = who.mutate("bulkCreateTenants", "acceptedCount", json!({ "rows": rows })).await;
        assert_eq!(many["acceptedCount"], 1);
    }
    let theirs = acme.user.data("{ tenants { totalCount } activity { nodes { event } } }", json!({})).await;
    assert_eq!(theirs["tenants"]["totalCount"], 4);
    let added = json!({ "event": "tenant.created" });
    assert!(theirs["activity"]["nodes"].as_array().unwrap().contains(&added), "{theirs:#}");
    let draft = draft(&acme.user, "Draft").await;
    let input = json!({ "integrationId": draft, "name": "early" });
    refuses(&app, &admin, "createTenant", input, &[("integrationId", "INVALID_STATE")]).await;
    let staff = json!({ "name": "Grace Hopper", "email": "grace@vendor.example", "role": "MEMBER" });
    admin.mutate("inviteUser", "", staff).await;
    let staff = app.accept(&token_in(&app.letter_to("grace@vendor.example").await)).await;
    faults(&app, &staff, "createTenant", json!({ "integrationId": id, "name": "by-staff" }), "FORBIDDEN").await;
}

#[tokio::test]
async fn none_is_added_beside_an_unpublication() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let acme = app.partner(&admin, "Acme", Kind::Created).await;
    for round in 0..10 {
        let id = app.published(&admin, &acme.user, &format!("Round {round}")).await;
        let (made, down) = tokio::join!(
            acme.user.try_mutate("createTenant", "", json!({ "integrationId": id, "name": "late" })),
            admin.try_mutate("unpublishIntegration", "", json!({ "id": id })),
        );
        assert!(down.codes().is_empty() && down.refusals("unpublishIntegration").is_empty(), "{:#}", down.body);
        let refused = made.refusals("createTenant");
        assert!(refused.is_empty() || refused[0].1 == "INVALID_STATE", "{:#}", made.body);
        let query = "query I($id: ID!) { integration(id: $id) { status tenants { totalCount } } }";
        let left = admin.data(query, json!({ "id": id })).await["integration"].clone();
        assert_eq!(left, json!({ "status": "DRAFT", "tenants": { "totalCount": usize::from(refused.is_empty()) } }));
    }
}
