//! Tenants are edited, paused, resumed, put away and taken out again.

use super::{faults, refuses};
use crate::support::{
    Answer, TestApp,
    people::{Kind, tenant},
};
use serde_json::{Value, json};

/// A hub with one published integration of Acme's and a tenant of it.
struct World {
    app: TestApp,
    admin: crate::support::Client,
    acme: crate::support::people::Partner,
    integration: String,
    tenant: String,
}

async fn world() -> World {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let acme = app.partner(&admin, "Acme", Kind::Created).await;
    let integration = app.published(&admin, &acme.user, "Sync").await;
    let tenant = tenant(&acme.user, &integration, "first").await;
    World { app, admin, acme, integration, tenant }
}

const STANDING: &str = "tenant { paused archivedAt version availableActions }";
const DECISIONS: [(&str, &str); 4] =
    [("pauseTenant", "PAUSE"), ("resumeTenant", "RESUME"), ("archiveTenant", "ARCHIVE"), ("restoreTenant", "RESTORE")];

#[tokio::test]
async fn what_is_offered_can_be_done_and_nothing_else() {
    let World { app, admin, acme, tenant, .. } = world().await;
    let input = json!({ "id": tenant });
    let query = "query T($id: ID!) { tenant(id: $id) { paused archivedAt availableActions } }";
    // From each standing: what is refused changes nothing, then one step on. The vendor may as well as the partner.
    let steps: [(&[&str], &str, bool, bool); 6] = [
        (&["RESUME", "ARCHIVE"], "resumeTenant", false, false),
        (&["PAUSE", "ARCHIVE"], "pauseTenant", true, false),
        (&["RESUME", "ARCHIVE"], "resumeTenant", false, false),
        (&["PAUSE", "ARCHIVE"], "archiveTenant", true, true),
        (&["RESTORE"], "restoreTenant", true, false),
        (&["RESUME", "ARCHIVE"], "archiveTenant", true, true),
    ];
    for (round, (offered, step, paused, archived)) in steps.into_iter().enumerate() {
        let shown = admin.data(query, input.clone()).await["tenant"].clone();
        assert_eq!(shown["availableActions"], json!(offered), "{shown}");
        for (mutation, action) in DECISIONS {
            if !offered.contains(&action) {
                refuses(&app, &acme.user, mutation, input.clone(), &[("", "INVALID_STATE")]).await;
            }
        }
        let who = if round % 2 == 0 { &acme.user } else { &admin };
        let moved = who.mutate(step, STANDING, input.clone()).await["tenant"].clone();
        let standing = (moved["paused"] == true, !moved["archivedAt"].is_null());
        assert_eq!((standing, &moved["version"]), ((paused, archived), &json!(round + 2)), "{step}: {moved}");
    }
    let input = json!({ "id": tenant, "source": "crm" });
    refuses(&app, &acme.user, "updateTenant", input, &[("", "INVALID_STATE")]).await;
}

#[tokio::test]
async fn a_tenant_is_edited_by_its_partner_and_by_the_vendor() {
    let World { app, admin, acme, tenant, .. } = world().await;
    let fields = "tenant { name schedule nextRuns configuration source customerReference paused version }";
    let all = json!({ "id": tenant, "name": "acme-eu", "schedule": "15 3 * * 1-5", "configuration": { "key": "hush" },
        "source": "portal", "customerReference": "C-1", "expectedVersion": 1 });
    let edited = acme.user.mutate("updateTenant", fields, all.clone()).await["tenant"].clone();
    // The clock of the tests stands on a Friday, 2027-01-15, at eight.
    let runs = ["2027-01-18T03:15:00Z", "2027-01-19T03:15:00Z", "2027-01-20T03:15:00Z"];
    let given = edited["nextRuns"].as_array().unwrap().iter().map(instant);
    assert_eq!(given.collect::<Vec<_>>(), runs.map(|run| instant(&json!(run))));
    assert_eq!((&edited["name"], &edited["configuration"]), (&json!("acme-eu"), &json!({ "key": "hush" })));
    assert_eq!((&edited["source"], &edited["customerReference"]), (&json!("portal"), &json!("C-1")));
    assert_eq!((&edited["paused"], &edited["version"]), (&json!(true), &json!(2)));
    faults(&app, &acme.user, "updateTenant", all, "CONFLICT").await;
    let record = app.texts("SELECT CAST(data AS TEXT) FROM activity WHERE event = 'tenant.updated'").await.concat();
    assert!(record.contains("configurationReplaced") && !record.contains("hush"), "{record}");
    let cleared = json!({ "id": tenant, "schedule": "", "source": " ", "idempotencyKey": "once" });
    for _ in 0..2 {
        let edited = admin.mutate("updateTenant", fields, cleared.clone()).await["tenant"].clone();
        let expected = json!({ "name": "acme-eu", "schedule": null, "nextRuns": [], "configuration": { "key": "hush" },
            "source": null, "customerReference": "C-1", "paused": true, "version": 3 });
        assert_eq!(edited, expected);
    }
}

fn instant(text: &Value) -> chrono::DateTime<chrono::Utc> {
    text.as_str().unwrap().parse().unwrap()
}

#[tokio::test]
async fn edits_are_checked() {
    let World { app, acme, integration, tenant: id, .. } = world().await;
    tenant(&acme.user, &integration, "second").await;
    for (field, value, code) in [
        ("name", json!(""), "BLANK"),
        ("name", json!("Acme"), "INVALID"),
        ("name", json!("acme-"), "INVALID"),
        ("name", json!("a".repeat(64)), "TOO_LONG"),
        ("name", json!("second"), "TAKEN"),
        ("schedule", json!("every day"), "INVALID"),
        ("schedule", json!("0 30 4 * * 1-5"), "INVALID"),
        ("configuration", json!([1]), "INVALID"),
        ("configuration", json!({ "a\u{0}": 1 }), "INVALID"),
        ("configuration", json!({ "x": "y".repeat(17_000) }), "TOO_LONG"),
        ("customerReference", json!("x".repeat(201)), "TOO_LONG"),
        ("source", json!("a\nb"), "INVALID"),
    ] {
        refuses(&app, &acme.user, "updateTenant", json!({ "id": id, field: value }), &[(field, code)]).await;
    }
}

#[tokio::test]
async fn a_foreign_tenant_does_not_exist() {
    let World { app, admin, tenant, .. } = world().await;
    let other = app.partner(&admin, "Other", Kind::Created).await;
    for mutation in DECISIONS.map(|(mutation, _)| mutation).into_iter().chain(["updateTenant"]) {
        let input = |id: &str| json!({ "id": id });
        faults(&app, &other.user, mutation, input(&tenant), "NOT_FOUND").await;
        faults(&app, &admin, mutation, input("nonsense"), "NOT_FOUND").await;
        faults(&app, &app.anonymous(), mutation, input(&tenant), "UNAUTHENTICATED").await;
        let stale = json!({ "id": tenant, "expectedVersion": 7 });
        faults(&app, &admin, mutation, stale, "CONFLICT").await;
    }
}

#[tokio::test]
async fn of_two_who_decide_at_once_nothing_is_done_twice() {
    let World { app: _app, admin, acme, tenant, .. } = world().await;
    for round in 0..5 {
        let input = json!({ "id": tenant });
        let mutation = if round % 2 == 0 { "resumeTenant" } else { "pauseTenant" };
        let both = tokio::join!(
            admin.try_mutate(mutation, "", input.clone()),
            acme.user.try_mutate(mutation, "", input.clone()),
        );
        let went = |answer: &Answer| i32::from(answer.codes().is_empty() && answer.refusals(mutation).is_empty());
        assert_eq!(went(&both.0) + went(&both.1), 1, "{:?} {:?}", both.0.body, both.1.body);
        let query = "query T($id: ID!) { tenant(id: $id) { version } }";
        assert_eq!(admin.data(query, input).await["tenant"]["version"], json!(round + 2));
    }
}
