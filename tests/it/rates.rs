//! How much one caller may ask for within a minute, whichever door it takes.

use crate::support::{Answer, Client, TestApp, people::Kind, socket::Socket};
use chrono::TimeDelta;
use partner_hub::{config::Settings, http::Timing};
use reqwest::StatusCode;
use serde_json::json;

const VIEWER: &str = "{ viewer { role } }";

async fn at_most(change: impl FnOnce(&mut Settings)) -> (TestApp, TestApp, Client) {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let strict = app.beside_with(change, Timing::default()).await;
    let admin = strict.anonymous().with_token(admin.token.as_deref().unwrap());
    (app, strict, admin)
}

/// The refusal, with the time to wait in the header and in the answer.
fn is_refused(answer: &Answer, seconds: u64) {
    assert_eq!((answer.status, answer.codes()), (StatusCode::TOO_MANY_REQUESTS, vec!["RATE_LIMITED"]));
    assert_eq!(answer.body["errors"][0]["extensions"]["retryAfter"], seconds);
    assert_eq!(answer.headers["retry-after"], seconds.to_string());
    assert!(answer.body.get("data").is_none());
}

#[tokio::test]
async fn a_user_has_so_many_requests_a_minute() {
    let (app, hub, admin) = at_most(|settings| settings.limits.requests_a_minute = Some(6)).await;
    let acme = app.partner(&app.anonymous().with_token(admin.token.as_deref().unwrap()), "Acme", Kind::Created).await;
    for _ in 0..6 {
        assert!(admin.send(VIEWER, json!({})).await.codes().is_empty());
    }
    is_refused(&admin.send(VIEWER, json!({})).await, 10);
    // The same minute by every other door.
    let logout = "mutation { logout { userErrors { code } } }";
    is_refused(&admin.send(logout, json!({})).await, 10);
    let mut asking = admin.http.post(&admin.endpoint).bearer_auth(admin.token.as_deref().unwrap());
    asking = asking.header("accept", "multipart/mixed;subscriptionSpec=1.0, application/json");
    let subscription = json!({ "query": "subscription { activityAdded { id } }" });
    is_refused(&Answer::of(asking.json(&subscription).send().await.unwrap()).await, 10);
    let export = admin.http.get(format!("{}/export/partners.csv", hub.base));
    is_refused(&Answer::of(export.bearer_auth(admin.token.as_deref().unwrap()).send().await.unwrap()).await, 10);
    let mut socket = Socket::of(&hub, &admin).await;
    socket.start("1", VIEWER, json!({})).await;
    let told = socket.hear().await;
    let extensions = &told["payload"][0]["extensions"];
    assert_eq!(
        (&told["type"], &extensions["code"], &extensions["retryAfter"]),
        (&json!("error"), &json!("RATE_LIMITED"), &json!(10))
    );
    // Nobody else is kept out, and time gives it back.
    let other = hub.anonymous().with_token(acme.user.token.as_deref().unwrap());
    assert!(other.send(VIEWER, json!({})).await.codes().is_empty());
    hub.hub.clock.advance(TimeDelta::seconds(10));
    socket.start("2", VIEWER, json!({})).await;
    assert_eq!(socket.event("2").await["viewer"]["role"], "VENDOR_ADMIN");
    is_refused(&admin.send(VIEWER, json!({})).await, 10);
}

#[tokio::test]
async fn a_user_asks_for_so_many_objects_a_minute() {
    let (_app, hub, admin) = at_most(|settings| settings.limits.objects_a_minute = Some(150)).await;
    let page = "{ partners(first: 100) { nodes { id } } }";
    assert!(admin.send(page, json!({})).await.codes().is_empty());
    is_refused(&admin.send(page, json!({})).await, 20);
    assert!(admin.send("{ partners(first: 40) { nodes { id } } }", json!({})).await.codes().is_empty());
    hub.hub.clock.advance(TimeDelta::seconds(36));
    assert!(admin.send(page, json!({})).await.codes().is_empty());
}

#[tokio::test]
async fn strangers_of_one_network_share_a_minute_and_reach_nothing_after_it() {
    let (_app, hub, admin) = at_most(|settings| {
        settings.limits.strangers_a_minute = Some(4);
        settings.trusted_proxies = Some("127.0.0.1/32".into());
    })
    .await;
    let from = async |address: &str, token: Option<&str>| {
        let stranger = hub.anonymous();
        let mut request = stranger.http.post(&stranger.endpoint).header("x-forwarded-for", address);
        if let Some(token) = token {
            request = request.bearer_auth(token);
        }
        Answer::of(request.json(&json!({ "query": VIEWER })).send().await.unwrap()).await
    };
    for address in ["2001:db8:0:1::1", "2001:db8:0:1::2", "2001:db8:0:1:9::3"] {
        assert!(from(address, None).await.codes().is_empty(), "{address}");
    }
    assert!(from("2001:db8:0:1::4", Some("a token of nobody's")).await.codes().is_empty());
    hub.statements.take();
    is_refused(&from("2001:db8:0:1::5", None).await, 15);
    // Not even by what the gate would refuse.
    let stranger = hub.anonymous();
    let garbage = stranger.http.get(format!("{}?query=%7B", stranger.endpoint));
    let garbage = garbage.header("x-forwarded-for", "2001:db8:0:1::6").send().await.unwrap();
    is_refused(&Answer::of(garbage).await, 15);
    assert_eq!(hub.statements.take(), [""; 0]);
    is_refused(&from("2001:db8:0:1::7", Some("a token of nobody's")).await, 15);
    // A thousand addresses that a client names itself are its own.
    for at in 0..4 {
        assert!(from(&format!("10.9.8.{at}, 198.51.100.1"), None).await.codes().is_empty());
    }
    hub.statements.take();
    for at in 0..1_000 {
        let named = format!("10.{}.{}.77, 198.51.100.1", at / 250, at % 250);
        is_refused(&from(&named, None).await, 15);
    }
    assert_eq!(hub.statements.take(), [""; 0]);
    assert!(from("2001:db8:0:2::1", None).await.codes().is_empty(), "another network");
    // Whoever has come in is counted by name and not by network.
    assert!(from("2001:db8:0:1::1", admin.token.as_deref()).await.body["data"]["viewer"].is_object());
}
