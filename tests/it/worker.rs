//! The worker itself: what breaks in it stays a letter's or a chore's own trouble.

mod running;

use crate::support::{
    TestApp,
    people::new_partner,
    relay::{Mode, Relay},
};
use chrono::TimeDelta;
use partner_hub::{
    mail::Mailer,
    outbox::{self, Letter},
    worker::Worker,
};
use sea_orm::ConnectionTrait;
use serde_json::json;
use std::sync::Arc;

impl TestApp {
    async fn enqueue_to(&self, addresses: impl Iterator<Item = String>) {
        let tx = self.system().begin().await.unwrap();
        for address in addresses {
            let letter = Letter::Approved { partner: "Acme".into() };
            outbox::enqueue(tx.conn(), tx.id(), tx.now(), &address, &letter, None).await.unwrap();
        }
        tx.commit().await.unwrap();
    }

    async fn states(&self) -> Vec<String> {
        self.texts("SELECT state || ' ' || CAST(COUNT(*) AS TEXT) FROM outbox GROUP BY state ORDER BY state").await
    }

    async fn run(&self, sql: &str) {
        self.hub.pools.writes.execute_unprepared(sql).await.unwrap();
    }
}

#[tokio::test]
async fn one_poisoned_letter_holds_up_no_other_and_is_given_up() {
    let app = TestApp::start().await;
    app.enqueue_to((0..100).map(|n| format!("n{n}@x.example"))).await;
    app.run("UPDATE outbox SET params = '{}' WHERE recipient = 'n50@x.example'").await;
    assert_eq!(app.letters().await.len(), 99);
    for _ in 0..6 {
        app.hub.clock.advance(TimeDelta::hours(2));
        app.letters().await;
    }
    assert_eq!(app.states().await, ["FAILED 1", "SENT 99"]);
    let tries = "SELECT CAST(attempts AS TEXT) || ' ' || CAST(broken AS TEXT) FROM outbox WHERE state = 'FAILED'";
    assert_eq!(app.texts(tries).await, ["5 5"]);
}

#[tokio::test]
async fn a_panic_is_a_failed_try_of_one_letter() {
    let app = TestApp::start().await;
    app.enqueue_to((0..20).map(|n| format!("n{n}@x.example"))).await;
    let mailer = Mailer::handing(&app.hub.config, |letter| assert_ne!(letter.to, "n7@x.example", "poisoned"));
    let worker = Worker::new(Arc::clone(&app.hub), mailer);
    assert_eq!(worker.drain().await.unwrap(), 20);
    assert_eq!(app.states().await, ["QUEUED 1", "SENT 19"]);
    for _ in 0..6 {
        app.hub.clock.advance(TimeDelta::hours(2));
        worker.drain().await.unwrap();
    }
    assert_eq!(app.states().await, ["FAILED 1", "SENT 19"]);
}

#[tokio::test]
async fn what_a_relay_put_off_does_not_count_against_a_letter_that_cannot_be_written_once() {
    let relay = Relay::start().await;
    let app = TestApp::with(|settings| settings.smtp_url = Some(relay.url())).await;
    let worker = Worker::new(Arc::clone(&app.hub), Mailer::new(&app.hub.config).unwrap());
    relay.treat("n0@x.example", Mode::Temporary);
    app.enqueue_to(["n0@x.example".to_owned()].into_iter()).await;
    for _ in 0..6 {
        worker.drain().await.unwrap();
        app.hub.clock.advance(TimeDelta::hours(2));
    }
    let kept = app.texts("SELECT CAST(params AS TEXT) FROM outbox").await.remove(0);
    app.run("UPDATE outbox SET params = '{}'").await;
    worker.drain().await.unwrap();
    assert_eq!(app.states().await, ["QUEUED 1"], "broken once, after six that were put off");
    app.run(&format!("UPDATE outbox SET params = '{kept}'")).await;
    relay.treat("n0@x.example", Mode::Ok);
    app.hub.clock.advance(TimeDelta::hours(2));
    worker.drain().await.unwrap();
    assert_eq!(app.states().await, ["SENT 1"]);
}

#[tokio::test]
async fn a_chore_that_cannot_be_done_keeps_no_other_from_being_done() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    admin.mutate("invitePartner", "partner { id }", new_partner("Acme", "ada@acme.example")).await;
    app.letters().await;
    app.hub.clock.advance(TimeDelta::days(3) + TimeDelta::hours(1));
    app.run("ALTER TABLE throttle RENAME TO elsewhere").await;
    assert!(app.worker.drain().await.is_err(), "and it is said");
    app.run("ALTER TABLE elsewhere RENAME TO throttle").await;
    let reminded = app.letters().await.iter().filter(|letter| letter.subject.starts_with("Reminder")).count();
    let sessions = app.texts("SELECT CAST(COUNT(*) AS TEXT) FROM session").await;
    assert_eq!((reminded, sessions), (1, vec!["0".to_owned()]));
}

#[tokio::test]
async fn rows_that_have_done_their_work_go_after_a_month_and_failed_ones_after_three() {
    let app = TestApp::start().await;
    app.enqueue_to((0..3).map(|n| format!("n{n}@x.example"))).await;
    app.letters().await;
    app.run("UPDATE outbox SET state = 'FAILED' WHERE recipient = 'n0@x.example'").await;
    app.run("UPDATE outbox SET state = 'CANCELLED' WHERE recipient = 'n1@x.example'").await;
    for (days, left) in [(29, 3), (2, 1), (58, 1), (2, 0)] {
        app.hub.clock.advance(TimeDelta::days(days));
        app.worker.drain().await.unwrap();
        let rows = app.texts("SELECT CAST(COUNT(*) AS TEXT) FROM outbox").await;
        assert_eq!(rows, [left.to_string()], "after {days} days more");
    }
}

#[tokio::test]
async fn what_becomes_of_a_letter_is_shown_with_its_invitation() {
    let relay = Relay::start().await;
    let app = TestApp::with(|settings| settings.smtp_url = Some(relay.url())).await;
    let worker = Worker::new(Arc::clone(&app.hub), Mailer::new(&app.hub.config).unwrap());
    let admin = app.admin().await;
    // A reminder would have a delivery of its own.
    admin.mutate("updateVendor", "vendor { id }", json!({ "reminderDays": [] })).await;
    relay.treat("ada@acme.example", Mode::Temporary);
    let mut input = new_partner("Acme", "ada@acme.example");
    input["expiresInHours"] = json!(720);
    admin.mutate("invitePartner", "partner { id }", input).await;
    let delivery = |admin: crate::support::Client| async move {
        let query =
            "{ invitations(first: 1) { nodes { delivery { status reason lastAttemptAt } history { event } } } }";
        admin.data(query, json!({})).await["invitations"]["nodes"][0].clone()
    };
    let seen = delivery(admin.clone()).await["delivery"].clone();
    assert_eq!(seen, json!({ "status": "QUEUED", "reason": null, "lastAttemptAt": null }));
    worker.drain().await.unwrap();
    let seen = delivery(admin).await["delivery"].clone();
    let mut tried = app.hub.clock.now().to_rfc3339();
    assert_eq!((&seen["status"], &seen["lastAttemptAt"]), (&json!("DEFERRED"), &json!(tried)));
    for _ in 0..80 {
        app.hub.clock.advance(TimeDelta::hours(1));
        let received = relay.received().len();
        let before = relay.tries() - received;
        worker.drain().await.unwrap();
        // The vendor's notice is tried, too, and taken.
        if relay.tries() - relay.received().len() > before {
            tried = app.hub.clock.now().to_rfc3339();
        }
    }
    let seen = delivery(app.login("admin@example.com").await).await;
    assert_eq!(seen["delivery"]["status"], "FAILED", "{seen}");
    assert_eq!(seen["delivery"]["lastAttemptAt"], json!(tried), "{seen}");
    let events = seen["history"].as_array().unwrap().iter().filter(|line| line["event"] == "invitation.not_delivered");
    let notices = relay.received().into_iter().filter(|letter| letter.text.contains("Not delivered")).count();
    assert_eq!((events.count(), notices), (1, 1));
}
