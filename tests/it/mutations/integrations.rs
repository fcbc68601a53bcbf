//! `createIntegration`, `submitIntegration`, `publishIntegration`.

use super::{faults, refuses};
use crate::support::{
    TestApp,
    people::{Kind, draft, integration_answers, new_integration},
};
use serde_json::{Value, json};

fn changed(change: impl FnOnce(&mut Value)) -> Value {
    let mut input = new_integration("Sync");
    change(&mut input);
    input
}

#[tokio::test]
async fn fields_fit_the_type() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let acme = app.partner(&admin, "Acme", Kind::Created).await;
    let internal = json!({ "name": "Sync", "type": "INTERNAL" });
    for (input, errors) in [
        (changed(|input| input["name"] = json!("")), [("name", "BLANK")]),
        (changed(|input| input["landingUrl"] = Value::Null), [("landingUrl", "REQUIRED")]),
        (changed(|input| input["landingUrl"] = json!("http://plain.example")), [("landingUrl", "INVALID")]),
        (changed(|input| input["description"] = json!("x".repeat(5_001))), [("description", "TOO_LONG")]),
        (changed(|input| input["repository"] = json!({ "url": "https://git.example/x" })), [("repository", "INVALID")]),
        (internal, [("repository.url", "REQUIRED")]),
    ] {
        refuses(&app, &acme.user, "createIntegration", input, &errors).await;
    }
    let listed = changed(|input| {
        input["type"] = json!("INTERNAL");
        input["repository"] = json!({ "url": "https://git.example/x" });
    });
    let each = [("landingUrl", "INVALID"), ("externalKey", "INVALID")];
    refuses(&app, &acme.user, "createIntegration", listed, &each).await;
    let internal = json!({ "name": "Sync", "type": "INTERNAL", "repository": { "url": "https://git.example/x", "branch": "main" } });
    let payload = acme
        .user
        .mutate(
            "createIntegration",
            "integration { status slug repository { url branch path } partner { name } }",
            internal,
        )
        .await;
    assert_eq!(
        payload["integration"],
        json!({ "status": "DRAFT", "slug": "sync", "repository": { "url": "https://git.example/x", "branch": "main", "path": null }, "partner": { "name": "Acme" } })
    );
}

#[tokio::test]
async fn slugs_are_unique_within_their_owner() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let acme = app.partner(&admin, "Acme", Kind::Created).await;
    let other = app.partner(&admin, "Other", Kind::Created).await;
    let mut slugs = Vec::new();
    for user in [&acme.user, &acme.user, &other.user, &admin, &admin] {
        let payload = user.mutate("createIntegration", "integration { slug }", new_integration("My Sync!")).await;
        slugs.push(payload["integration"]["slug"].as_str().unwrap().to_owned());
    }
    assert_eq!(slugs, ["my-sync", "my-sync-2", "my-sync", "my-sync", "my-sync-2"]);
}

#[tokio::test]
async fn only_the_right_status_is_submitted_and_published() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let acme = app.partner(&admin, "Acme", Kind::Created).await;
    let id = draft(&acme.user, "Sync").await;
    let publish = json!({ "id": id });
    refuses(&app, &admin, "publishIntegration", publish.clone(), &[("", "INVALID_STATE")]).await;
    let form = acme.user.data("{ integrationForm { id } }", json!({})).await["integrationForm"]["id"].clone();
    let submit = json!({ "id": id, "formId": form, "answers": integration_answers() });
    let missing = json!({ "id": id, "formId": form, "answers": [] });
    let required =
        ["summary", "documentation_url", "data_handled", "support_email"].map(|key| format!("answers.{key}"));
    let errors: Vec<_> = required.iter().map(|field| (field.as_str(), "REQUIRED")).collect();
    refuses(&app, &acme.user, "submitIntegration", missing, &errors).await;
    acme.user.mutate("submitIntegration", "integration { status }", submit.clone()).await;
    refuses(&app, &acme.user, "submitIntegration", submit, &[("", "INVALID_STATE")]).await;
    admin.mutate("publishIntegration", "integration { status }", publish.clone()).await;
    refuses(&app, &admin, "publishIntegration", publish, &[("", "INVALID_STATE")]).await;
    let own = draft(&admin, "House").await;
    let submit = json!({ "id": own, "formId": form, "answers": integration_answers() });
    faults(&app, &admin, "submitIntegration", submit, "FORBIDDEN").await;
}

#[tokio::test]
async fn partners_do_not_publish_and_strangers_do_not_exist() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let acme = app.partner(&admin, "Acme", Kind::Created).await;
    let other = app.partner(&admin, "Other", Kind::Created).await;
    let id = app.submitted(&acme.user, "Sync").await;
    faults(&app, &acme.user, "publishIntegration", json!({ "id": id }), "FORBIDDEN").await;
    faults(&app, &app.anonymous(), "publishIntegration", json!({ "id": id }), "UNAUTHENTICATED").await;
    let form = acme.user.data("{ integrationForm { id } }", json!({})).await["integrationForm"]["id"].clone();
    let missing = "SW50ZWdyYXRpb246MDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDA";
    let mut bodies = Vec::new();
    for id in [id.as_str(), missing, "nonsense", &acme.id] {
        let submit = json!({ "id": id, "formId": form, "answers": integration_answers() });
        faults(&app, &other.user, "submitIntegration", submit.clone(), "NOT_FOUND").await;
        bodies.push(other.user.try_mutate("submitIntegration", "", submit).await.body);
        faults(&app, &other.user, "publishIntegration", json!({ "id": id }), "NOT_FOUND").await;
    }
    bodies.dedup();
    assert_eq!(bodies.len(), 1, "a foreign id is answered byte for byte like a missing one");
}
