//! The worker as a server runs it: how it stops, and that it looks by itself.

use crate::support::{
    TestApp,
    relay::{Mode, Relay},
};
use chrono::TimeDelta;
use partner_hub::{
    clock::Clock,
    config::Settings,
    hub::Hub,
    mail::Mailer,
    outbox::{self, Letter, New},
    secret::ServerKey,
    worker::Worker,
};
use std::{sync::Arc, time::Duration};
use tokio::{
    sync::{
        mpsc::{UnboundedReceiver, unbounded_channel},
        watch,
    },
    task::JoinHandle,
    time::timeout,
};

/// Far longer than anything here takes, and shorter than the worker's own patience at its end.
const PATIENCE: Duration = Duration::from_secs(20);

/// A worker that runs until it is asked to stop.
fn run(worker: Worker) -> (watch::Sender<bool>, JoinHandle<()>) {
    let (stop, stopped) = watch::channel(false);
    (stop, tokio::spawn(worker.run(stopped)))
}

/// A hub that sends through the relay, and gives a try up after so many seconds.
async fn sending_to(relay: &Relay, seconds: u64) -> (TestApp, Worker) {
    let app = TestApp::with(|settings| {
        settings.smtp_url = Some(relay.url());
        settings.smtp_timeout = Some(seconds);
    })
    .await;
    let worker = Worker::new(Arc::clone(&app.hub), Mailer::new(&app.hub.config).unwrap());
    (app, worker)
}

#[tokio::test]
async fn a_stop_lets_letters_under_way_be_finished_and_leaves_the_others() {
    let relay = Relay::start().await;
    let (app, worker) = sending_to(&relay, 60).await;
    let addresses: Vec<_> = (10..22).map(|n| format!("n{n}@x.example")).collect();
    for address in &addresses {
        relay.treat(address, Mode::Held);
    }
    app.enqueue(addresses.into_iter()).await;
    let (stop, stopping) = run(worker.clone());
    relay.holds(10).await;
    stop.send(true).unwrap();
    relay.let_go(10);
    timeout(PATIENCE, stopping).await.expect("it stops").unwrap();
    assert_eq!(app.states().await, ["QUEUED 2", "SENT 10"]);
    // The next start sends what was left, and nothing again.
    relay.let_go(2);
    worker.drain().await.unwrap();
    assert_eq!((app.states().await, relay.received().len()), (vec!["SENT 12".to_owned()], 12));
}

#[tokio::test]
async fn a_stop_waits_no_longer_for_a_letter_than_a_try_may_take() {
    let relay = Relay::start().await;
    let (app, worker) = sending_to(&relay, 1).await;
    relay.treat("held@x.example", Mode::Held);
    app.enqueue(["held@x.example".to_owned()].into_iter()).await;
    let (stop, stopping) = run(worker.clone());
    relay.holds(1).await;
    stop.send(true).unwrap();
    timeout(PATIENCE, stopping).await.expect("it stops").unwrap();
    // Its try is settled and not left to the lease, so that the next start need not wait for that.
    assert_eq!(app.texts("SELECT state || ' ' || CAST(attempts AS TEXT) FROM outbox").await, ["QUEUED 1"]);
    let why = app.texts("SELECT last_error FROM outbox").await.remove(0);
    assert!(why.contains("did not answer within 1 second"), "{why}");
    app.hub.clock.advance(TimeDelta::seconds(37));
    relay.let_go(2);
    worker.drain().await.unwrap();
    let received = relay.received();
    assert_eq!((app.states().await, received.len()), (vec!["SENT 1".to_owned()], 2));
    assert_eq!(received[0].message_id, received[1].message_id);
}

/// A worker whose letters are heard of as soon as they are handed over.
fn heard(hub: &Arc<Hub>) -> (Worker, UnboundedReceiver<String>) {
    let (tell, told) = unbounded_channel();
    let mailer = Mailer::handing(&hub.config, move |letter| tell.send(letter.to.clone()).unwrap());
    (Worker::new(hub.clone(), mailer), told)
}

async fn next(told: &mut UnboundedReceiver<String>) -> String {
    timeout(PATIENCE, told.recv()).await.expect("a letter leaves").unwrap()
}

/// Turning the clock rings nobody's bell.
#[tokio::test]
async fn a_letter_whose_time_has_come_leaves_though_nobody_rings() {
    let app = TestApp::start().await;
    let (worker, mut told) = heard(&app.hub);
    let tx = app.system().begin().await.unwrap();
    let letter = |n: i32| New {
        id: tx.id(),
        at: tx.now() + TimeDelta::hours(i64::from(n)),
        recipient: format!("n{n}@x.example"),
        letter: Letter::Approved { partner: "Acme".into() },
        invitation: None,
    };
    outbox::enqueue_all(tx.conn(), tx.now(), (0..3).map(letter)).await.unwrap();
    tx.commit().await.unwrap();
    let (_stop, _running) = run(worker);
    for n in 0..3 {
        assert_eq!(next(&mut told).await, format!("n{n}@x.example"));
        app.hub.clock.advance(TimeDelta::hours(1));
    }
}

/// Another server on the same database that is told of nothing, as when its `LISTEN` is cut off.
async fn deaf(app: &TestApp) -> Arc<Hub> {
    let settings = Settings {
        database_url: Some(app.hub.config.database.expose().to_owned()),
        public_url: Some(app.base.clone()),
        ..Settings::default()
    };
    let config = settings.check().unwrap();
    let pools = partner_hub::db::connect(&config.database).await.unwrap();
    let clock: Clock = app.hub.clock.clone();
    Hub::new(pools, clock, config, ServerKey::new(vec![7; 32]).unwrap())
}

#[tokio::test]
async fn a_server_that_hears_nothing_of_the_others_sends_their_letters_all_the_same() {
    let app = TestApp::start().await;
    let (worker, mut told) = heard(&deaf(&app).await);
    let (_stop, _running) = run(worker);
    for round in 0..3 {
        let address = format!("n{round}@x.example");
        app.enqueue([address.clone()].into_iter()).await;
        assert_eq!(next(&mut told).await, address);
    }
}
