//! A browser that has been in an account before: strangers who guess do not keep its owner out.

use crate::support::{
    Answer, Client, TestApp,
    people::{Kind, PASSWORD},
    token_in,
};
use chrono::TimeDelta;
use reqwest::header::{self, HeaderMap};
use serde_json::{Value, json};

const EMAIL: &str = "contact@acme.example";

/// What a browser keeps, by the names of its cookies.
#[derive(Clone, Default)]
struct Browser {
    cookies: Vec<(String, String)>,
}

impl Browser {
    /// Sends a mutation as a page of ours does, and keeps what is to be kept.
    async fn mutate(&mut self, app: &TestApp, name: &str, fields: &str, input: Value) -> Answer {
        let answer = self.page(app, &app.base).try_mutate(name, fields, input).await;
        for cookie in answer.headers.get_all(header::SET_COOKIE) {
            let (name, value) = cookie.to_str().unwrap().split(';').next().unwrap().split_once('=').unwrap();
            self.cookies.retain(|(known, _)| known != name);
            self.cookies.push((name.to_owned(), value.to_owned()));
        }
        answer
    }

    /// A page of some origin, with all cookies.
    fn page(&self, app: &TestApp, origin: &str) -> Client {
        let cookies: Vec<_> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, cookies.join("; ").parse().unwrap());
        headers.insert(header::ORIGIN, origin.parse().unwrap());
        headers.insert("x-partner-csrf", "1".parse().unwrap());
        Client { http: reqwest::Client::builder().default_headers(headers).build().unwrap(), ..app.anonymous() }
    }

    async fn logs_in(&mut self, app: &TestApp, email: &str, password: &str) -> Answer {
        let input = json!({ "email": email, "password": password, "setCookie": true });
        self.mutate(app, "login", "session { expiresAt }", input).await
    }

    fn leaves(&mut self) {
        self.cookies.retain(|(name, _)| name != "sid");
    }

    fn device(&self) -> &str {
        &self.cookies.iter().find(|(name, _)| name == "device").expect("a device is known").1
    }
}

/// Strangers guess until nobody is let near the password.
async fn besiege(app: &TestApp, email: &str) {
    let wrong = json!({ "email": email, "password": "wrong" });
    while app.anonymous().try_mutate("login", "", wrong.clone()).await.codes().is_empty() {}
    let right = json!({ "email": email, "password": PASSWORD });
    assert_eq!(app.anonymous().try_mutate("login", "", right).await.codes(), ["RATE_LIMITED"]);
}

fn came_in(answer: &Answer) -> bool {
    answer.codes().is_empty() && answer.payload("login")["session"]["expiresAt"].is_string()
}

/// A partner's admin with a browser that has been in its account, and has left it.
async fn known(app: &TestApp) -> (Client, Browser) {
    let admin = app.admin().await;
    app.partner(&admin, "Acme", Kind::Created).await;
    let mut browser = Browser::default();
    assert!(came_in(&browser.logs_in(app, EMAIL, PASSWORD).await));
    browser.leaves();
    (admin, browser)
}

#[tokio::test]
async fn whoever_has_been_in_before_gets_in_while_strangers_guess() {
    let app = TestApp::start().await;
    let beside = app.beside().await;
    let (_, mut browser) = known(&app).await;
    besiege(&app, EMAIL).await;
    let mut elsewhere = browser.clone();
    assert!(came_in(&browser.logs_in(&app, "Contact@Acme.example", PASSWORD).await));
    assert!(came_in(&elsewhere.logs_in(&beside, EMAIL, PASSWORD).await), "on every server");
    // It is the browser that is known: the account is as shut to strangers as before.
    let right = json!({ "email": EMAIL, "password": PASSWORD });
    assert_eq!(app.anonymous().try_mutate("login", "", right).await.codes(), ["RATE_LIMITED"]);
    // A hundred failures in a row do not keep it out either.
    for _ in 0..100 {
        app.hub.clock.advance(TimeDelta::minutes(10));
        app.anonymous().try_mutate("login", "", json!({ "email": EMAIL, "password": "wrong" })).await;
    }
    browser.leaves();
    assert!(came_in(&browser.logs_in(&app, EMAIL, PASSWORD).await));
}

#[tokio::test]
async fn within_the_account_a_known_browser_shows_its_password_too() {
    let app = TestApp::start().await;
    let (_, mut browser) = known(&app).await;
    browser.logs_in(&app, EMAIL, PASSWORD).await;
    besiege(&app, EMAIL).await;
    let shown = browser.mutate(&app, "reauthenticate", "", json!({ "password": PASSWORD })).await;
    assert_eq!(shown.payload("reauthenticate")["userErrors"], json!([]));
}

#[tokio::test]
async fn a_known_browser_guesses_as_little_as_anybody() {
    let app = TestApp::start().await;
    let (_, mut browser) = known(&app).await;
    for _ in 0..5 {
        assert_eq!(browser.logs_in(&app, EMAIL, "wrong").await.refusals("login")[0].1, "INVALID_CREDENTIALS");
    }
    assert_eq!(browser.logs_in(&app, EMAIL, PASSWORD).await.codes(), ["RATE_LIMITED"], "also the right one");
    // What it guessed took nothing from anybody else.
    assert!(came_in(&Browser::default().logs_in(&app, EMAIL, PASSWORD).await));
    for _ in 0..15 {
        app.hub.clock.advance(TimeDelta::minutes(10));
        assert!(browser.logs_in(&app, EMAIL, "wrong").await.codes().is_empty());
    }
    app.hub.clock.advance(TimeDelta::minutes(10));
    let answer = browser.logs_in(&app, EMAIL, PASSWORD).await;
    let wait = answer.body["errors"][0]["extensions"]["retryAfter"].as_u64().unwrap();
    assert!((20_000..86_400).contains(&wait), "twenty failures in a row, then one a day: {wait}");
}

#[tokio::test]
async fn a_device_is_known_in_its_own_account_and_from_our_own_pages_only() {
    let app = TestApp::start().await;
    let (admin, browser) = known(&app).await;
    app.partner(&admin, "Other", Kind::Created).await;
    besiege(&app, "contact@other.example").await;
    let refused = browser.clone().logs_in(&app, "contact@other.example", PASSWORD).await;
    assert_eq!(refused.codes(), ["RATE_LIMITED"], "another account");
    besiege(&app, EMAIL).await;
    let input = json!({ "email": EMAIL, "password": PASSWORD });
    let foreign = browser.page(&app, "https://evil.example").try_mutate("login", "", input.clone()).await;
    assert_eq!(foreign.codes(), ["RATE_LIMITED"], "a foreign page");
    let nobody = Client { token: Some("pses_nobody".to_owned()), ..browser.page(&app, &app.base) };
    assert_eq!(nobody.try_mutate("login", "", input).await.codes(), ["RATE_LIMITED"], "a bearer token");
    let whole = browser.device().to_owned();
    for at in (0..whole.len()).step_by(5) {
        let mut forged = whole.clone().into_bytes();
        forged[at] = if forged[at] == b'A' { b'B' } else { b'A' };
        let cookies = vec![("device".to_owned(), String::from_utf8(forged).unwrap())];
        let answer = Browser { cookies }.logs_in(&app, EMAIL, PASSWORD).await;
        assert_eq!(answer.codes(), ["RATE_LIMITED"], "altered at {at}");
    }
    // A device is no session, and no password.
    let role = browser.page(&app, &app.base).data("{ viewer { role } }", json!({})).await;
    assert_eq!(role["viewer"], Value::Null);
    let cookies = vec![("sid".to_owned(), whole)];
    let role = Browser { cookies }.page(&app, &app.base).data("{ viewer { role } }", json!({})).await;
    assert_eq!(role["viewer"], Value::Null);
}

#[tokio::test]
async fn devices_are_forgotten_with_the_password_with_all_sessions_and_after_half_a_year() {
    let app = TestApp::start().await;
    let (_, first) = known(&app).await;
    let (mut second, mut third) = (Browser::default(), Browser::default());
    second.logs_in(&app, EMAIL, PASSWORD).await;
    third.logs_in(&app, EMAIL, PASSWORD).await;

    // All sessions but this one: all devices but this one.
    let client = second.page(&app, &app.base);
    let query = "mutation { revokeOtherSessions { revoked userErrors { code } } }";
    let answer = client.send(query, json!({})).await;
    let cookie = answer.headers[header::SET_COOKIE].to_str().unwrap();
    for attribute in ["HttpOnly", "SameSite=Strict", "Path=/", "Max-Age=15552000"] {
        assert!(cookie.starts_with("device=pdev_") && cookie.contains(attribute), "{cookie}");
    }
    let renewed = cookie.split(';').next().unwrap().trim_start_matches("device=").to_owned();
    let mut kept = Browser { cookies: vec![("device".to_owned(), renewed)] };
    second.leaves();
    third.leaves();
    besiege(&app, EMAIL).await;
    for (which, mut gone) in [("first", first), ("second, before", second), ("third", third)] {
        assert_eq!(gone.logs_in(&app, EMAIL, PASSWORD).await.codes(), ["RATE_LIMITED"], "{which}");
    }
    assert!(came_in(&kept.logs_in(&app, EMAIL, PASSWORD).await));

    // Another password.
    kept.leaves();
    app.anonymous().mutate("requestPasswordReset", "", json!({ "email": EMAIL })).await;
    let token = token_in(&app.letter_to(EMAIL).await);
    let new = "seven lanterns over Tromso bay";
    app.anonymous().mutate("resetPassword", "", json!({ "token": token, "password": new })).await;
    besieged(&app).await;
    assert_eq!(kept.logs_in(&app, EMAIL, new).await.codes(), ["RATE_LIMITED"], "another password");

    // Time.
    app.hub.clock.advance(TimeDelta::days(2));
    let mut last = Browser::default();
    assert!(came_in(&last.logs_in(&app, EMAIL, new).await));
    last.leaves();
    app.hub.clock.advance(TimeDelta::days(180) - TimeDelta::seconds(1));
    besieged(&app).await;
    assert!(came_in(&last.clone().logs_in(&app, EMAIL, new).await));
    app.hub.clock.advance(TimeDelta::seconds(1));
    besieged(&app).await;
    assert_eq!(last.logs_in(&app, EMAIL, new).await.codes(), ["RATE_LIMITED"], "half a year");
}

/// The same, whatever the password is.
async fn besieged(app: &TestApp) {
    let wrong = json!({ "email": EMAIL, "password": "wrong" });
    while app.anonymous().try_mutate("login", "", wrong.clone()).await.codes().is_empty() {}
}
