//! What becomes of letters when the mail server is not as it should be.

mod secure;

use crate::support::{
    TestApp,
    people::new_partner,
    relay::{Manner, Mode, Relay},
};
use chrono::TimeDelta;
use partner_hub::{
    mail::Mailer,
    outbox::{self, Letter},
    worker::Worker,
};
use sea_orm::{ConnectionTrait, Statement};
use std::{collections::BTreeSet, sync::Arc};

/// A hub that sends through the relay, and gives up a try after four seconds.
async fn hub(url: String) -> (TestApp, Worker) {
    let app = TestApp::with(|settings| {
        settings.smtp_url = Some(url);
        settings.smtp_timeout = Some(4);
        settings.smtp_hello = Some("hub.acme.example".into());
    })
    .await;
    let worker = Worker::new(Arc::clone(&app.hub), Mailer::new(&app.hub.config).unwrap());
    (app, worker)
}

impl TestApp {
    /// One value of the first row, as text; what is empty is the empty text.
    async fn text(&self, sql: &str) -> String {
        let backend = self.hub.pools.reads.get_database_backend();
        let row = self.hub.pools.reads.query_one_raw(Statement::from_string(backend, sql)).await.unwrap();
        row.and_then(|row| row.try_get::<Option<String>>("", "a").unwrap()).unwrap_or_default()
    }

    async fn count(&self, sql: &str) -> i64 {
        let backend = self.hub.pools.reads.get_database_backend();
        let row = self.hub.pools.reads.query_one_raw(Statement::from_string(backend, sql)).await.unwrap();
        row.unwrap().try_get("", "n").unwrap()
    }

    /// Letters that need nothing but their row.
    pub(crate) async fn enqueue(&self, addresses: impl Iterator<Item = String>) {
        let tx = self.system().begin().await.unwrap();
        for address in addresses {
            let letter = Letter::Approved { partner: "Acme".into() };
            outbox::enqueue(tx.conn(), tx.id(), tx.now(), &address, &letter, None).await.unwrap();
        }
        tx.commit().await.unwrap();
    }
}

#[tokio::test]
async fn each_kind_of_failure_ends_as_it_should_and_holds_nobody_up() {
    let relay = Relay::start().await;
    let (app, worker) = hub(relay.url()).await;
    let modes = [
        ("grey@x.example", Mode::Greylist),
        ("later@x.example", Mode::Temporary),
        ("nobody@x.example", Mode::Permanent),
        ("before@x.example", Mode::HangBeforeData),
        ("after@x.example", Mode::HangAfterData),
        ("drop@x.example", Mode::DropAfterData),
        ("slow@x.example", Mode::Slow),
    ];
    for (address, mode) in modes {
        relay.treat(address, mode);
    }
    let good = (0..20).map(|n| format!("good{n}@x.example"));
    app.enqueue(modes.iter().map(|(address, _)| (*address).to_owned()).chain(good)).await;
    assert_eq!(worker.drain().await.unwrap(), 27, "each once");
    assert_eq!(app.count("SELECT COUNT(*) AS n FROM outbox WHERE state = 'SENT'").await, 20);
    let failed = app.text("SELECT last_error AS a FROM outbox WHERE state = 'FAILED'").await;
    assert!(failed.contains("does not exist") && failed.contains("No such user"), "{failed}");
    app.hub.clock.advance(TimeDelta::minutes(10));
    worker.drain().await.unwrap();
    let to = |address: &str| relay.received().into_iter().filter(|letter| letter.to == address).collect::<Vec<_>>();
    assert_eq!(to("grey@x.example").len(), 1, "exactly one letter");
    assert_eq!(to("nobody@x.example").len(), 0);
    let twice = to("drop@x.example");
    assert_eq!(twice.len(), 2, "one duplicate");
    assert_eq!(twice[0].message_id, twice[1].message_id);
    assert_eq!(twice[0].text, twice[1].text, "and it is the same to the letter");
    let nobody = "SELECT CAST(attempts AS BIGINT) AS n FROM outbox WHERE recipient = 'nobody@x.example'";
    assert_eq!(app.count(nobody).await, 1, "no second try");
    assert!(relay.greetings().iter().all(|name| name == "hub.acme.example"), "{:?}", relay.greetings());
    // What hangs for ever is given up in the end.
    app.hub.clock.advance(TimeDelta::hours(80));
    worker.drain().await.unwrap();
    assert_eq!(app.count("SELECT COUNT(*) AS n FROM outbox WHERE state = 'FAILED'").await, 5);
    assert_eq!(app.count("SELECT COUNT(*) AS n FROM outbox WHERE state IN ('QUEUED', 'SENDING')").await, 0);
}

#[tokio::test]
async fn a_bounced_invitation_says_why_and_the_vendor_is_told_once() {
    let relay = Relay::start().await;
    let (app, worker) = hub(relay.url()).await;
    let admin = app.admin().await;
    relay.treat("ada@acme.example", Mode::Permanent);
    admin.mutate("invitePartner", "partner { id }", new_partner("Acme", "ada@acme.example")).await;
    for _ in 0..4 {
        worker.drain().await.unwrap();
        app.hub.clock.advance(TimeDelta::days(2));
    }
    let state = app.text("SELECT delivery_status AS a FROM invitation WHERE email = 'ada@acme.example'").await;
    assert_eq!(state, "BOUNCED");
    let reason = app.text("SELECT delivery_reason AS a FROM invitation WHERE email = 'ada@acme.example'").await;
    assert!(reason.starts_with("The address does not exist."), "{reason}");
    assert_eq!(app.count("SELECT COUNT(*) AS n FROM activity WHERE event = 'invitation.bounced'").await, 1);
    let notices = relay.received().into_iter().filter(|letter| letter.text.contains("Not delivered")).count();
    assert_eq!(notices, 1);
    assert_eq!(relay.received().iter().filter(|letter| letter.to == "ada@acme.example").count(), 0);
    let reminders = app.count("SELECT COUNT(*) AS n FROM outbox WHERE kind = 'reminder'").await;
    assert_eq!(reminders, 0, "an address that does not exist is not reminded");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_relay_that_was_down_is_caught_up_with() {
    let port = Relay::start().await.port;
    let (app, worker) = hub(format!("smtp://127.0.0.1:{port}")).await;
    app.enqueue((0..1000).map(|n| format!("n{n}@x.example"))).await;
    let start = app.hub.clock.now();
    while app.hub.clock.now() < start + TimeDelta::minutes(10) {
        worker.drain().await.unwrap();
        app.hub.clock.advance(TimeDelta::seconds(1));
    }
    let most = app.count("SELECT CAST(MAX(attempts) AS BIGINT) AS n FROM outbox").await;
    assert_eq!(most, 0, "no try is spent on a relay that is down");
    let relay = Relay::start_at(port).await;
    let back = app.hub.clock.now();
    while relay.received().len() < 1000 {
        worker.drain().await.unwrap();
        app.hub.clock.advance(TimeDelta::seconds(1));
        assert!(app.hub.clock.now() <= back + TimeDelta::seconds(90), "{} have left", relay.received().len());
    }
    let to: BTreeSet<_> = relay.received().into_iter().map(|letter| letter.to).collect();
    assert_eq!(to.len(), 1000, "each once");
}

#[tokio::test]
async fn a_server_that_closes_to_one_letter_does_not_starve_the_others() {
    let relay = Relay::start().await;
    let (app, worker) = hub(relay.url()).await;
    relay.treat("poison@x.example", Mode::Closing);
    let others = (0..5).map(|n| format!("n{n}@x.example"));
    app.enqueue(["poison@x.example".to_owned()].into_iter().chain(others)).await;
    for _ in 0..60 {
        worker.drain().await.unwrap();
        app.hub.clock.advance(TimeDelta::seconds(5));
    }
    assert_eq!(relay.received().len(), 5);
}

#[tokio::test]
async fn a_letter_that_alone_is_closed_out_is_given_up_in_the_end() {
    let relay = Relay::start().await;
    let (app, worker) = hub(relay.url()).await;
    relay.treat("poison@x.example", Mode::Closing);
    app.enqueue(["poison@x.example".to_owned(), "good@x.example".to_owned()].into_iter()).await;
    for hour in 0..80 {
        app.enqueue([format!("hour{hour}@x.example")].into_iter()).await;
        worker.drain().await.unwrap();
        app.hub.clock.advance(TimeDelta::hours(1));
    }
    let poison = app.text("SELECT state AS a FROM outbox WHERE recipient = 'poison@x.example'").await;
    assert_eq!((poison.as_str(), relay.received().len()), ("FAILED", 81));
}

#[tokio::test]
async fn a_relay_that_refuses_the_hub_itself_spends_no_try_and_bounces_nobody() {
    for manner in [
        Manner::Mute,
        Manner::Chatty,
        Manner::ShutDoor,
        Manner::DeafToHello,
        Manner::RefusesSender,
        Manner::BlamesSender,
    ] {
        let relay = Relay::start().await;
        let (app, worker) = hub(relay.url()).await;
        relay.behave(manner);
        app.enqueue(["ada@acme.example".to_owned()].into_iter()).await;
        for _ in 0..3 {
            worker.drain().await.unwrap();
            app.hub.clock.advance(TimeDelta::minutes(1));
        }
        let row = "SELECT state || ' ' || CAST(attempts AS TEXT) AS a FROM outbox";
        assert_eq!(app.text(row).await, "QUEUED 0", "{manner:?}");
        relay.behave(Manner::Civil);
        worker.drain().await.unwrap();
        assert_eq!(relay.received().len(), 1, "{manner:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn four_workers_send_nothing_twice() {
    let relay = Relay::start().await;
    let (app, _) = hub(relay.url()).await;
    let letters = 300;
    app.enqueue((0..letters).map(|n| format!("n{n}@x.example"))).await;
    let mut workers = tokio::task::JoinSet::new();
    for _ in 0..4 {
        let worker = Worker::new(Arc::clone(&app.hub), Mailer::new(&app.hub.config).unwrap());
        workers.spawn(async move { worker.drain().await.unwrap() });
    }
    let tried: usize = workers.join_all().await.into_iter().sum();
    assert_eq!((tried, relay.received().len(), relay.tries()), (letters, letters, letters));
}

#[tokio::test]
async fn links_that_are_handed_over_need_no_letters() {
    let app = TestApp::with(|settings| settings.links_by_hand = Some(true)).await;
    let worker = Worker::new(Arc::clone(&app.hub), Mailer::new(&app.hub.config).unwrap());
    let admin = app.admin().await;
    admin.mutate("invitePartner", "partner { id }", new_partner("Acme", "ada@acme.example")).await;
    worker.drain().await.unwrap();
    let reason = app.text("SELECT delivery_reason AS a FROM invitation WHERE email = 'ada@acme.example'").await;
    assert!(reason.contains("Copy the invitation's link"), "{reason}");
    assert_eq!(worker.drain().await.unwrap(), 0, "no notice about it either");
}
