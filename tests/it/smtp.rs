//! A real SMTP server receives real letters.

use crate::support::{
    TestApp,
    people::{PASSWORD, new_partner},
};
use partner_hub::{
    config::{MailRoute, Settings},
    mail::Mailer,
    worker::Worker,
};
use serde_json::{Value, json};
use std::{process::Stdio, sync::Arc};
use tokio::{
    io::{AsyncBufReadExt, BufReader, Lines},
    process::{Child, ChildStdout, Command},
};

/// `tests/node/receiver.mjs`; it ends with the test.
pub(crate) struct Receiver {
    _process: Child,
    lines: Lines<BufReader<ChildStdout>>,
    pub(crate) port: u64,
}

impl Receiver {
    pub(crate) async fn start(refuse: u32) -> Self {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/node");
        let mut process = Command::new("node")
            .args(["receiver.mjs", "--refuse", &refuse.to_string()])
            .current_dir(folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .expect("Node runs the SMTP receiver");
        let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
        let first = lines.next_line().await.unwrap();
        let first = first.expect("the SMTP receiver starts; `make test` installs it with `npm ci` in tests/node");
        let port = serde_json::from_str::<Value>(&first).unwrap()["port"].as_u64().unwrap();
        Self { _process: process, lines, port }
    }

    pub(crate) async fn next(&mut self) -> Value {
        let wait = tokio::time::timeout(std::time::Duration::from_secs(20), self.lines.next_line());
        serde_json::from_str(&wait.await.expect("a letter arrives").unwrap().unwrap()).unwrap()
    }
}

/// A hub that sends to the receiver.
pub(crate) async fn hub_with_relay(receiver: &Receiver, change: impl FnOnce(&mut Settings)) -> (TestApp, Worker) {
    let url = format!("smtp://127.0.0.1:{}", receiver.port);
    let app = TestApp::with(|settings| {
        settings.smtp_url = Some(url);
        change(settings);
    })
    .await;
    assert!(matches!(app.hub.config.mail, MailRoute::Smtp(_)));
    let worker = Worker::new(Arc::clone(&app.hub), Mailer::new(&app.hub.config).unwrap());
    (app, worker)
}

#[tokio::test]
async fn an_invitation_arrives_whole_and_its_link_works() {
    let mut receiver = Receiver::start(0).await;
    let (app, worker) = hub_with_relay(&receiver, |_| {}).await;
    let admin = app.admin().await;
    admin.mutate("invitePartner", "partner { id }", new_partner("Ac\"me <x>, Ümlaut", "ada@acme.example")).await;
    worker.drain().await.unwrap();
    let letters = [receiver.next().await, receiver.next().await];
    let letter = letters.iter().find(|letter| letter["recipients"] == json!(["ada@acme.example"])).unwrap();
    assert_eq!(letter["to"], json!([{ "name": "", "address": "ada@acme.example" }]));
    assert_eq!(letter["subject"], "Partner Hub invites Ac\"me <x>, Ümlaut");
    assert_eq!(letter["headers"]["auto-submitted"], "auto-generated");
    assert!(letter["html"].as_str().unwrap().contains("Set your password"));
    let text = letter["text"].as_str().unwrap();
    let token = text.split("/accept#t=").nth(1).unwrap().split_whitespace().next().unwrap();
    assert!(letter["html"].as_str().unwrap().contains(token), "the HTML has the same link");
    let input = json!({ "token": token, "password": PASSWORD });
    let payload = app.anonymous().mutate("acceptInvitation", "viewer { onboardingStep }", input).await;
    assert_eq!(payload["viewer"]["onboardingStep"], "PARTNER_FORM");
}

#[tokio::test]
async fn a_greylisted_letter_comes_again_under_the_same_message_id() {
    let mut receiver = Receiver::start(1).await;
    let (app, worker) = hub_with_relay(&receiver, |_| {}).await;
    let link = partner_hub::domain::invitation::invite_first_admin(&app.system()).await.unwrap();
    worker.drain().await.unwrap();
    let status = app.delivery().await;
    assert_eq!(status.0, "DEFERRED");
    assert!(status.1.unwrap().contains("Greylisted"), "the relay's own words");
    assert_eq!(worker.drain().await.unwrap(), 0, "not before its time");
    app.hub.clock.advance(chrono::TimeDelta::seconds(37));
    assert_eq!(worker.drain().await.unwrap(), 1);
    let letter = receiver.next().await;
    assert!(letter["text"].as_str().unwrap().contains(&link.unwrap()), "the same link");
    let id = letter["messageId"].as_str().unwrap();
    assert_eq!(id, app.message_id().await);
    assert_eq!(app.delivery().await, ("SENT".into(), None));
}

#[tokio::test]
async fn a_relay_that_is_down_loses_nothing() {
    let gone = Receiver::start(0).await.port;
    let url = format!("smtp://127.0.0.1:{gone}");
    let app = TestApp::with(|settings| settings.smtp_url = Some(url)).await;
    let worker = Worker::new(Arc::clone(&app.hub), Mailer::new(&app.hub.config).unwrap());
    partner_hub::domain::invitation::invite_first_admin(&app.system()).await.unwrap();
    worker.drain().await.unwrap();
    assert_eq!(app.delivery().await.0, "DEFERRED");
    // The operator mends the relay; what waits is sent.
    app.hub.clock.advance(chrono::TimeDelta::seconds(37));
    assert_eq!(app.letters().await.len(), 1);
    assert_eq!(app.delivery().await.0, "SENT");
}

impl TestApp {
    /// Delivery state of the one invitation, with its reason.
    async fn delivery(&self) -> (String, Option<String>) {
        let row = self.one("SELECT delivery_status AS a, delivery_reason AS b FROM invitation").await;
        (row.try_get("", "a").unwrap(), row.try_get("", "b").unwrap())
    }

    /// The Message-ID of the one letter.
    async fn message_id(&self) -> String {
        let row = self.one("SELECT id FROM outbox").await;
        format!("<{}@localhost.localdomain>", row.try_get::<uuid::Uuid>("", "id").unwrap())
    }

    async fn one(&self, sql: &str) -> sea_orm::QueryResult {
        use sea_orm::ConnectionTrait;
        let backend = self.hub.pools.reads.get_database_backend();
        self.hub.pools.reads.query_one_raw(sea_orm::Statement::from_string(backend, sql)).await.unwrap().unwrap()
    }
}
