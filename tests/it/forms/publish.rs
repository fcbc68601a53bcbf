//! `publishForm`: immutable versions, one winner, and what follows when nothing is asked any more.

use super::{publish, question, with};
use crate::{
    mutations::faults,
    support::{
        Client, TestApp,
        people::{Kind, draft, onboard, partner_answers},
    },
};
use serde_json::{Value, json};
use tokio::task::JoinSet;

const FORM: &str = "{ partnerForm { id version kind questions {
    key kind label description required options termsUrl min max earliest latest } } }";

#[tokio::test]
async fn a_version_replaces_the_one_before_and_changes_nothing_of_it() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let done = app.partner(&admin, "Done", Kind::Invited).await;
    onboard(&done.user).await;
    let waits = app.partner(&admin, "Waits", Kind::Invited).await;
    let old = admin.data(FORM, json!({})).await["partnerForm"].clone();
    let questions = json!([
        with(
            question("about", "LONG_TEXT"),
            json!({ "description": "In short.", "required": true, "min": 5, "max": 100 })
        ),
        question("terms", "TERMS"),
        with(question("colours", "MULTI_SELECT"), json!({ "min": 1, "max": 2 })),
        with(question("launch", "DATE"), json!({ "earliest": "2027-01-01", "latest": "2028-12-31" })),
        with(question("budget", "NUMBER"), json!({ "min": -1.5, "max": 10 })),
    ]);
    let id = publish(&admin, "PARTNER", questions).await;
    let new = waits.user.data(FORM, json!({})).await["partnerForm"].clone();
    assert_eq!((&new["id"], &new["version"]), (&json!(id), &json!(2)));
    insta::assert_json_snapshot!(new["questions"]);
    // What was answered stays as it was asked.
    let query = "query P($id: ID!) { partner(id: $id) { profile { form { id version questions { key } } } } }";
    let profile = admin.data(query, json!({ "id": done.id })).await;
    assert_eq!(profile["partner"]["profile"]["form"]["id"], old["id"]);
    assert_eq!(profile["partner"]["profile"]["form"]["questions"].as_array().unwrap().len(), 6);
    let query = "{ vendor { partnerForm { versions(first: 1) { totalCount nodes { version publishedBy { email } } pageInfo { endCursor hasNextPage } } } } }";
    let first = admin.data(query, json!({})).await["vendor"]["partnerForm"]["versions"].clone();
    assert_eq!((&first["totalCount"], &first["nodes"][0]["version"]), (&json!(2), &json!(2)));
    assert_eq!(first["nodes"][0]["publishedBy"]["email"], "admin@example.com");
    assert_eq!(first["pageInfo"]["hasNextPage"], true);
    let query = "query V($after: String) { vendor { partnerForm { versions(after: $after) { nodes { id version publishedBy { id } } } } } }";
    let rest = admin.data(query, json!({ "after": first["pageInfo"]["endCursor"] })).await;
    assert_eq!(
        rest["vendor"]["partnerForm"]["versions"]["nodes"],
        json!([{ "id": old["id"], "version": 1, "publishedBy": null }])
    );
}

#[tokio::test]
async fn forms_are_read_by_those_whom_they_concern() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let acme = app.partner(&admin, "Acme", Kind::Created).await;
    let pending = app.partner(&admin, "Pending", Kind::Invited).await;
    let forms = admin.data("{ vendor { partnerForm { id } integrationForm { id } } }", json!({})).await;
    let (partner, integration) = (&forms["vendor"]["partnerForm"]["id"], &forms["vendor"]["integrationForm"]["id"]);
    let node = "query N($id: ID!) { node(id: $id) { ... on Form { version versions { totalCount } } } }";
    let seen = json!({ "node": { "version": 1, "versions": { "totalCount": 1 } } });
    assert_eq!(admin.data(node, json!({ "id": partner })).await, seen);
    assert_eq!(pending.user.data(node, json!({ "id": partner })).await, seen);
    assert_eq!(acme.user.data(node, json!({ "id": integration })).await, seen);
    assert_eq!(acme.user.data(node, json!({ "id": partner })).await, json!({ "node": null }));
    assert_eq!(pending.user.send(node, json!({ "id": integration })).await.codes(), ["ONBOARDING_INCOMPLETE"]);
    assert_eq!(app.anonymous().send(node, json!({ "id": partner })).await.codes(), ["UNAUTHENTICATED"]);
}

#[tokio::test]
async fn vendor_admins_publish_and_nobody_else() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let acme = app.partner(&admin, "Acme", Kind::Created).await;
    let pending = app.partner(&admin, "Pending", Kind::Invited).await;
    let input = json!({ "kind": "PARTNER", "questions": [question("a", "TEXT")], "expectedVersion": 1 });
    faults(&app, &acme.user, "publishForm", input.clone(), "FORBIDDEN").await;
    faults(&app, &pending.user, "publishForm", input.clone(), "ONBOARDING_INCOMPLETE").await;
    faults(&app, &app.anonymous(), "publishForm", input.clone(), "UNAUTHENTICATED").await;
    admin.mutate("publishForm", "form { version }", input).await;
}

#[tokio::test]
async fn an_edit_of_an_older_version_is_a_conflict() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let input = |seen: i32, key: &str| json!({ "kind": "INTEGRATION", "questions": [], "expectedVersion": seen, "idempotencyKey": key });
    let first = admin.mutate("publishForm", "form { id version }", input(1, "one")).await;
    assert_eq!(admin.mutate("publishForm", "form { id version }", input(1, "one")).await, first);
    for stale in [0, 1, 3] {
        let answer = admin.try_mutate("publishForm", "", input(stale, "two")).await;
        assert_eq!(answer.codes(), ["CONFLICT"]);
        assert_eq!(answer.body["errors"][0]["extensions"]["currentVersion"], 2);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_who_publish_at_once_one_wins() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    for round in 1..6 {
        let mut tries = JoinSet::new();
        for editor in 0..4 {
            let client = admin.clone();
            let questions = json!([question(&format!("by_{editor}"), "TEXT")]);
            let input = json!({ "kind": "PARTNER", "questions": questions, "expectedVersion": round });
            tries.spawn(async move { client.try_mutate("publishForm", "form { version }", input).await });
        }
        let answers = tries.join_all().await;
        let won = answers.iter().filter(|answer| answer.codes().is_empty()).count();
        assert_eq!(won, 1, "{answers:?}");
        assert!(
            answers.iter().all(|answer| answer.codes().is_empty() || answer.codes() == ["CONFLICT"]),
            "{answers:?}"
        );
    }
}

async fn statuses(admin: &Client) -> Vec<(Value, Value)> {
    let data = admin.data("{ partners(orderBy: [{ field: NAME }]) { nodes { name status } } }", json!({})).await;
    let nodes = data["partners"]["nodes"].as_array().unwrap();
    nodes.iter().map(|node| (node["name"].clone(), node["status"].clone())).collect()
}

#[tokio::test]
async fn without_questions_nobody_waits_for_them() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let waits = app.partner(&admin, "Birch", Kind::Invited).await;
    let input = json!({ "name": "Cedar", "primaryContact": { "name": "Cy", "email": "cy@cedar.example" } });
    admin.mutate("invitePartner", "partner { id }", input).await;
    publish(&admin, "PARTNER", json!([])).await;
    assert_eq!(waits.user.send("{ viewer { role } }", json!({})).await.body["data"]["viewer"], Value::Null);
    let birch = (json!("Birch"), json!("APPROVED"));
    assert_eq!(statuses(&admin).await, [birch.clone(), (json!("Cedar"), json!("PENDING"))]);
    let letters = app.letters().await;
    assert_eq!(
        letters.iter().filter(|letter| letter.to == waits.email && letter.subject.contains("approved")).count(),
        1
    );
    assert_eq!(admin.data("{ partnerForm { id } }", json!({})).await["partnerForm"], Value::Null);
    let newest = admin.data("{ vendor { partnerForm { version questions { key } } } }", json!({})).await;
    assert_eq!(newest["vendor"]["partnerForm"], json!({ "version": 2, "questions": [] }));
    // Who has not come yet goes on when it comes.
    let cedar = app.accept(&crate::support::token_in(&app.letter_to("cy@cedar.example").await)).await;
    assert_eq!(cedar.data("{ viewer { onboardingStep } }", json!({})).await["viewer"]["onboardingStep"], "DONE");
    draft(&app.login(&waits.email).await, "Sync").await;
    // Who comes after the next version finds a form again.
    publish(&admin, "PARTNER", json!([question("about", "TEXT")])).await;
    let dogwood = app.partner(&admin, "Dogwood", Kind::Invited).await;
    let step = dogwood.user.data("{ viewer { onboardingStep } }", json!({})).await;
    assert_eq!(step["viewer"]["onboardingStep"], "PARTNER_FORM");
    assert_eq!(statuses(&admin).await[0], birch);
}

#[tokio::test]
async fn by_hand_they_wait_for_the_vendor_instead() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let birch = app.partner(&admin, "Birch", Kind::Invited).await;
    admin.mutate("updateVendor", "", json!({ "approvalPolicy": "MANUAL" })).await;
    publish(&admin, "PARTNER", json!([])).await;
    assert_eq!(statuses(&admin).await, [(json!("Birch"), json!("PENDING"))]);
    let step = birch.user.data("{ viewer { onboardingStep } }", json!({})).await;
    assert_eq!(step["viewer"]["onboardingStep"], "AWAITING_APPROVAL");
}

#[tokio::test]
async fn an_outdated_version_is_not_submitted() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let birch = app.partner(&admin, "Birch", Kind::Invited).await;
    let old = birch.user.data("{ partnerForm { id } }", json!({})).await["partnerForm"]["id"].clone();
    publish(&admin, "PARTNER", json!([question("about", "TEXT")])).await;
    let answer = birch
        .user
        .try_mutate("submitPartnerForm", "partner { id }", json!({ "formId": old, "answers": partner_answers() }))
        .await;
    assert_eq!(answer.refusals("submitPartnerForm"), [("formId".into(), "FORM_OUTDATED".into())]);
    assert_eq!(statuses(&admin).await, [(json!("Birch"), json!("PENDING"))]);
}

#[tokio::test]
async fn without_an_integration_form_integrations_are_submitted_without_answers() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let acme = app.partner(&admin, "Acme", Kind::Created).await;
    let form = acme.user.data("{ integrationForm { id } }", json!({})).await["integrationForm"]["id"].clone();
    publish(&admin, "INTEGRATION", json!([])).await;
    assert_eq!(acme.user.data("{ integrationForm { id } }", json!({})).await["integrationForm"], Value::Null);
    let id = draft(&acme.user, "Sync").await;
    let old = acme.user.try_mutate("submitIntegration", "", json!({ "id": id, "formId": form, "answers": [] })).await;
    assert_eq!(old.refusals("submitIntegration"), [("formId".into(), "FORM_OUTDATED".into())]);
    let fields = "integration { status submission { answers { question } } }";
    let payload = acme.user.mutate("submitIntegration", fields, json!({ "id": id, "answers": [] })).await;
    assert_eq!(payload["integration"], json!({ "status": "IN_REVIEW", "submission": { "answers": [] } }));
    publish(&admin, "INTEGRATION", json!([question("about", "TEXT")])).await;
    let id = draft(&acme.user, "Other").await;
    let unnamed = acme.user.try_mutate("submitIntegration", "", json!({ "id": id, "answers": [] })).await;
    assert_eq!(unnamed.refusals("submitIntegration"), [("formId".into(), "FORM_OUTDATED".into())]);
}
