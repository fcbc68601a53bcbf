//! Whose a socket is, and that it ends with the session.

use crate::support::{
    Client, TestApp,
    people::{Kind, PASSWORD, new_partner},
    socket::{Socket, init},
};
use chrono::TimeDelta;
use partner_hub::http::Timing;
use reqwest::header;
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};
use std::time::Duration;
use tokio_tungstenite::tungstenite::{Error, handshake::client::Request, http::HeaderValue};

const EVERY: &str = "subscription { partnerChanged { name } }";

#[tokio::test]
async fn a_socket_needs_a_session_that_works() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let bearer = |text: &str| json!({ "authorization": text });
    for payload in [
        Value::Null,
        json!({}),
        bearer("Bearer nonsense"),
        bearer("Basic nonsense"),
        bearer(""),
        json!({ "authorization": 1 }),
    ] {
        let mut socket = Socket::silent(&app).await;
        socket.say(json!({ "type": "connection_init", "payload": payload })).await;
        assert_eq!(socket.closed().await, 4403, "{payload}");
    }
    let mut socket = Socket::silent(&app).await;
    let token = admin.token.as_deref().unwrap();
    socket.say(json!({ "type": "connection_init", "payload": { "Authorization": format!("bearer {token}") } })).await;
    assert_eq!(socket.hear().await, json!({ "type": "connection_ack" }));
}

#[tokio::test]
async fn an_onboarding_session_is_told_nothing() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let pending = app.partner(&admin, "Pending", Kind::Invited).await;
    let mut socket = Socket::of(&app, &pending.user).await;
    for query in [EVERY, "subscription { integrationChanged { id } }", "subscription { activityAdded { id } }"] {
        socket.start("1", query, json!({})).await;
        assert_eq!(socket.refusal("1").await, ["ONBOARDING_INCOMPLETE"]);
    }
    socket.start("1", "{ viewer { onboardingStep } }", json!({})).await;
    assert_eq!(socket.event("1").await["viewer"]["onboardingStep"], "PARTNER_FORM");
}

/// The cookie of somebody who logs in with `setCookie`.
async fn cookie(app: &TestApp, email: &str) -> HeaderValue {
    let input = json!({ "email": email, "password": PASSWORD, "setCookie": true });
    let answer = app.anonymous().try_mutate("login", "session { token }", input).await;
    let cookie = answer.headers[header::SET_COOKIE].to_str().unwrap();
    cookie.split(';').next().unwrap().parse().unwrap()
}

fn with(app: &TestApp, headers: &[(&'static str, HeaderValue)]) -> Request {
    let mut request = Socket::request(app);
    for (name, value) in headers {
        request.headers_mut().insert(*name, value.clone());
    }
    request
}

#[tokio::test]
async fn a_cookie_counts_for_our_own_pages_only() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let acme = app.partner(&admin, "Acme", Kind::Created).await;
    let cookie = ("cookie", cookie(&app, &acme.email).await);
    let own = ("origin", app.base.parse().unwrap());
    let mut socket = Socket::connect(with(&app, &[cookie.clone(), own.clone()])).await.unwrap();
    socket.say(json!({ "type": "connection_init" })).await;
    assert_eq!(socket.hear().await, json!({ "type": "connection_ack" }));

    let foreign = |origin: &'static str| ("origin", HeaderValue::from_static(origin));
    let cross = ("sec-fetch-site", HeaderValue::from_static("cross-site"));
    let bearer = ("authorization", format!("Bearer {}", admin.token.as_deref().unwrap()).parse().unwrap());
    for headers in [
        vec![cookie.clone()],
        vec![cookie.clone(), foreign("https://evil.example")],
        vec![cookie.clone(), foreign("null")],
        vec![cookie, own.clone(), cross],
        vec![foreign("https://evil.example")],
        vec![foreign("https://evil.example"), bearer.clone()],
    ] {
        match Socket::connect(with(&app, &headers)).await.err().map(|error| *error) {
            Some(Error::Http(answer)) => assert_eq!(answer.status(), 403, "{headers:?}"),
            other => panic!("{headers:?} {other:?}"),
        }
    }
    let mut socket = Socket::connect(with(&app, &[own, bearer])).await.unwrap();
    socket.say(json!({ "type": "connection_init" })).await;
    assert_eq!(socket.hear().await, json!({ "type": "connection_ack" }));
}

#[tokio::test]
async fn a_named_origin_says_its_token_and_has_no_cookie() {
    let app = TestApp::with(|settings| settings.cors_origins = Some("https://portal.example".into())).await;
    let admin = app.admin().await;
    let acme = app.partner(&admin, "Acme", Kind::Created).await;
    let portal = ("origin", HeaderValue::from_static("https://portal.example"));
    let cookie = ("cookie", cookie(&app, &acme.email).await);
    let mut socket = Socket::connect(with(&app, &[portal.clone(), cookie])).await.unwrap();
    socket.say(json!({ "type": "connection_init" })).await;
    assert_eq!(socket.closed().await, 4403);
    let mut socket = Socket::connect(with(&app, &[portal])).await.unwrap();
    socket.say(init(&admin)).await;
    assert_eq!(socket.hear().await, json!({ "type": "connection_ack" }));
}

async fn change_something(admin: &Client, name: &str) {
    let email = format!("new@{}.example", name.to_lowercase());
    admin.mutate("createPartner", "partner { id }", new_partner(name, &email)).await;
}

#[tokio::test]
async fn the_socket_ends_when_its_session_has_ended() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let second = app.login("admin@example.com").await;
    let mut socket = Socket::of(&app, &second).await;
    socket.subscribe("1", EVERY, json!({})).await;
    second.data("mutation { logout { userErrors { code } } }", json!({})).await;
    change_something(&admin, "Canary").await;
    assert_eq!(socket.closed().await, 4403);
}

#[tokio::test]
async fn a_document_after_the_end_of_the_session_closes_the_socket() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let mut socket = Socket::of(&app, &admin).await;
    app.hub.clock.advance(TimeDelta::minutes(91));
    socket.start("1", "{ viewer { role } }", json!({})).await;
    assert_eq!(socket.closed().await, 4403);
}

#[tokio::test]
async fn an_idle_socket_ends_with_its_session_too() {
    let app = TestApp::timed(Timing { ping: Duration::from_millis(300), ..Timing::default() }).await;
    app.admin().await;
    for end in ["idle", "disabled"] {
        let mut socket = Socket::of(&app, &app.login("admin@example.com").await).await;
        let end_it = async {
            match end {
                "idle" => app.hub.clock.advance(TimeDelta::minutes(91)),
                _ => drop(
                    app.hub.pools.writes.execute_unprepared("UPDATE \"user\" SET status = 'DISABLED'").await.unwrap(),
                ),
            }
        };
        // The client answers pings meanwhile.
        let (code, ()) = tokio::join!(socket.closed(), end_it);
        assert_eq!(code, 4403, "{end}");
    }
}

#[tokio::test]
async fn to_be_told_of_something_is_not_to_use_the_session() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let second = app.login("admin@example.com").await;
    let mut socket = Socket::of(&app, &second).await;
    socket.subscribe("1", EVERY, json!({})).await;
    app.hub.clock.advance(TimeDelta::minutes(80));
    change_something(&admin, "Acme").await;
    assert_eq!(socket.event("1").await["partnerChanged"]["name"], "Acme");
    app.hub.clock.advance(TimeDelta::minutes(20));
    change_something(&admin, "Canary").await;
    assert_eq!(socket.closed().await, 4403);
    assert_eq!(
        Socket::of(&app, &admin).await.try_send(tokio_tungstenite::tungstenite::Message::Close(None)).await.ok(),
        Some(())
    );
}

#[tokio::test]
async fn rights_are_those_of_the_moment() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let acme = app.partner(&admin, "Acme", Kind::Created).await;
    let mut socket = Socket::of(&app, &acme.user).await;
    socket.subscribe("1", "subscription { integrationChanged { name } }", json!({})).await;
    crate::support::people::draft(&acme.user, "First").await;
    assert_eq!(socket.event("1").await["integrationChanged"]["name"], "First");
    app.hub.pools.writes.execute_unprepared("UPDATE \"partner\" SET status = 'SUSPENDED'").await.unwrap();
    let input = crate::support::people::new_integration("Vendor's own");
    admin.mutate("createIntegration", "integration { id }", input).await;
    assert_eq!(socket.closed().await, 4403);
    let mut again = Socket::silent(&app).await;
    again.say(init(&acme.user)).await;
    assert_eq!(again.closed().await, 4403);
}
