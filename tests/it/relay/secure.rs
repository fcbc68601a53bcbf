//! Encryption and log-in, as relays on the internet ask for them.

use crate::support::{
    TestApp,
    relay::{Door, Lock, LogIn, Relay, authority::Authority},
};
use chrono::TimeDelta;
use partner_hub::{http::Timing, mail::Mailer, worker::Worker};
use std::{path::PathBuf, sync::Arc};

/// As it stands in a URL, and as it is said.
const WRITTEN: &str = "hub%40acme.example:p%40ss%2Fw%3Ard";
const USER: &str = "hub@acme.example";
const PASSWORD: &str = "p@ss/w:rd";

fn log_in(mechanism: &'static str) -> Option<LogIn> {
    Some(LogIn { mechanism, user: USER, password: PASSWORD })
}

fn worker(app: &TestApp) -> Worker {
    Worker::new(Arc::clone(&app.hub), Mailer::new(&app.hub.config).unwrap())
}

/// A hub with letters that wait for this relay.
async fn hub(url: String, authority: Option<PathBuf>, letters: usize) -> TestApp {
    let app = TestApp::with(|settings| {
        settings.smtp_url = Some(url);
        settings.smtp_ca_file = authority;
        settings.smtp_timeout = Some(4);
    })
    .await;
    app.enqueue((0..letters).map(|n| format!("n{n}@x.example"))).await;
    app
}

/// Nothing was sent and no try was spent; answers why.
async fn rests(app: &TestApp, relay: &Relay) -> String {
    assert_eq!((relay.received().len(), relay.tries()), (0, 0));
    assert_eq!(app.texts("SELECT DISTINCT state || ' ' || CAST(attempts AS TEXT) FROM outbox").await, ["QUEUED 0"]);
    let mut reasons = app.texts("SELECT DISTINCT last_error FROM outbox WHERE last_error IS NOT NULL").await;
    assert_eq!(reasons.len(), 1, "{reasons:?}");
    reasons.remove(0)
}

#[tokio::test]
async fn a_letter_leaves_encrypted_and_under_the_right_password() {
    let authority = Authority::found();
    let acceptor = authority.certifies("127.0.0.1");
    for mechanism in ["PLAIN", "LOGIN"] {
        for (scheme, lock) in
            [("smtp+starttls", Lock::StartTls(acceptor.clone())), ("smtps", Lock::Smtps(acceptor.clone()))]
        {
            let relay = Relay::behind(Door { lock, log_in: log_in(mechanism) }).await;
            let url = format!("{scheme}://{WRITTEN}@127.0.0.1:{}", relay.port);
            let app = hub(url, Some(authority.file()), 1).await;
            worker(&app).drain().await.unwrap();
            assert_eq!((relay.received().len(), relay.log_ins()), (1, 1), "{scheme} {mechanism}");
            assert_eq!(app.texts("SELECT state FROM outbox").await, ["SENT"], "{scheme} {mechanism}");
        }
    }
}

#[tokio::test]
async fn a_wrong_password_rests_the_queue_until_it_is_mended() {
    let authority = Authority::found();
    let lock = Lock::StartTls(authority.certifies("127.0.0.1"));
    let relay = Relay::behind(Door { lock, log_in: log_in("PLAIN") }).await;
    let url = |log_in: &str| format!("smtp+starttls://{log_in}@127.0.0.1:{}", relay.port);
    let app = hub(url("hub%40acme.example:guessed"), Some(authority.file()), 30).await;
    let resting = worker(&app);
    resting.drain().await.unwrap();
    let why = rests(&app, &relay).await;
    assert!(why.contains("user and the password in SMTP_URL") && why.contains("535"), "{why}");
    assert!(!why.contains("guessed"), "{why}");
    let first = relay.log_ins();
    assert!(first <= 10, "as many as are sent at once, and no more: {first}");
    // A relay that is asked too often shuts the account out.
    for look in 1..=3 {
        app.hub.clock.advance(TimeDelta::seconds(31));
        resting.drain().await.unwrap();
        assert_eq!(relay.log_ins(), first + look, "one letter looks");
    }
    rests(&app, &relay).await;
    let mended = |settings: &mut partner_hub::config::Settings| {
        settings.smtp_url = Some(url(WRITTEN));
        settings.smtp_ca_file = Some(authority.file());
    };
    let mended = app.beside_with(mended, Timing::default()).await;
    app.hub.clock.advance(TimeDelta::seconds(31));
    worker(&mended).drain().await.unwrap();
    assert_eq!(relay.received().len(), 30);
}

#[tokio::test]
async fn who_asks_for_a_log_in_is_not_sent_to_without_one() {
    let authority = Authority::found();
    let lock = Lock::Smtps(authority.certifies("127.0.0.1"));
    let relay = Relay::behind(Door { lock, log_in: log_in("PLAIN") }).await;
    let app = hub(format!("smtps://127.0.0.1:{}", relay.port), Some(authority.file()), 1).await;
    worker(&app).drain().await.unwrap();
    let why = rests(&app, &relay).await;
    assert!(why.contains("SMTP_URL needs a user and a password") && why.contains("530"), "{why}");

    let lock = Lock::Smtps(authority.certifies("127.0.0.1"));
    let relay = Relay::behind(Door { lock, log_in: None }).await;
    let app = hub(format!("smtps://{WRITTEN}@127.0.0.1:{}", relay.port), Some(authority.file()), 1).await;
    worker(&app).drain().await.unwrap();
    let why = rests(&app, &relay).await;
    assert!(why.contains("no way to log in"), "{why}");
}

#[tokio::test]
async fn a_server_that_cannot_show_who_it_is_gets_nothing() {
    let (ours, others) = (Authority::found(), Authority::found());
    let cases = [
        (ours.certifies("127.0.0.1"), None, "SMTP_CA_FILE"),
        (ours.certifies("127.0.0.1"), Some(others.file()), "SMTP_CA_FILE"),
        (ours.certifies("mail.acme.example"), Some(ours.file()), "another name than 127.0.0.1"),
    ];
    for (acceptor, file, word) in cases {
        for (scheme, lock) in
            [("smtp+starttls", Lock::StartTls(acceptor.clone())), ("smtps", Lock::Smtps(acceptor.clone()))]
        {
            let relay = Relay::behind(Door { lock, log_in: log_in("PLAIN") }).await;
            let url = format!("{scheme}://{WRITTEN}@127.0.0.1:{}", relay.port);
            let app = hub(url, file.clone(), 3).await;
            worker(&app).drain().await.unwrap();
            let why = rests(&app, &relay).await;
            assert!(why.contains(word), "{scheme}: {why}");
            assert_eq!(relay.log_ins(), 0, "the password is not told: {scheme}");
        }
    }
}

#[tokio::test]
async fn without_the_encryption_that_was_asked_for_nothing_is_sent() {
    for (scheme, word) in [("smtp+starttls", "STARTTLS"), ("smtps", "smtp+starttls://")] {
        let relay = Relay::behind(Door { lock: Lock::None, log_in: log_in("PLAIN") }).await;
        let app = hub(format!("{scheme}://{WRITTEN}@127.0.0.1:{}", relay.port), None, 1).await;
        worker(&app).drain().await.unwrap();
        let why = rests(&app, &relay).await;
        assert!(why.contains(word), "{scheme}: {why}");
        assert_eq!(relay.log_ins(), 0, "{scheme}");
    }
}
