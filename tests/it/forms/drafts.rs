//! Drafts: kept on the server, gone on with by a colleague, overwritten by nobody who has not seen them.

use super::{publish, question};
use crate::{
    mutations::{faults, refuses},
    support::{
        Client, TestApp,
        people::{Kind, Partner, draft, integration_answers, onboard, partner_answers},
        token_in,
    },
};
use serde_json::{Value, json};
use tokio::task::JoinSet;

const DRAFT: &str =
    "{ partnerFormDraft { id isDraft version submittedAt form { version } answers { question value } } }";
const FIELDS: &str = "draft { id isDraft version answers { question value } }";

async fn form(user: &Client, field: &str) -> Value {
    user.data(&format!("{{ {field} {{ id }} }}"), json!({})).await[field]["id"].clone()
}

fn answers(text: &str) -> Value {
    json!([{ "question": "company_description", "value": text }])
}

/// Another user of a partner, by the vendor's invitation.
async fn colleague(app: &TestApp, admin: &Client, partner: &Partner) -> Client {
    let input = json!({ "name": "Grace", "email": "grace@x.example", "role": "MEMBER", "organizationId": partner.id });
    admin.mutate("inviteUser", "user { id }", input).await;
    app.accept(&token_in(&app.letter_to("grace@x.example").await)).await
}

#[tokio::test]
async fn a_colleague_goes_on_with_a_draft() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let birch = app.partner(&admin, "Birch", Kind::Invited).await;
    let other = app.partner(&admin, "Other", Kind::Invited).await;
    let grace = colleague(&app, &admin, &birch).await;
    let id = form(&birch.user, "partnerForm").await;
    assert_eq!(birch.user.data(DRAFT, json!({})).await["partnerFormDraft"], Value::Null);
    let input = json!({ "formId": id, "answers": answers("We cou"), "expectedVersion": 0 });
    let first = birch.user.mutate("savePartnerFormDraft", FIELDS, input).await["draft"].clone();
    assert_eq!(
        (&first["isDraft"], &first["version"], &first["answers"]),
        (&json!(true), &json!(1), &answers("We cou"))
    );
    // Nothing is final: no required answer, no kind is asked for.
    let more = json!([{ "question": "company_description", "value": "We count" }, { "question": "website", "value": "birch." }]);
    let input = json!({ "formId": id, "answers": more, "expectedVersion": 1 });
    let second = grace.mutate("savePartnerFormDraft", FIELDS, input).await["draft"].clone();
    assert_eq!((&second["id"], &second["version"]), (&first["id"], &json!(2)));
    let seen = birch.user.data(DRAFT, json!({})).await["partnerFormDraft"].clone();
    assert_eq!((&seen["answers"], &seen["form"]["version"], &seen["submittedAt"]), (&more, &json!(1), &Value::Null));
    // Nobody else sees it: not another partner, not the vendor.
    assert_eq!(other.user.data(DRAFT, json!({})).await["partnerFormDraft"], Value::Null);
    assert_eq!(admin.data(DRAFT, json!({})).await["partnerFormDraft"], Value::Null);
    let node = "query N($id: ID!) { node(id: $id) { id } }";
    assert_eq!(admin.data(node, json!({ "id": first["id"] })).await["node"], Value::Null);
    let profile = "query P($id: ID!) { partner(id: $id) { profile { id } } }";
    assert_eq!(admin.data(profile, json!({ "id": birch.id })).await["partner"]["profile"], Value::Null);
    assert_eq!(app.anonymous().send(DRAFT, json!({})).await.codes(), ["UNAUTHENTICATED"]);
    // And a member hands it in, no less than the contact.
    let whole = json!({ "formId": id, "answers": partner_answers() });
    let done = grace.mutate("submitPartnerForm", "partner { status } session { token }", whole).await;
    assert_eq!(done["partner"]["status"], "APPROVED");
    let grace = grace.with_token(done["session"]["token"].as_str().unwrap());
    assert_eq!(grace.data("{ viewer { role } }", json!({})).await["viewer"]["role"], "PARTNER_MEMBER");
    let profile =
        "query P($id: ID!) { partner(id: $id) { profile { submittedBy { email } answers { question value } } } }";
    let kept = admin.data(profile, json!({ "id": birch.id })).await["partner"]["profile"].clone();
    assert_eq!(kept, json!({ "submittedBy": { "email": "grace@x.example" }, "answers": partner_answers() }));
}

#[tokio::test]
async fn an_editor_who_has_not_seen_the_newest_overwrites_nothing() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let birch = app.partner(&admin, "Birch", Kind::Invited).await;
    let id = form(&birch.user, "partnerForm").await;
    let save = |text: &str, seen: Value| json!({ "formId": id, "answers": answers(text), "expectedVersion": seen });
    birch.user.mutate("savePartnerFormDraft", "", save("one", json!(0))).await;
    birch.user.mutate("savePartnerFormDraft", "", save("two", json!(1))).await;
    for stale in [0, 1, 3] {
        let answer = birch.user.try_mutate("savePartnerFormDraft", "", save("lost", json!(stale))).await;
        assert_eq!(answer.codes(), ["CONFLICT"]);
        assert_eq!(answer.body["errors"][0]["extensions"]["currentVersion"], 2);
    }
    assert_eq!(birch.user.data(DRAFT, json!({})).await["partnerFormDraft"]["answers"], answers("two"));
    birch.user.mutate("savePartnerFormDraft", "", save("whatever", Value::Null)).await;
    assert_eq!(birch.user.data(DRAFT, json!({})).await["partnerFormDraft"]["version"], 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_who_save_at_once_one_wins() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let birch = app.partner(&admin, "Birch", Kind::Invited).await;
    let id = form(&birch.user, "partnerForm").await;
    for round in 0..5 {
        let mut tries = JoinSet::new();
        for editor in 0..4 {
            let client = birch.user.clone();
            let input = json!({ "formId": id, "answers": answers(&format!("by {editor}")), "expectedVersion": round });
            tries.spawn(async move { client.try_mutate("savePartnerFormDraft", FIELDS, input).await });
        }
        let answers = tries.join_all().await;
        let won: Vec<_> = answers.iter().filter(|answer| answer.codes().is_empty()).collect();
        assert_eq!(won.len(), 1, "{answers:?}");
        let kept = birch.user.data(DRAFT, json!({})).await["partnerFormDraft"]["answers"].clone();
        assert_eq!(kept, won[0].body["data"]["savePartnerFormDraft"]["draft"]["answers"]);
    }
}

#[tokio::test]
async fn bad_drafts_are_told_at_their_answers() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let birch = app.partner(&admin, "Birch", Kind::Invited).await;
    let id = form(&birch.user, "partnerForm").await;
    let of = |key: &str, value: Value| json!([{ "question": key, "value": value }]);
    let at = "answers.website";
    for (answers, error) in [
        (of("nothing", json!("x")), ("answers.0.question", "UNKNOWN_QUESTION")),
        (
            json!([{ "question": "website", "value": "a" }, { "question": "website", "value": "b" }]),
            ("answers.1.question", "INVALID"),
        ),
        (of("website", json!("x".repeat(5_001))), (at, "TOO_LONG")),
        (of("website", json!("a\u{0}b")), (at, "INVALID")),
        (of("website", json!({ "a": 1 })), (at, "INVALID")),
        (of("website", json!([["a"]])), (at, "INVALID")),
        (of("website", json!(["x".repeat(201)])), (at, "TOO_LONG")),
        (of("website", json!(vec!["x"; 201])), (at, "TOO_LONG")),
    ] {
        let input = json!({ "formId": id, "answers": answers });
        refuses(&app, &birch.user, "savePartnerFormDraft", input, &[error]).await;
    }
    let other = form(&admin, "integrationForm").await;
    for id in [other, json!("nonsense"), json!("Rm9ybTowMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMA")] {
        let input = json!({ "formId": id, "answers": [] });
        faults(&app, &birch.user, "savePartnerFormDraft", input, "NOT_FOUND").await;
    }
    let acme = app.partner(&admin, "Acme", Kind::Created).await;
    let input = json!({ "formId": id, "answers": [] });
    for user in [&acme.user, &admin] {
        faults(&app, user, "savePartnerFormDraft", input.clone(), "FORBIDDEN").await;
    }
}

#[tokio::test]
async fn submitting_removes_the_draft() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let birch = app.partner(&admin, "Birch", Kind::Invited).await;
    let id = form(&birch.user, "partnerForm").await;
    birch.user.mutate("savePartnerFormDraft", "", json!({ "formId": id, "answers": answers("x") })).await;
    onboard(&birch.user).await;
    assert_eq!(app.rows().await.iter().find(|(table, _)| *table == "form_submission").unwrap().1, 1);
    // By hand, the partner waits, and there is nothing to be drafted.
    admin.mutate("updateVendor", "", json!({ "approvalPolicy": "MANUAL" })).await;
    let cedar = app.partner(&admin, "Cedar", Kind::Invited).await;
    let input = json!({ "formId": id, "answers": partner_answers() });
    cedar.user.mutate("submitPartnerForm", "partner { status }", input.clone()).await;
    refuses(&app, &cedar.user, "savePartnerFormDraft", input, &[("", "INVALID_STATE")]).await;
    assert_eq!(cedar.user.data(DRAFT, json!({})).await["partnerFormDraft"], Value::Null);
}

#[tokio::test]
async fn answers_to_an_outdated_version_are_kept_as_the_draft() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let birch = app.partner(&admin, "Birch", Kind::Invited).await;
    let acme = app.partner(&admin, "Acme", Kind::Created).await;
    let old = form(&birch.user, "partnerForm").await;
    let new = publish(&admin, "PARTNER", json!([question("website", "URL"), question("extra", "TEXT")])).await;
    let input = json!({ "formId": old, "answers": partner_answers(), "idempotencyKey": "one" });
    for _ in 0..2 {
        let refused = birch.user.try_mutate("submitPartnerForm", "", input.clone()).await;
        assert_eq!(refused.refusals("submitPartnerForm"), [("formId".into(), "FORM_OUTDATED".into())]);
    }
    let kept = birch.user.data(DRAFT, json!({})).await["partnerFormDraft"].clone();
    assert_eq!(
        (&kept["answers"], &kept["form"]["version"], &kept["version"]),
        (&partner_answers(), &json!(1), &json!(2))
    );
    // Keys of any version fit, pinned to the new one.
    let mut both = partner_answers();
    both.as_array_mut().unwrap().push(json!({ "question": "extra", "value": "y" }));
    let input = json!({ "formId": new, "answers": both, "expectedVersion": 2 });
    birch.user.mutate("savePartnerFormDraft", "", input).await;
    assert_eq!(birch.user.data(DRAFT, json!({})).await["partnerFormDraft"]["form"]["version"], 2);
    // With integrations it is the same.
    let id = draft(&acme.user, "Sync").await;
    let old = form(&acme.user, "integrationForm").await;
    publish(&admin, "INTEGRATION", json!([question("summary", "TEXT")])).await;
    let input = json!({ "id": id, "formId": old, "answers": integration_answers() });
    let refused = acme.user.try_mutate("submitIntegration", "", input).await;
    assert_eq!(refused.refusals("submitIntegration"), [("formId".into(), "FORM_OUTDATED".into())]);
    let query = "query I($id: ID!) { node(id: $id) { ... on Integration { status draft { form { version } answers { question value } } } } }";
    let seen = acme.user.data(query, json!({ "id": id })).await["node"].clone();
    assert_eq!(seen["draft"], json!({ "form": { "version": 1 }, "answers": integration_answers() }));
    assert_eq!(seen["status"], "DRAFT");
}

#[tokio::test]
async fn the_draft_of_an_integration_is_its_owners() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let acme = app.partner(&admin, "Acme", Kind::Created).await;
    let other = app.partner(&admin, "Other", Kind::Created).await;
    let grace = colleague(&app, &admin, &acme).await;
    let (id, form) = (draft(&acme.user, "Sync").await, form(&acme.user, "integrationForm").await);
    let some = json!([{ "question": "summary", "value": "Turns" }]);
    let input = json!({ "id": id, "formId": form, "answers": some, "expectedVersion": 0 });
    acme.user.mutate("saveIntegrationDraft", FIELDS, input.clone()).await;
    let input = json!({ "id": id, "formId": form, "answers": integration_answers(), "expectedVersion": 1 });
    grace.mutate("saveIntegrationDraft", FIELDS, input.clone()).await;
    faults(&app, &acme.user, "saveIntegrationDraft", input.clone(), "CONFLICT").await;
    faults(&app, &other.user, "saveIntegrationDraft", input.clone(), "NOT_FOUND").await;
    faults(&app, &admin, "saveIntegrationDraft", input.clone(), "FORBIDDEN").await;
    let query = "query I($id: ID!) { node(id: $id) { ... on Integration { draft { version } submission { id } } } }";
    let seen = |client: Client| async move { client.data(query, json!({ "id": id })).await["node"].clone() };
    assert_eq!(seen(acme.user.clone()).await, json!({ "draft": { "version": 2 }, "submission": null }));
    let submit = json!({ "id": input["id"], "formId": form, "answers": integration_answers() });
    let vendor = "query I($id: ID!) { node(id: $id) { ... on Integration { draft { version } } } }";
    let hidden = admin.data(vendor, json!({ "id": input["id"] })).await;
    assert_eq!(hidden["node"]["draft"], Value::Null);
    grace.mutate("submitIntegration", "integration { draft { id } }", submit).await;
    let gone = acme.user.data(vendor, json!({ "id": input["id"] })).await;
    assert_eq!(gone["node"]["draft"], Value::Null);
    refuses(&app, &acme.user, "saveIntegrationDraft", input, &[("", "INVALID_STATE")]).await;
}

#[tokio::test]
async fn a_form_that_is_opened_again_has_the_old_answers() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    admin.mutate("updateVendor", "", json!({ "approvalPolicy": "MANUAL" })).await;
    let birch = app.partner(&admin, "Birch", Kind::Invited).await;
    let id = form(&birch.user, "partnerForm").await;
    let input = json!({ "formId": id, "answers": partner_answers() });
    birch.user.mutate("submitPartnerForm", "partner { status }", input).await;
    assert_eq!(birch.user.data(DRAFT, json!({})).await["partnerFormDraft"], Value::Null);
    let reason = json!({ "id": birch.id, "reason": "Say more about your company." });
    admin.mutate("requestPartnerChanges", "partner { status }", reason).await;
    let user = app.login(&birch.email).await;
    let draft = user.data(DRAFT, json!({})).await["partnerFormDraft"].clone();
    assert_eq!(
        (&draft["answers"], &draft["version"], &draft["isDraft"]),
        (&partner_answers(), &json!(1), &json!(true))
    );
    // What was submitted stays what it was.
    let profile = "query P($id: ID!) { partner(id: $id) { profile { id isDraft answers { question } } } }";
    let first = admin.data(profile, json!({ "id": birch.id })).await["partner"]["profile"].clone();
    assert_eq!((&first["isDraft"], first["answers"].as_array().unwrap().len()), (&json!(false), 5));
    let input = json!({ "formId": id, "answers": partner_answers() });
    user.mutate("submitPartnerForm", "partner { status }", input).await;
    assert_eq!(user.data(DRAFT, json!({})).await["partnerFormDraft"], Value::Null);
    let second = admin.data(profile, json!({ "id": birch.id })).await["partner"]["profile"].clone();
    assert_ne!(first["id"], second["id"]);
}
