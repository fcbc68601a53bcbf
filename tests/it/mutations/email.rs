//! `changeEmail` and `confirmEmail`: another address of one's own, by a link to it.

use super::{faults, refuses};
use crate::support::{
    Client, TestApp,
    people::{Kind, PASSWORD, Partner},
    token_in,
};
use chrono::TimeDelta;
use serde_json::{Value, json};

const OLD: &str = "contact@acme.example";
const NEW: &str = "Ada@elsewhere.example";

async fn acme(app: &TestApp) -> (Client, Partner) {
    let admin = app.admin().await;
    let acme = app.partner(&admin, "Acme", Kind::Created).await;
    (admin, acme)
}

fn to(email: &str) -> Value {
    json!({ "newEmail": email, "password": PASSWORD })
}

/// Asks for an address; answers the token in the letter to it.
async fn asked(app: &TestApp, who: &Client, email: &str) -> String {
    who.mutate("changeEmail", "", to(email)).await;
    token_in(&app.letter_to(email).await)
}

async fn address(client: &Client) -> Value {
    client.data("{ viewer { user { email } } }", json!({})).await["viewer"]["user"]["email"].clone()
}

async fn dead(app: &TestApp, token: &str) {
    refuses(app, &app.anonymous(), "confirmEmail", json!({ "token": token }), &[("token", "INVALID_TOKEN")]).await;
}

#[tokio::test]
async fn a_link_to_the_new_address_moves_the_account() {
    let app = TestApp::start().await;
    let (admin, acme) = acme(&app).await;
    let elsewhere = app.login(OLD).await;
    app.anonymous().mutate("requestPasswordReset", "", json!({ "email": OLD })).await;
    let reset = token_in(&app.letter_to(OLD).await);
    let token = asked(&app, &acme.user, NEW).await;
    assert!(token.starts_with("pema_"));
    assert!(app.letter_to(OLD).await.subject.contains("Another address"), "the old one is told at once");
    assert_eq!(address(&acme.user).await, OLD, "nothing has changed yet");
    app.anonymous().mutate("confirmEmail", "", json!({ "token": token })).await;

    assert_eq!(address(&acme.user).await, NEW, "whoever asked is still there");
    assert_eq!(address(&elsewhere).await, Value::Null, "the other sessions have ended");
    let told = app.letter_to(OLD).await;
    assert!(told.subject.contains("has another address") && !told.text.contains("elsewhere.example"), "{}", told.text);
    assert!(app.login("ada@ELSEWHERE.example").await.token.is_some());
    let old = json!({ "email": OLD, "password": PASSWORD });
    refuses(&app, &app.anonymous(), "login", old, &[("", "INVALID_CREDENTIALS")]).await;
    let again = json!({ "token": reset, "password": "seven lanterns over Tromso bay" });
    refuses(&app, &app.anonymous(), "resetPassword", again, &[("token", "INVALID_TOKEN")]).await;
    dead(&app, &token).await;
    let line =
        "{ activity(first: 1, filter: { event: { eq: \"user.email_changed\" } }) { nodes { data actor { email } } } }";
    let line = admin.data(line, json!({})).await["activity"]["nodes"][0].clone();
    assert_eq!(line, json!({ "data": { "email": { "from": OLD, "to": NEW } }, "actor": { "email": NEW } }));
    // The old one is free for another account.
    admin.mutate("inviteUser", "", json!({ "name": "Eve", "email": OLD, "role": "MEMBER" })).await;
}

#[tokio::test]
async fn whether_somebody_has_an_address_is_not_said() {
    let app = TestApp::start().await;
    let (admin, acme) = acme(&app).await;
    let invited = json!({ "name": "Grace", "email": "grace@vendor.example", "role": "MEMBER" });
    admin.mutate("inviteUser", "", invited).await;
    let before = app.letters().await.len();
    let mut answers = Vec::new();
    for email in ["admin@example.com", "ADMIN@example.com", "free@elsewhere.example"] {
        answers.push(acme.user.try_mutate("changeEmail", "", to(email)).await.body);
    }
    app.hub.clock.advance(TimeDelta::hours(3));
    let again = app.login(OLD).await;
    answers.push(again.try_mutate("changeEmail", "", to("grace@vendor.example")).await.body);
    answers.dedup();
    assert_eq!(answers.len(), 1, "{answers:#?}");
    let letters = app.letters().await.split_off(before);
    let new: Vec<_> = letters.iter().filter(|letter| letter.to != OLD).collect();
    assert!(new.is_empty(), "the last one, of an address that is taken, has killed the link to the free one");
    assert_eq!(letters.len(), 4, "the owner is told of each");
}

#[tokio::test]
async fn an_address_that_was_taken_meanwhile_stays_whose_it_is() {
    let app = TestApp::start().await;
    let (admin, acme) = acme(&app).await;
    let token = asked(&app, &acme.user, NEW).await;
    admin.mutate("inviteUser", "", json!({ "name": "Eve", "email": NEW.to_lowercase(), "role": "MEMBER" })).await;
    refuses(&app, &app.anonymous(), "confirmEmail", json!({ "token": token }), &[("token", "TAKEN")]).await;
    assert_eq!(address(&acme.user).await, OLD);
}

#[tokio::test]
async fn it_takes_the_password_and_runs_out() {
    let app = TestApp::start().await;
    let (_, acme) = acme(&app).await;
    faults(&app, &app.anonymous(), "changeEmail", to(NEW), "UNAUTHENTICATED").await;
    let wrong = json!({ "newEmail": NEW, "password": "wrong" });
    refuses(&app, &acme.user, "changeEmail", wrong.clone(), &[("password", "INVALID_CREDENTIALS")]).await;
    let first = asked(&app, &acme.user, NEW).await;
    let second = asked(&app, &acme.user, "other@elsewhere.example").await;
    dead(&app, &first).await;
    for forged in ["", "pema_nobody", &second[..second.len() - 1]] {
        dead(&app, forged).await;
    }
    app.hub.clock.advance(TimeDelta::minutes(30));
    dead(&app, &second).await;
    assert_eq!(address(&acme.user).await, OLD);
    // So many letters an hour, whatever they are to.
    app.hub.clock.advance(TimeDelta::hours(3));
    let acme = app.login(OLD).await;
    for at in 0..3 {
        acme.mutate("changeEmail", "", to(&format!("at{at}@elsewhere.example"))).await;
    }
    faults(&app, &acme, "changeEmail", to("more@elsewhere.example"), "RATE_LIMITED").await;
    // Guesses are counted like those at the door.
    for _ in 0..5 {
        refuses(&app, &acme, "changeEmail", wrong.clone(), &[("password", "INVALID_CREDENTIALS")]).await;
    }
    faults(&app, &acme, "changeEmail", wrong, "RATE_LIMITED").await;
}

#[tokio::test]
async fn whoever_did_not_ask_stops_it_by_another_password_or_by_ending_sessions() {
    let app = TestApp::start().await;
    let (admin, acme) = acme(&app).await;
    let token = asked(&app, &acme.user, NEW).await;
    let change = json!({ "currentPassword": PASSWORD, "newPassword": "seven lanterns over Tromso bay" });
    acme.user.mutate("changePassword", "", change).await;
    dead(&app, &token).await;
    let login = json!({ "email": OLD, "password": "seven lanterns over Tromso bay" });
    let session = app.anonymous().mutate("login", "session { token }", login).await["session"]["token"].clone();
    let acme = app.anonymous().with_token(session.as_str().unwrap());
    let again = json!({ "newEmail": NEW, "password": "seven lanterns over Tromso bay" });
    acme.mutate("changeEmail", "", again).await;
    let token = token_in(&app.letter_to(NEW).await);
    acme.data("mutation { revokeOtherSessions { revoked } }", json!({})).await;
    dead(&app, &token).await;
    // Nor does it move the account of whoever was shut out meanwhile.
    let other = app.partner(&admin, "Other", Kind::Created).await;
    let token = asked(&app, &other.user, "more@elsewhere.example").await;
    admin.mutate("suspendPartner", "", json!({ "id": other.id, "reason": "why" })).await;
    dead(&app, &token).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_with_one_link_one_moves_and_of_two_for_one_address_one_has_it() {
    let app = TestApp::start().await;
    let (admin, acme) = acme(&app).await;
    let other = app.partner(&admin, "Other", Kind::Created).await;
    let tokens = [asked(&app, &acme.user, NEW).await, asked(&app, &other.user, NEW).await];
    let tries = tokens.iter().chain(&tokens).map(|token| {
        let (client, input) = (app.anonymous(), json!({ "token": token }));
        async move { client.try_mutate("confirmEmail", "", input).await }
    });
    let answers = futures_util::future::join_all(tries).await;
    let done = |answer: &&crate::support::Answer| {
        answer.codes().is_empty() && answer.payload("confirmEmail")["userErrors"] == json!([])
    };
    assert_eq!(answers.iter().filter(done).count(), 1, "{answers:#?}");
    let moved = [address(&acme.user).await, address(&other.user).await];
    assert_eq!(moved.iter().filter(|email| **email == NEW).count(), 1, "{moved:?}");
}

#[tokio::test]
async fn letters_that_wait_say_nothing_of_a_link_that_was_replaced() {
    let app = TestApp::start().await;
    let (_, acme) = acme(&app).await;
    acme.user.mutate("changeEmail", "", to(NEW)).await;
    acme.user.mutate("changeEmail", "", to("other@elsewhere.example")).await;
    let letters = app.letters().await;
    assert!(!letters.iter().any(|letter| letter.to == NEW));
    let token = token_in(&app.letter_to("other@elsewhere.example").await);
    app.anonymous().mutate("confirmEmail", "", json!({ "token": token })).await;
    assert_eq!(address(&acme.user).await, "other@elsewhere.example");
}
