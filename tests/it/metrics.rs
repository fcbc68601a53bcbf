//! The figures that monitoring reads.

use crate::support::{
    TestApp,
    relay::{Mode, Relay},
};
use chrono::TimeDelta;
use partner_hub::{mail::Mailer, worker::Worker};
use reqwest::StatusCode;
use std::sync::Arc;

const TOKEN: &str = "a-token-of-monitoring-0123456789abcdef";

async fn asked(app: &TestApp, token: Option<&str>) -> reqwest::Response {
    let mut request = reqwest::Client::new().get(format!("{}/metrics", app.base));
    if let Some(token) = token {
        request = request.bearer_auth(token);
    }
    request.send().await.unwrap()
}

/// The lines that are no comments.
async fn figures(app: &TestApp) -> Vec<String> {
    let answer = asked(app, Some(TOKEN)).await;
    assert_eq!(answer.status(), StatusCode::OK);
    assert!(answer.headers()["content-type"].to_str().unwrap().starts_with("text/plain; version=0.0.4"));
    let text = answer.text().await.unwrap();
    text.lines().filter(|line| !line.starts_with('#')).map(|line| line.replace("partner_hub_letters", "")).collect()
}

fn shown(states: [i64; 6], oldest: i64, last_sent: i64) -> Vec<String> {
    let names = ["waiting", "deferred", "sending", "sent", "failed", "cancelled"];
    let states = names.iter().zip(states).map(|(name, count)| format!("{{state=\"{name}\"}} {count}"));
    states.chain([format!("_oldest_seconds {oldest}"), format!("_last_sent_timestamp_seconds {last_sent}")]).collect()
}

#[tokio::test]
async fn the_queue_is_counted_by_what_has_become_of_its_letters() {
    let relay = Relay::start().await;
    let app = TestApp::with(|settings| {
        settings.metrics_token = Some(TOKEN.into());
        settings.smtp_url = Some(relay.url());
    })
    .await;
    let worker = Worker::new(Arc::clone(&app.hub), Mailer::new(&app.hub.config).unwrap());
    assert_eq!(figures(&app).await, shown([0; 6], 0, 0), "nothing yet");
    app.enqueue(["later@x.example", "nobody@x.example", "a@x.example", "b@x.example"].map(str::to_owned).into_iter())
        .await;
    app.hub.clock.advance(TimeDelta::seconds(90));
    assert_eq!(figures(&app).await, shown([4, 0, 0, 0, 0, 0], 90, 0), "a worker that does not work is seen");
    relay.treat("later@x.example", Mode::Temporary);
    relay.treat("nobody@x.example", Mode::Permanent);
    worker.drain().await.unwrap();
    let sent = app.hub.clock.now().timestamp();
    app.hub.clock.advance(TimeDelta::seconds(10));
    let seen = figures(&app).await;
    assert_eq!(seen, shown([0, 1, 0, 2, 1, 0], 0, sent), "what was put off is not what was never tried");
    app.statements.take();
    figures(&app).await;
    assert_eq!(app.statements.take().len(), 1);
}

#[tokio::test]
async fn letters_that_find_no_relay_are_seen_to_grow_old() {
    let port = Relay::start().await.port;
    let app = TestApp::with(|settings| {
        settings.metrics_token = Some(TOKEN.into());
        settings.smtp_url = Some(format!("smtp://127.0.0.1:{port}"));
    })
    .await;
    let worker = Worker::new(Arc::clone(&app.hub), Mailer::new(&app.hub.config).unwrap());
    app.enqueue(["a@x.example".to_owned()].into_iter()).await;
    for _ in 0..10 {
        worker.drain().await.unwrap();
        app.hub.clock.advance(TimeDelta::minutes(1));
    }
    assert_eq!(figures(&app).await, shown([1, 0, 0, 0, 0, 0], 600, 0));
}

#[tokio::test]
async fn nobody_reads_them_without_the_token() {
    let app = TestApp::start().await;
    assert_eq!(asked(&app, Some(TOKEN)).await.status(), StatusCode::NOT_FOUND, "off unless a token is set");
    let app = TestApp::with(|settings| settings.metrics_token = Some(TOKEN.into())).await;
    let admin = app.admin().await;
    for token in
        [None, Some(""), Some(&TOKEN[1..]), Some("another-token-of-monitoring-0123456789"), admin.token.as_deref()]
    {
        let answer = asked(&app, token).await;
        assert_eq!(answer.status(), StatusCode::UNAUTHORIZED, "{token:?}");
        assert!(!answer.text().await.unwrap().contains("letters"), "{token:?}");
    }
    let (key, _) = crate::api_keys::program(&admin, "ADMIN", &["PARTNERS_WRITE"]).await;
    assert_eq!(
        asked(&app, key.token.as_deref()).await.status(),
        StatusCode::UNAUTHORIZED,
        "a key of the graph is none"
    );
}
