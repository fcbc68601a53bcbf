//! Rounds of review: integrations edited, taken back, sent back, changed while they are live, taken down, put away.

use super::{faults, refuses};
use crate::support::{
    Client, TestApp,
    people::{Kind, Partner, draft, integration_answers, new_integration, tenant},
};
use chrono::TimeDelta;
use serde_json::{Value, json};

struct Scene {
    app: TestApp,
    admin: Client,
    acme: Partner,
    other: Partner,
}

async fn scene() -> Scene {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let acme = app.partner(&admin, "Acme", Kind::Created).await;
    let other = app.partner(&admin, "Other", Kind::Created).await;
    Scene { app, admin, acme, other }
}

async fn seen(client: &Client, id: &str) -> Value {
    let query =
        "query($id: ID!) { integration(id: $id) { name status statusReason description version publishedAt archivedAt
        availableActions draft { answers { question value } }
        pendingRevision { status statusReason name submittedBy { email } }
        reviewComments { totalCount nodes { id field text resolvedAt author { name } } } } }";
    client.data(query, json!({ "id": id })).await["integration"].clone()
}

async fn resubmit(client: &Client, id: &str) {
    let form = client.data("{ integrationForm { id } }", json!({})).await["integrationForm"]["id"].clone();
    let input = json!({ "id": id, "formId": form, "answers": integration_answers() });
    client.mutate("submitIntegration", "", input).await;
}

/// Whom the newest letters with this subject went to.
async fn told(app: &TestApp, subject: &str) -> Vec<String> {
    let letters = app.letters().await;
    let mut to: Vec<_> =
        letters.into_iter().filter(|letter| letter.subject.contains(subject)).map(|it| it.to).collect();
    to.sort();
    to
}

#[tokio::test]
async fn a_draft_is_edited_freely_and_each_field_is_checked_as_at_first() {
    let Scene { app, admin, acme, other } = scene().await;
    let id = draft(&acme.user, "Sync").await;
    let change = json!({ "id": id, "name": "Sync 2", "description": "Keeps both in step", "expectedVersion": 1 });
    let done = acme.user.mutate("updateIntegration", "integration { name description version slug }", change.clone());
    assert_eq!(
        done.await["integration"],
        json!({ "name": "Sync 2", "description": "Keeps both in step", "version": 2, "slug": "sync" })
    );
    faults(&app, &acme.user, "updateIntegration", change, "CONFLICT").await;
    let cleared = json!({ "id": id, "description": "" });
    let done = acme.user.mutate("updateIntegration", "integration { name description }", cleared).await;
    assert_eq!(done["integration"], json!({ "name": "Sync 2", "description": null }));
    for (field, value, at, code) in [
        ("name", json!(" "), "name", "BLANK"),
        ("name", json!("x".repeat(201)), "name", "TOO_LONG"),
        ("description", json!("x".repeat(5_001)), "description", "TOO_LONG"),
        ("externalKey", json!("x".repeat(201)), "externalKey", "TOO_LONG"),
        ("repository", json!({ "url": "https://code.example" }), "repository", "INVALID"),
        (
            "categories",
            json!(vec!["x"; 1].into_iter().chain(["a", "b", "c", "d", "e"]).collect::<Vec<_>>()),
            "categories",
            "TOO_LONG",
        ),
        ("categories", json!(["Shipping", " "]), "categories.1", "BLANK"),
        ("categories", json!(["x".repeat(51)]), "categories.0", "TOO_LONG"),
        ("tags", json!((0..21).map(|n| format!("tag {n}")).collect::<Vec<_>>()), "tags", "TOO_LONG"),
        ("tags", json!(["a\nb"]), "tags.0", "INVALID"),
    ] {
        let mut input = json!({ "id": id });
        input[field] = value;
        refuses(&app, &acme.user, "updateIntegration", input, &[(at, code)]).await;
    }
    let mine = json!({ "id": id, "name": "Mine" });
    faults(&app, &other.user, "updateIntegration", mine.clone(), "NOT_FOUND").await;
    faults(&app, &admin, "updateIntegration", mine.clone(), "FORBIDDEN").await;
    faults(&app, &app.anonymous(), "updateIntegration", mine.clone(), "UNAUTHENTICATED").await;
    // Not while somebody looks at it.
    resubmit(&acme.user, &id).await;
    refuses(&app, &acme.user, "updateIntegration", mine, &[("", "INVALID_STATE")]).await;
}

#[tokio::test]
async fn as_many_rounds_as_needed_lead_to_publication() {
    let Scene { app, admin, acme, other } = scene().await;
    let id = app.submitted(&acme.user, "Sync").await;
    let back = json!({
        "id": id, "reason": "Say more about errors.",
        "comments": [{ "field": "description", "text": "What happens when we are down?" }, { "text": "Nice otherwise." }],
    });
    // What is asked now, and what the integration has answered, can be spoken of.
    let added = json!({ "integrationId": id, "field": "no_such", "text": "Where?" });
    refuses(&app, &acme.user, "addReviewComment", added, &[("field", "INVALID")]).await;
    for (change, expected) in [
        (json!({ "reason": " " }), ("reason", "BLANK")),
        (json!({ "reason": "x".repeat(5_001) }), ("reason", "TOO_LONG")),
        (json!({ "comments": [{ "text": "" }] }), ("comments.0.text", "BLANK")),
        (json!({ "comments": [{ "field": "No Such!", "text": "x" }] }), ("comments.0.field", "INVALID")),
        (
            json!({ "comments": [{ "text": "x" }, { "field": "no_such", "text": "x" }] }),
            ("comments.1.field", "INVALID"),
        ),
        (json!({ "comments": vec![json!({ "text": "x" }); 51] }), ("comments", "TOO_LONG")),
    ] {
        let mut input = back.clone();
        input.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        refuses(&app, &admin, "requestIntegrationChanges", input, &[expected]).await;
    }
    faults(&app, &acme.user, "requestIntegrationChanges", back.clone(), "FORBIDDEN").await;
    faults(&app, &other.user, "requestIntegrationChanges", back.clone(), "FORBIDDEN").await;
    admin.mutate("requestIntegrationChanges", "integration { status }", back.clone()).await;
    let now = seen(&acme.user, &id).await;
    assert_eq!((&now["status"], &now["statusReason"]), (&json!("CHANGES_REQUESTED"), &json!("Say more about errors.")));
    assert_eq!(now["draft"]["answers"], integration_answers(), "the old answers are the draft again");
    assert_eq!(now["availableActions"], json!(["UPDATE", "SUBMIT", "COMMENT", "ARCHIVE"]));
    assert_eq!(now["reviewComments"]["totalCount"], 2);
    assert_eq!(now["reviewComments"]["nodes"][0]["field"], "description");
    assert_eq!(now["reviewComments"]["nodes"][0]["author"], Value::Null, "partners do not see the vendor's staff");
    assert_eq!(told(&app, "Sync").await.iter().filter(|to| **to == acme.email).count(), 1);
    let letter = app.letter_to(&acme.email).await;
    assert!(letter.text.contains("Say more about errors."), "{}", letter.text);
    refuses(&app, &admin, "requestIntegrationChanges", back, &[("", "INVALID_STATE")]).await;
    refuses(&app, &admin, "publishIntegration", json!({ "id": id }), &[("", "INVALID_STATE")]).await;

    // The partner answers, mends, ticks off, hands in again.
    let comment = json!({ "integrationId": id, "field": "description", "text": "We queue and retry." });
    acme.user.mutate("addReviewComment", "comment { text author { email } }", comment.clone()).await;
    faults(&app, &other.user, "addReviewComment", comment, "NOT_FOUND").await;
    let first = json!({ "id": now["reviewComments"]["nodes"][0]["id"] });
    acme.user.mutate("resolveReviewComment", "comment { resolvedAt resolvedBy { email } }", first.clone()).await;
    refuses(&app, &admin, "resolveReviewComment", first.clone(), &[("", "INVALID_STATE")]).await;
    faults(&app, &other.user, "resolveReviewComment", first, "NOT_FOUND").await;
    acme.user.mutate("updateIntegration", "", json!({ "id": id, "description": "Queues and retries." })).await;
    resubmit(&acme.user, &id).await;
    let now = seen(&admin, &id).await;
    assert_eq!((&now["status"], &now["statusReason"]), (&json!("IN_REVIEW"), &Value::Null));
    assert_eq!(now["availableActions"], json!(["PUBLISH", "REQUEST_CHANGES", "COMMENT", "ARCHIVE"]));
    assert_eq!(now["reviewComments"]["nodes"][2]["author"]["name"], "Ada Lovelace");
    admin.mutate("publishIntegration", "integration { status }", json!({ "id": id })).await;
    let events = "query($id: ID!) { partner(id: $id) { activity(first: 20) { nodes { event } } } }";
    let lines = acme.user.data(events, json!({ "id": acme.id })).await["partner"]["activity"]["nodes"].clone();
    for event in ["changes_requested", "commented", "comment_resolved", "updated", "resubmitted", "published"] {
        let event = json!({ "event": format!("integration.{event}") });
        assert!(lines.as_array().unwrap().contains(&event), "{event} {lines}");
    }
}

#[tokio::test]
async fn a_submission_is_taken_back_with_its_answers() {
    let Scene { app, admin, acme, other } = scene().await;
    let id = app.submitted(&acme.user, "Sync").await;
    let it = json!({ "id": id });
    faults(&app, &admin, "withdrawIntegration", it.clone(), "FORBIDDEN").await;
    faults(&app, &other.user, "withdrawIntegration", it.clone(), "NOT_FOUND").await;
    acme.user.mutate("withdrawIntegration", "", it.clone()).await;
    let now = seen(&acme.user, &id).await;
    assert_eq!((&now["status"], &now["draft"]["answers"]), (&json!("DRAFT"), &integration_answers()));
    refuses(&app, &acme.user, "withdrawIntegration", it.clone(), &[("", "INVALID_STATE")]).await;
    refuses(&app, &admin, "publishIntegration", it, &[("", "INVALID_STATE")]).await;
    resubmit(&acme.user, &id).await;
}

#[tokio::test]
async fn what_is_live_stays_as_it_was_approved_until_the_change_is() {
    let Scene { app, admin, acme, .. } = scene().await;
    let id = app.published(&admin, &acme.user, "Sync").await;
    tenant(&acme.user, &id, "first").await;
    app.letters().await;
    let it = json!({ "id": id });
    refuses(&app, &acme.user, "withdrawIntegration", it.clone(), &[("", "INVALID_STATE")]).await;
    acme.user.mutate("updateIntegration", "", json!({ "id": id, "name": "Sync Pro" })).await;
    for who in [&acme.user, &admin] {
        let now = seen(who, &id).await;
        assert_eq!((&now["name"], &now["status"]), (&json!("Sync"), &json!("PUBLISHED")));
        assert_eq!(
            (&now["pendingRevision"]["name"], &now["pendingRevision"]["status"]),
            (&json!("Sync Pro"), &json!("IN_REVIEW"))
        );
        assert_eq!(now["pendingRevision"]["submittedBy"]["email"], acme.email);
    }
    assert_eq!(seen(&acme.user, &id).await["availableActions"], json!(["UPDATE", "WITHDRAW", "COMMENT"]));
    let staff = json!(["PUBLISH", "REQUEST_CHANGES", "UNPUBLISH", "COMMENT", "ARCHIVE"]);
    assert_eq!(seen(&admin, &id).await["availableActions"], staff);
    assert_eq!(app.letters().await.last().unwrap().to, "admin@example.com", "the vendor has something to look at");
    // Sent back, changed again, and taken over.
    let back = json!({ "id": id, "reason": "Not Pro, please." });
    admin.mutate("requestIntegrationChanges", "", back.clone()).await;
    let now = seen(&acme.user, &id).await;
    assert_eq!((&now["status"], &now["statusReason"]), (&json!("PUBLISHED"), &Value::Null));
    assert_eq!(
        (&now["pendingRevision"]["status"], &now["pendingRevision"]["statusReason"]),
        (&json!("CHANGES_REQUESTED"), &json!("Not Pro, please."))
    );
    refuses(&app, &admin, "publishIntegration", it.clone(), &[("", "INVALID_STATE")]).await;
    refuses(&app, &admin, "requestIntegrationChanges", back, &[("", "INVALID_STATE")]).await;
    acme.user.mutate("updateIntegration", "", json!({ "id": id, "name": "Sync 2", "description": "Twice" })).await;
    admin.mutate("publishIntegration", "", it.clone()).await;
    let now = seen(&acme.user, &id).await;
    assert_eq!((&now["name"], &now["description"]), (&json!("Sync 2"), &json!("Twice")));
    assert_eq!((&now["status"], &now["pendingRevision"]), (&json!("PUBLISHED"), &Value::Null));
    // Taken back: what is live stays.
    acme.user.mutate("updateIntegration", "", json!({ "id": id, "name": "Sync 3" })).await;
    acme.user.mutate("withdrawIntegration", "", it.clone()).await;
    let now = seen(&acme.user, &id).await;
    assert_eq!((&now["name"], &now["pendingRevision"]), (&json!("Sync 2"), &Value::Null));
    // Taken down: what was wanted is not lost.
    acme.user.mutate("updateIntegration", "", json!({ "id": id, "name": "Sync 4" })).await;
    faults(&app, &acme.user, "unpublishIntegration", it.clone(), "FORBIDDEN").await;
    app.letters().await;
    admin.mutate("unpublishIntegration", "", json!({ "id": id, "reason": "It leaks." })).await;
    assert!(app.letter_to(&acme.email).await.text.contains("It leaks."));
    let now = seen(&acme.user, &id).await;
    assert_eq!((&now["name"], &now["status"], &now["publishedAt"]), (&json!("Sync 4"), &json!("DRAFT"), &Value::Null));
    assert_eq!((&now["statusReason"], &now["pendingRevision"]), (&json!("It leaks."), &Value::Null));
    let more = json!({ "integrationId": id, "name": "second" });
    refuses(&app, &acme.user, "createTenant", more, &[("integrationId", "INVALID_STATE")]).await;
    refuses(&app, &admin, "unpublishIntegration", it, &[("", "INVALID_STATE")]).await;
}

#[tokio::test]
async fn the_vendor_is_written_to_once_for_each_change_that_waits() {
    let Scene { app, admin, acme, .. } = scene().await;
    let id = app.published(&admin, &acme.user, "Sync").await;
    let letters = app.letters().await.len();
    let edit = async |change: Value| {
        let mut input = json!({ "id": id });
        input.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        acme.user.mutate("updateIntegration", "integration { version pendingRevision { name } }", input).await
            ["integration"]
            .clone()
    };
    let before = seen(&acme.user, &id).await;
    // What is live already says so.
    let same = edit(json!({ "name": "Sync", "categories": [], "idempotencyKey": "same" })).await;
    assert_eq!(same, json!({ "version": before["version"], "pendingRevision": null }));
    assert_eq!(edit(json!({ "name": "Sync", "categories": [], "idempotencyKey": "same" })).await, same);
    assert_eq!(app.letters().await.len(), letters);
    for name in ["Sync 2", "Sync 2", "Sync 3", "Sync 4"] {
        assert_eq!(edit(json!({ "name": name })).await["pendingRevision"]["name"], name);
    }
    assert_eq!(app.letters().await.len(), letters + 1, "one letter, however often it is touched");
    assert_eq!(seen(&acme.user, &id).await["version"], json!(before["version"].as_i64().unwrap() + 3));
    admin.mutate("requestIntegrationChanges", "", json!({ "id": id, "reason": "Why four?" })).await;
    let letters = app.letters().await.len();
    // Sent back, the same words are handed in anew.
    edit(json!({ "name": "Sync 4" })).await;
    assert_eq!(seen(&acme.user, &id).await["pendingRevision"]["status"], "IN_REVIEW");
    assert_eq!(app.letters().await.len(), letters + 1);
}

#[tokio::test]
async fn what_an_integration_is_about_is_said_in_categories_and_tags() {
    let Scene { app, admin, acme, .. } = scene().await;
    let fields = "integration { id categories tags }";
    let mut new = new_integration("Sync");
    new["categories"] = json!([" Shipping ", "Orders", "Shipping"]);
    new["tags"] = json!(["fast"]);
    let made = acme.user.mutate("createIntegration", fields, new).await["integration"].clone();
    assert_eq!((&made["categories"], &made["tags"]), (&json!(["Shipping", "Orders"]), &json!(["fast"])));
    let done = acme.user.mutate("updateIntegration", fields, json!({ "id": made["id"], "tags": [] })).await;
    assert_eq!(done["integration"], json!({ "id": made["id"], "categories": ["Shipping", "Orders"], "tags": [] }));
    // Of one that is live, they wait like everything else.
    let live = app.published(&admin, &acme.user, "Live").await;
    acme.user.mutate("updateIntegration", "", json!({ "id": live, "categories": ["Billing"] })).await;
    let query = "query I($id: ID!) { integration(id: $id) { categories pendingRevision { categories tags } } }";
    let shown = admin.data(query, json!({ "id": live })).await["integration"].clone();
    assert_eq!(shown, json!({ "categories": [], "pendingRevision": { "categories": ["Billing"], "tags": [] } }));
    admin.mutate("publishIntegration", "", json!({ "id": live })).await;
    let shown = admin.data(query, json!({ "id": live })).await["integration"].clone();
    assert_eq!(shown, json!({ "categories": ["Billing"], "pendingRevision": null }));
    // They are found by them, and the vendor's own by belonging to no partner.
    draft(&admin, "Own").await;
    let list = "query L($filter: IntegrationFilterInput) { integrations(filter: $filter) { nodes { name } }
        vendor { integrations { totalCount nodes { name partner { id } } } } }";
    for (filter, names) in [
        (json!({ "categories": { "has": "Billing" } }), vec!["Live"]),
        (json!({ "categories": { "hasAll": ["Orders", "Shipping"] } }), vec!["Sync"]),
        (json!({ "categories": { "has": "Bill" } }), vec![]),
        (json!({ "tags": { "has": "fast" } }), vec![]),
        (json!({ "partnerId": { "isNull": true } }), vec!["Own"]),
        (json!({ "partnerId": { "isNull": false } }), vec!["Live", "Sync"]),
    ] {
        let found = admin.data(list, json!({ "filter": filter })).await;
        let names: Vec<_> = names.into_iter().map(|name| json!({ "name": name })).collect();
        assert_eq!(found["integrations"]["nodes"], json!(names), "{filter}");
        let own = json!({ "totalCount": 1, "nodes": [{ "name": "Own", "partner": null }] });
        assert_eq!(found["vendor"]["integrations"], own);
    }
}

#[tokio::test]
async fn drafts_are_thrown_away_and_what_was_shown_is_put_away() {
    let Scene { app, admin, acme, other } = scene().await;
    let id = draft(&acme.user, "Sketch").await;
    let it = json!({ "id": id });
    let comment = json!({ "integrationId": id, "text": "A note to ourselves" });
    acme.user.mutate("addReviewComment", "", comment).await;
    faults(&app, &other.user, "deleteIntegration", it.clone(), "NOT_FOUND").await;
    faults(&app, &admin, "deleteIntegration", it.clone(), "FORBIDDEN").await;
    assert_eq!(
        seen(&acme.user, &id).await["availableActions"],
        json!(["UPDATE", "SUBMIT", "COMMENT", "ARCHIVE", "DELETE"])
    );
    let done = acme.user.mutate("deleteIntegration", "integration { name }", it.clone()).await;
    assert_eq!(done["integration"]["name"], "Sketch");
    assert_eq!(seen(&acme.user, &id).await, Value::Null);
    faults(&app, &acme.user, "deleteIntegration", it, "NOT_FOUND").await;

    let id = app.published(&admin, &acme.user, "Sync").await;
    let it = json!({ "id": id });
    refuses(&app, &acme.user, "deleteIntegration", it.clone(), &[("", "INVALID_STATE")]).await;
    refuses(&app, &acme.user, "archiveIntegration", it.clone(), &[("", "INVALID_STATE")]).await;
    faults(&app, &other.user, "archiveIntegration", it.clone(), "NOT_FOUND").await;
    admin.mutate("archiveIntegration", "", it.clone()).await;
    let now = seen(&acme.user, &id).await;
    assert_eq!((&now["status"], &now["availableActions"]), (&json!("ARCHIVED"), &json!([])));
    assert_ne!(now["archivedAt"], Value::Null);
    let late = json!({ "integrationId": id, "text": "One more thing" });
    for who in [&acme.user, &admin] {
        refuses(&app, who, "addReviewComment", late.clone(), &[("", "INVALID_STATE")]).await;
    }
    for mutation in ["archiveIntegration", "withdrawIntegration"] {
        refuses(&app, &acme.user, mutation, it.clone(), &[("", "INVALID_STATE")]).await;
    }
    let waiting = app.submitted(&acme.user, "Waiting").await;
    acme.user.mutate("archiveIntegration", "", json!({ "id": waiting })).await;
}

#[tokio::test]
async fn the_vendors_own_needs_no_review() {
    let Scene { app, admin, .. } = scene().await;
    let made = admin.mutate("createIntegration", "integration { id }", new_integration("Own")).await;
    let id = made["integration"]["id"].as_str().unwrap().to_owned();
    let it = json!({ "id": id });
    assert_eq!(
        seen(&admin, &id).await["availableActions"],
        json!(["UPDATE", "PUBLISH", "COMMENT", "ARCHIVE", "DELETE"])
    );
    admin.mutate("publishIntegration", "", it.clone()).await;
    admin.mutate("updateIntegration", "", json!({ "id": id, "name": "Own 2" })).await;
    let now = seen(&admin, &id).await;
    assert_eq!(
        (&now["name"], &now["status"], &now["pendingRevision"]),
        (&json!("Own 2"), &json!("PUBLISHED"), &Value::Null)
    );
    admin.mutate("unpublishIntegration", "", it.clone()).await;
    // It was live, so that it is put away and not thrown away.
    assert_eq!(seen(&admin, &id).await["availableActions"], json!(["UPDATE", "PUBLISH", "COMMENT", "ARCHIVE"]));
    refuses(&app, &admin, "deleteIntegration", it, &[("", "INVALID_STATE")]).await;
    let before = app.letters().await.len();
    app.hub.clock.advance(TimeDelta::minutes(1));
    assert_eq!(app.letters().await.len(), before);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_at_once_one_does_it() {
    let Scene { app, admin, acme, .. } = scene().await;
    for round in 0..4 {
        let id = app.submitted(&acme.user, &format!("Sync {round}")).await;
        let it = json!({ "id": id });
        let (published, withdrawn) = tokio::join!(
            admin.try_mutate("publishIntegration", "", it.clone()),
            acme.user.try_mutate("withdrawIntegration", "", it.clone())
        );
        let done =
            |answer: &crate::support::Answer, name: &str| answer.codes().is_empty() && answer.refusals(name).is_empty();
        let (published, withdrawn) = (done(&published, "publishIntegration"), done(&withdrawn, "withdrawIntegration"));
        assert!(published != withdrawn, "{round}");
        assert_eq!(seen(&admin, &id).await["status"], if published { "PUBLISHED" } else { "DRAFT" });
    }
}
