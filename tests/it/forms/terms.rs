//! Terms: who agreed to which text of which version, when and from where, and who has to agree anew.

use super::{publish, question, with};
use crate::{
    mutations::{faults, refuses},
    support::{
        Client, TestApp,
        people::{Kind, draft, new_partner},
        token_in,
    },
};
use partner_hub::mail::Composed;
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};
use tokio::task::JoinSet;

const ACCEPTED: &str = "query A($id: ID!) { partner(id: $id) {
    termsAcceptances { totalCount nodes { question url formVersion acceptedAt address acceptedBy { email } form { kind } } }
    outstandingTerms { questions { key termsUrl since } form { id version } } } }";

fn terms(key: &str, url: &str) -> Value {
    with(question(key, "TERMS"), json!({ "termsUrl": url }))
}

fn again(question: Value) -> Value {
    with(question, json!({ "askAgain": true }))
}

async fn partner(client: &Client, id: &str) -> Value {
    client.data(ACCEPTED, json!({ "id": id })).await["partner"].clone()
}

/// The keys of what is outstanding.
async fn outstanding(client: &Client, id: &str) -> Vec<String> {
    let query = "query O($id: ID!) { partner(id: $id) { outstandingTerms { questions { key } } } }";
    let data = client.data(query, json!({ "id": id })).await;
    let questions = data["partner"]["outstandingTerms"]["questions"].as_array().cloned().unwrap_or_default();
    questions.iter().map(|question| question["key"].as_str().unwrap().to_owned()).collect()
}

/// Submits the Partner Form with these ticks, and answers the full session.
async fn submit(user: &Client, form: &str, ticks: &[&str]) -> Client {
    let answers: Vec<_> = ticks.iter().map(|key| json!({ "question": key, "value": true })).collect();
    let input = json!({ "formId": form, "answers": answers });
    let payload = user.mutate("submitPartnerForm", "session { token }", input).await;
    user.with_token(payload["session"]["token"].as_str().unwrap())
}

#[tokio::test]
async fn what_was_agreed_to_is_kept_with_everything_about_it() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let form = publish(
        &admin,
        "PARTNER",
        json!([
            terms("terms", "https://v.example/terms-1"),
            terms("data", "https://v.example/data"),
            terms("news", "https://v.example/news")
        ]),
    )
    .await;
    let birch = app.partner(&admin, "Birch", Kind::Invited).await;
    let bo = submit(&birch.user, &form, &["terms", "data"]).await;
    let seen = partner(&admin, &birch.id).await;
    assert_eq!(seen["termsAcceptances"]["totalCount"], 2);
    let at = app.hub.clock.now().to_rfc3339();
    assert_eq!(
        seen["termsAcceptances"]["nodes"][0],
        json!({ "question": "terms", "url": "https://v.example/terms-1", "formVersion": 2, "acceptedAt": at,
            "address": "127.0.0.1", "acceptedBy": { "email": birch.email }, "form": { "kind": "PARTNER" } })
    );
    let query = "query P($id: ID!) { partner(id: $id) { profile { termsAcceptances { nodes { id question } } } } }";
    let own =
        bo.data(query, json!({ "id": birch.id })).await["partner"]["profile"]["termsAcceptances"]["nodes"].clone();
    assert_eq!((own.as_array().unwrap().len(), &own[1]["question"]), (2, &json!("data")));
    let node = "query N($id: ID!) { node(id: $id) { ... on TermsAcceptance { address partner { name } } } }";
    let found = admin.data(node, json!({ "id": own[0]["id"] })).await;
    assert_eq!(found["node"], json!({ "address": "127.0.0.1", "partner": { "name": "Birch" } }));
    assert_eq!(bo.send(node, json!({ "id": own[0]["id"] })).await.codes(), ["FORBIDDEN"], "addresses are the vendor's");
    let other = app.partner(&admin, "Other", Kind::Created).await;
    assert_eq!(other.user.data(node, json!({ "id": own[0]["id"] })).await["node"], Value::Null);
}

#[tokio::test]
async fn integrations_agree_with_each_submission() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let acme = app.partner(&admin, "Acme", Kind::Created).await;
    let form = publish(&admin, "INTEGRATION", json!([terms("terms", "https://v.example/listing")])).await;
    let id = draft(&acme.user, "Sync").await;
    let fields = "integration { submission { termsAcceptances { nodes { url form { kind } } } } }";
    let input = json!({ "id": id, "formId": form, "answers": [{ "question": "terms", "value": true }] });
    let payload = acme.user.mutate("submitIntegration", fields, input).await;
    let kept = json!([{ "url": "https://v.example/listing", "form": { "kind": "INTEGRATION" } }]);
    assert_eq!(payload["integration"]["submission"]["termsAcceptances"]["nodes"], kept);
    // The same key in the Partner Form is another matter.
    publish(&admin, "PARTNER", json!([again(terms("terms", "https://v.example/terms"))])).await;
    assert_eq!(outstanding(&admin, &acme.id).await, ["terms"]);
}

#[tokio::test]
async fn changed_terms_are_agreed_to_anew_only_when_asked() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let one = terms("terms", "https://v.example/terms-1");
    let form = publish(&admin, "PARTNER", json!([one.clone()])).await;
    let birch = app.partner(&admin, "Birch", Kind::Invited).await;
    let bo = submit(&birch.user, &form, &["terms"]).await;
    let acme = app.partner(&admin, "Acme", Kind::Created).await;
    let two = terms("terms", "https://v.example/terms-2");
    publish(&admin, "PARTNER", json!([two.clone()])).await;
    assert!(outstanding(&bo, &birch.id).await.is_empty() && outstanding(&admin, &acme.id).await.is_empty());
    let form = publish(&admin, "PARTNER", json!([again(two.clone())])).await;
    let seen = partner(&admin, &birch.id).await["outstandingTerms"].clone();
    let two_again = json!({ "key": "terms", "termsUrl": "https://v.example/terms-2", "since": 4 });
    let asked = json!({ "questions": [two_again], "form": { "id": form, "version": 4 } });
    assert_eq!(seen, asked);
    assert_eq!(outstanding(&admin, &acme.id).await, ["terms"], "a partner that was never asked has not agreed");
    // Nothing is blocked by it.
    draft(&bo, "Sync").await;
    let accept = json!({ "formId": form, "questions": ["terms"], "idempotencyKey": "one" });
    let fields = "partner { outstandingTerms { questions { key } } termsAcceptances { totalCount } }";
    let done = bo.mutate("acceptTerms", fields, accept.clone()).await;
    assert_eq!(done["partner"], json!({ "outstandingTerms": null, "termsAcceptances": { "totalCount": 2 } }));
    assert_eq!(bo.mutate("acceptTerms", fields, accept).await, done);
    // Once more under another key, nothing is kept twice.
    assert_eq!(bo.mutate("acceptTerms", fields, json!({ "formId": form, "questions": ["terms"] })).await, done);
    // Later versions remember since when it is asked, whatever else changes.
    publish(&admin, "PARTNER", json!([two, question("about", "TEXT")])).await;
    assert!(outstanding(&bo, &birch.id).await.is_empty());
    assert_eq!(outstanding(&admin, &acme.id).await, ["terms"]);
    // Many partners in one query.
    let many = admin
        .data("{ partners(orderBy: [{ field: NAME }]) { nodes { outstandingTerms { form { version } } } } }", json!({}))
        .await;
    assert_eq!(
        many["partners"]["nodes"],
        json!([{ "outstandingTerms": { "form": { "version": 5 } } }, { "outstandingTerms": null }])
    );
}

#[tokio::test]
async fn only_what_is_asked_is_agreed_to_and_by_admins_of_partners() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let acme = app.partner(&admin, "Acme", Kind::Created).await;
    let asked = json!([again(terms("terms", "https://v.example/terms")), question("about", "TEXT")]);
    let old = admin.data("{ partnerForm { id } }", json!({})).await["partnerForm"]["id"].clone();
    let form = publish(&admin, "PARTNER", asked).await;
    for (form, questions, error) in [
        (json!(form), json!([]), ("questions", "REQUIRED")),
        (json!(form), json!(["about"]), ("questions.0", "UNKNOWN_QUESTION")),
        (json!(form), json!(["terms", "nothing"]), ("questions.1", "UNKNOWN_QUESTION")),
        (json!(form), json!(["terms", "terms"]), ("questions.1", "INVALID")),
        (old, json!(["terms"]), ("formId", "FORM_OUTDATED")),
    ] {
        let input = json!({ "formId": form, "questions": questions });
        refuses(&app, &acme.user, "acceptTerms", input, &[error]).await;
    }
    let input = json!({ "formId": form, "questions": ["terms"] });
    let member = json!({ "name": "Grace", "email": "grace@x.example", "role": "MEMBER" });
    acme.user.mutate("inviteUser", "user { id }", member).await;
    let grace = app.accept(&token_in(&app.letter_to("grace@x.example").await)).await;
    for user in [&grace, &admin] {
        faults(&app, user, "acceptTerms", input.clone(), "FORBIDDEN").await;
    }
    acme.user.mutate("acceptTerms", "partner { id }", input).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_who_agree_at_once_have_agreed_once() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let acme = app.partner(&admin, "Acme", Kind::Created).await;
    let form = publish(&admin, "PARTNER", json!([again(terms("terms", "https://v.example/terms"))])).await;
    let mut tries = JoinSet::new();
    for _ in 0..6 {
        let (client, input) = (acme.user.clone(), json!({ "formId": form, "questions": ["terms"] }));
        tries.spawn(async move { client.mutate("acceptTerms", "partner { id }", input).await });
    }
    tries.join_all().await;
    assert_eq!(partner(&admin, &acme.id).await["termsAcceptances"]["totalCount"], 1);
}

#[tokio::test]
async fn nothing_of_it_is_changed_or_removed() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let acme = app.partner(&admin, "Acme", Kind::Created).await;
    let form = publish(&admin, "PARTNER", json!([again(terms("terms", "https://v.example/terms"))])).await;
    acme.user.mutate("acceptTerms", "", json!({ "formId": form, "questions": ["terms"] })).await;
    let db = &app.hub.pools.writes;
    for sql in ["UPDATE terms_acceptance SET url = 'x'", "DELETE FROM terms_acceptance"] {
        let refused = db.execute_unprepared(sql).await.unwrap_err();
        assert!(refused.to_string().contains("append-only"), "{refused}");
    }
    if partner_hub::db::is_postgres(db) {
        db.execute_unprepared("TRUNCATE terms_acceptance").await.unwrap_err();
    }
}

#[tokio::test]
async fn a_partner_that_has_to_agree_again_is_told_once() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let acme = app.partner(&admin, "Acme", Kind::Created).await;
    app.partner(&admin, "Birch", Kind::Created).await;
    let waiting = app.partner(&admin, "Waiting", Kind::Invited).await;
    let shut = app.partner(&admin, "Shut", Kind::Created).await;
    admin.mutate("suspendPartner", "", json!({ "id": shut.id, "reason": "For a while" })).await;
    admin.mutate("createPartner", "partner { id }", new_partner("Never in", "ada@never.example")).await;
    let mut seen = app.letters().await.len();
    let told = |letters: &[Composed]| {
        let mut told: Vec<_> = letters.iter().map(|letter| letter.to.clone()).collect();
        told.sort();
        told
    };

    let first = publish(&admin, "PARTNER", json!([again(terms("terms", "https://v.example/1"))])).await;
    let letters = settled(&app, &mut seen).await;
    assert_eq!(told(&letters), ["contact@acme.example", "contact@birch.example"], "who is approved and can come in");
    let letter = letters.iter().find(|letter| letter.to == "contact@acme.example").unwrap();
    assert_eq!(letter.subject, "Partner Hub asks Acme to agree to its terms again");
    assert!(letter.text.contains("> What is terms?\n"), "{}", letter.text);
    // A version that asks nothing anew tells nobody.
    publish(&admin, "PARTNER", json!([terms("terms", "https://v.example/1"), question("more", "TEXT")])).await;
    assert_eq!(told(&settled(&app, &mut seen).await), Vec::<String>::new());

    // Who agrees before its letter leaves gets none, and a version that asks once more replaces the letter that waits.
    publish(&admin, "PARTNER", json!([again(terms("terms", "https://v.example/2"))])).await;
    let third = publish(&admin, "PARTNER", json!([again(terms("terms", "https://v.example/3"))])).await;
    acme.user.mutate("acceptTerms", "", json!({ "formId": third, "questions": ["terms"] })).await;
    assert_eq!(told(&settled(&app, &mut seen).await), ["contact@birch.example"]);
    assert_ne!(first, third);
    drop(waiting);
}

/// The letters that were written since the last ones left; one leaves each second.
async fn settled(app: &TestApp, seen: &mut usize) -> Vec<Composed> {
    app.hub.clock.advance(chrono::TimeDelta::seconds(10));
    let new = app.letters().await.split_off(*seen);
    *seen += new.len();
    new
}
