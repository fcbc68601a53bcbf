//! How often one may try to log in: in the database, so that servers count together.

use crate::support::{
    Client, TestApp,
    people::{Kind, PASSWORD},
    token_in,
};
use chrono::TimeDelta;
use reqwest::header::HeaderMap;
use serde_json::json;

const LOGIN: &str = "mutation($email: EmailAddress!, $password: Secret!) {
    login(input: {email: $email, password: $password}) { session { token } userErrors { code } } }";

/// `None` if the attempt reached the password; otherwise how many seconds to wait.
async fn tries(client: &Client, email: &str, password: &str) -> Option<u64> {
    let answer = client.send(LOGIN, json!({ "email": email, "password": password })).await;
    if answer.codes().is_empty() {
        let errors = answer.body["data"]["login"]["userErrors"].as_array().unwrap().clone();
        assert!(errors.is_empty() == (password == PASSWORD), "{}", answer.body);
        return None;
    }
    assert_eq!(answer.codes(), ["RATE_LIMITED"]);
    Some(answer.body["errors"][0]["extensions"]["retryAfter"].as_u64().expect("a number of seconds"))
}

#[tokio::test]
async fn guesses_run_out_and_come_back() {
    let app = TestApp::start().await;
    let beside = app.beside().await;
    let admin = app.admin().await;
    app.partner(&admin, "Acme", Kind::Created).await;
    for email in ["contact@acme.example", "CONTACT@acme.example ", "nobody@acme.example", "no address"] {
        app.hub.clock.advance(TimeDelta::days(1));
        // Two servers on one database count together.
        for at in 0..5 {
            let server = if at % 2 == 0 { &app } else { &beside };
            assert_eq!(tries(&server.anonymous(), email, "wrong").await, None, "{email} {at}");
        }
        assert_eq!(tries(&app.anonymous(), email, PASSWORD).await, Some(30), "{email}: also with the right one");
        assert_eq!(tries(&beside.anonymous(), email, "wrong").await, Some(30), "{email}: refusals cost nothing");
        app.hub.clock.advance(TimeDelta::seconds(30));
        assert_eq!(tries(&app.anonymous(), email, "wrong").await, None, "{email}: one came back");
        assert!(tries(&app.anonymous(), email, "wrong").await.is_some(), "{email}: and only one");
    }
    // Who comes in begins anew.
    app.hub.clock.advance(TimeDelta::days(1));
    for _ in 0..3 {
        for _ in 0..4 {
            assert_eq!(tries(&app.anonymous(), "contact@acme.example", "wrong").await, None);
        }
        assert_eq!(tries(&app.anonymous(), "contact@acme.example", PASSWORD).await, None);
    }
}

#[tokio::test]
async fn a_network_runs_out_whoever_is_guessed_at() {
    let app = TestApp::start().await;
    let mut reached = 0;
    for at in 0..60 {
        reached += usize::from(tries(&app.anonymous(), &format!("u{at}@acme.example"), "wrong").await.is_none());
    }
    assert_eq!(reached, 30);
    let mut forged = HeaderMap::new();
    forged.insert("x-forwarded-for", "198.51.100.7".parse().unwrap());
    let http = reqwest::Client::builder().default_headers(forged).build().unwrap();
    let forger = Client { http, ..app.anonymous() };
    assert!(tries(&forger, "u@acme.example", "wrong").await.is_some(), "a forged header is no other network");
}

#[tokio::test]
async fn after_a_hundred_failures_the_right_password_is_not_enough() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    app.partner(&admin, "Acme", Kind::Created).await;
    for email in ["contact@acme.example", "nobody@acme.example"] {
        for _ in 0..100 {
            app.hub.clock.advance(TimeDelta::minutes(10));
            assert_eq!(tries(&app.anonymous(), email, "wrong").await, None);
        }
        app.hub.clock.advance(TimeDelta::minutes(10));
        let wait = tries(&app.anonymous(), email, PASSWORD).await.expect("refused");
        assert!((20_000..86_400).contains(&wait), "one attempt a day: {wait}");
    }
    // A new password begins anew.
    app.anonymous().mutate("requestPasswordReset", "", json!({ "email": "contact@acme.example" })).await;
    let token = token_in(&app.letter_to("contact@acme.example").await);
    let input = json!({ "token": token, "password": "seven lanterns over Tromso bay" });
    app.anonymous().mutate("resetPassword", "", input).await;
    assert_eq!(tries(&app.anonymous(), "contact@acme.example", "wrong").await, None);
}

#[tokio::test]
async fn refused_attempts_take_nothing_from_the_account() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    app.partner(&admin, "Acme", Kind::Created).await;
    for at in 0..150 {
        assert_eq!(tries(&app.anonymous(), "contact@acme.example", "wrong").await.is_none(), at < 5);
    }
    app.hub.clock.advance(TimeDelta::minutes(5));
    assert_eq!(tries(&app.anonymous(), "contact@acme.example", PASSWORD).await, None, "five failures, not 150");
}

#[tokio::test]
async fn the_table_of_limits_holds_no_address() {
    let app = TestApp::start().await;
    app.admin().await;
    tries(&app.anonymous(), "somebody@acme.example", "wrong").await;
    let rows = app.texts("SELECT key FROM throttle").await;
    assert!(!rows.is_empty());
    assert!(rows.iter().all(|key| !key.contains("acme") && !key.contains("127.0")), "{rows:?}");
}
