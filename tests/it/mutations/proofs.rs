//! What stands for a person and what does not: old links, old passwords, strangers who ask, and who may find out what.

use super::{faults, refuses};
use crate::support::{
    Client, TestApp,
    people::{Kind, PASSWORD, onboard},
    token_in,
};
use chrono::TimeDelta;
use secrecy::SecretString;
use serde_json::{Value, json};
use std::sync::atomic::Ordering;

const NEW: &str = "seven lanterns over Tromso bay";

async fn forgot(app: &TestApp, email: &str) {
    app.anonymous().mutate("requestPasswordReset", "", json!({ "email": email })).await;
}

fn invitee(email: &str) -> Value {
    json!({ "name": "Grace Hopper", "email": email, "role": "MEMBER" })
}

#[tokio::test]
async fn a_link_for_a_new_password_dies_with_the_old_one() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let acme = app.partner(&admin, "Acme", Kind::Created).await;
    forgot(&app, &acme.email).await;
    let link = token_in(&app.letter_to(&acme.email).await);
    // One whose letter has not left yet.
    app.hub.clock.advance(TimeDelta::seconds(1));
    forgot(&app, &acme.email).await;
    let change = json!({ "currentPassword": PASSWORD, "newPassword": NEW });
    acme.user.mutate("changePassword", "", change).await;
    let with = json!({ "token": link, "password": PASSWORD });
    refuses(&app, &app.anonymous(), "resetPassword", with, &[("token", "INVALID_TOKEN")]).await;
    let letters = app.letters().await;
    assert_eq!(letters.iter().filter(|letter| letter.text.contains("prst_")).count(), 1, "the second never leaves");
}

#[tokio::test]
async fn whoever_asks_for_a_link_is_not_taken_for_the_owner() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let acme = app.partner(&admin, "Acme", Kind::Created).await;
    forgot(&app, &acme.email).await;
    let query = "{ activity(first: 1) { nodes { event actorKind actor { id } address } } }";
    let line = admin.data(query, json!({})).await["activity"]["nodes"][0].clone();
    let told = json!({ "event": "user.password_reset_requested", "actorKind": "SYSTEM", "actor": null,
        "address": "127.0.0.1" });
    assert_eq!(line, told);
}

#[tokio::test]
async fn to_submit_a_form_is_not_to_show_the_password() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let pending = app.partner(&admin, "Pending", Kind::Invited).await;
    app.hub.clock.advance(TimeDelta::minutes(16));
    let user = onboard(&pending.user).await;
    let begin = "mutation { beginSecondFactor { userErrors { code } } }";
    assert_eq!(user.send(begin, json!({})).await.codes(), ["REAUTHENTICATE"]);
    user.mutate("reauthenticate", "", json!({ "password": PASSWORD })).await;
    user.data(begin, json!({})).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_finds_the_queue_full_has_guessed_nothing() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let acme = app.partner(&admin, "Acme", Kind::Created).await;
    let hashing = app.hub.hashing.clone();
    let permits = u32::try_from(hashing.available_permits()).unwrap();
    let held = hashing.acquire_many_owned(permits).await.unwrap();
    let mut waiting = tokio::task::JoinSet::new();
    for _ in 0..64 {
        let hub = app.hub.clone();
        let password = SecretString::from(PASSWORD);
        waiting.spawn(async move { partner_hub::domain::account::password::verify(&hub, &password, None).await });
    }
    while app.hub.waiting_to_hash.load(Ordering::Relaxed) < 64 {
        tokio::task::yield_now().await;
    }
    let wrong = json!({ "email": acme.email, "password": "wrong" });
    for _ in 0..8 {
        let answer = app.anonymous().try_mutate("login", "", wrong.clone()).await;
        assert_eq!(answer.codes(), ["RATE_LIMITED"]);
        assert_eq!(answer.body["errors"][0]["extensions"]["retryAfter"], Value::Null, "the bucket is not to blame");
    }
    let change = json!({ "currentPassword": "wrong", "newPassword": NEW });
    faults(&app, &acme.user, "changePassword", change, "RATE_LIMITED").await;
    drop(held);
    waiting.join_all().await;
    for _ in 0..5 {
        refuses(&app, &app.anonymous(), "login", wrong.clone(), &[("", "INVALID_CREDENTIALS")]).await;
    }
    faults(&app, &app.anonymous(), "login", wrong, "RATE_LIMITED").await;
}

#[tokio::test]
async fn a_repeated_making_of_a_key_needs_no_password() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let input = json!({ "name": "CRM", "scopes": ["PARTNERS_READ"], "idempotencyKey": "one" });
    let made = admin.mutate("createApiKey", "token apiKey { id }", input.clone()).await;
    app.hub.clock.advance(TimeDelta::minutes(16));
    let again = admin.mutate("createApiKey", "token apiKey { id }", input).await;
    assert_eq!((&again["apiKey"], &again["token"]), (&made["apiKey"], &Value::Null));
    let another = json!({ "name": "CRM", "scopes": ["PARTNERS_READ"], "idempotencyKey": "two" });
    faults(&app, &admin, "createApiKey", another, "REAUTHENTICATE").await;
}

#[tokio::test]
async fn whoever_asks_which_addresses_are_taken_runs_out() {
    let app = TestApp::with(|settings| settings.limits.invitations_an_hour = Some(5)).await;
    let admin = app.admin().await;
    let acme = app.partner(&admin, "Acme", Kind::Created).await;
    let other = app.partner(&admin, "Other", Kind::Created).await;
    let probe = |client: Client, mutation: &'static str, input: Value| async move {
        client.try_mutate(mutation, "", input).await.refusals(mutation).pop().map(|(_, code)| code)
    };
    for _ in 0..5 {
        let taken = probe(acme.user.clone(), "inviteUser", invitee(&other.email)).await;
        assert_eq!(taken.as_deref(), Some("TAKEN"));
    }
    for email in [&other.email, "free@acme.example"] {
        let over = probe(acme.user.clone(), "inviteUser", invitee(email)).await;
        assert_eq!(over.as_deref(), Some("LIMIT_REACHED"), "the same for both");
    }
    app.hub.clock.advance(TimeDelta::hours(1));
    acme.user.mutate("inviteUser", "", invitee("grace@acme.example")).await;
    let query = "{ invitations(filter: { email: { contains: \"grace\" } }) { nodes { id } } }";
    let id = acme.user.data(query, json!({})).await["invitations"]["nodes"][0]["id"].clone();
    let correct = json!({ "id": id, "email": other.email });
    for code in ["TAKEN", "TAKEN", "TAKEN", "TAKEN", "LIMIT_REACHED"] {
        let told = probe(acme.user.clone(), "correctInvitationEmail", correct.clone()).await;
        assert_eq!(told.as_deref(), Some(code));
    }
}

#[tokio::test]
async fn the_address_of_whoever_is_deleted_stays_in_the_record_alone() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let acme = app.partner(&admin, "Acme", Kind::Created).await;
    let grace = acme.user.mutate("inviteUser", "user { id }", invitee("grace@acme.example")).await;
    app.accept(&token_in(&app.letter_to("grace@acme.example").await)).await;
    acme.user.mutate("deleteUser", "", json!({ "id": grace["user"]["id"] })).await;
    let query = "{ invitations(filter: { email: { contains: \"grace\" } }) { totalCount } }";
    assert_eq!(admin.data(query, json!({})).await["invitations"]["totalCount"], 0);
    for sql in ["SELECT email FROM invitation", "SELECT recipient FROM outbox", "SELECT email_key FROM \"user\""] {
        let left = app.texts(sql).await;
        assert!(!left.iter().any(|text| text.contains("grace@")), "{sql}: {left:?}");
    }
    let recorded = app.texts("SELECT CAST(data AS TEXT) FROM activity WHERE event = 'user.invited'").await;
    assert!(recorded.iter().any(|data| data.contains("grace@acme.example")), "who was invited, and whither");
}
