//! A hub per test, clients of it, and the people in it.

pub(crate) mod client;
pub(crate) mod database;
pub(crate) mod logs;
pub(crate) mod people;
pub(crate) mod program;
pub(crate) mod relay;
pub(crate) mod socket;
pub(crate) mod statements;
pub(crate) mod wire;

pub(crate) use client::{Answer, Client};

use partner_hub::{
    access::Access,
    changes::Listener,
    clock::Clock,
    config::{KeySource, Settings},
    http::{self, Timing},
    hub::Hub,
    mail::{Composed, Mailer, Sent},
    worker::Worker,
};
use secrecy::ExposeSecret;
use statements::Statements;
use std::sync::Arc;
use tokio::{net::TcpListener, sync::watch, task::JoinHandle};

/// A hub with a database of its own, a clock that stands still and a mailer that keeps letters.
pub(crate) struct TestApp {
    pub(crate) hub: Arc<Hub>,
    pub(crate) base: String,
    pub(crate) statements: Statements,
    pub(crate) worker: Worker,
    sent: Sent,
    database: Arc<database::TestDatabase>,
    stop: watch::Sender<bool>,
    server: JoinHandle<()>,
}

impl TestApp {
    pub(crate) async fn start() -> Self {
        Self::with(|_| {}).await
    }

    /// Starts a hub whose settings differ from development's.
    pub(crate) async fn with(change: impl FnOnce(&mut Settings)) -> Self {
        let clock = Clock::manual(chrono::DateTime::from_timestamp(1_800_000_000, 0).unwrap());
        Self::build(Arc::new(database::TestDatabase::create().await), clock, change, Timing::default()).await
    }

    /// Starts a hub with another patience.
    pub(crate) async fn timed(timing: Timing) -> Self {
        let clock = Clock::manual(chrono::DateTime::from_timestamp(1_800_000_000, 0).unwrap());
        Self::build(Arc::new(database::TestDatabase::create().await), clock, |_| {}, timing).await
    }

    /// Another server on the same database.
    pub(crate) async fn beside(&self) -> Self {
        self.beside_with(|_| {}, Timing::default()).await
    }

    /// The same with other settings, or another patience.
    pub(crate) async fn beside_with(&self, change: impl FnOnce(&mut Settings), timing: Timing) -> Self {
        Self::build(self.database.clone(), self.hub.clock.clone(), change, timing).await
    }

    /// Asks the server to stop, and waits until it has.
    pub(crate) async fn stop(self) {
        self.stop.send(true).unwrap();
        self.server.await.unwrap();
    }

    async fn build(
        database: Arc<database::TestDatabase>,
        clock: Clock,
        change: impl FnOnce(&mut Settings),
        timing: Timing,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let mut settings = Settings {
            database_url: Some(database.url.clone()),
            public_url: Some(base.clone()),
            ..Settings::default()
        };
        unhurried(&mut settings);
        change(&mut settings);
        let config = settings.check().unwrap();
        let mut pools = partner_hub::db::connect(&config.database).await.unwrap();
        let statements = Statements::count_on(&mut pools);
        let (mailer, sent) = Mailer::memory(&config);
        let key = match &config.secret_key {
            KeySource::Given(key) => key.expose_secret().as_bytes().to_vec(),
            KeySource::Kept(_) => vec![7; 32],
        };
        let key = config.keys(key).unwrap();
        let hub = Hub::new(pools, clock, config, key);
        partner_hub::domain::vendor::found(&Access::system(hub.clone())).await.unwrap();
        let (stop, stopped) = watch::channel(false);
        if let Some(others) = Listener::open(&hub.config.database, &hub.changes, &hub.bell).await.unwrap() {
            tokio::spawn(others.run(stopped.clone()));
        }
        let router = http::router_with(hub.clone(), timing);
        let serving = hub.clone();
        let server = tokio::spawn(async move {
            http::serve_with(listener, router, &serving.config, stopped, timing).await;
        });
        let worker = Worker::new(hub.clone(), mailer);
        Self { hub, base, statements, worker, sent, database, stop, server }
    }

    /// The hub itself, for what no front door leads to yet.
    pub(crate) fn system(&self) -> Access {
        Access::system(self.hub.clone())
    }

    /// A client that is not signed in.
    pub(crate) fn anonymous(&self) -> Client {
        Client::new(&self.base)
    }

    /// Sends what is due, and answers all letters so far.
    pub(crate) async fn letters(&self) -> Vec<Composed> {
        self.worker.drain().await.unwrap();
        self.sent.lock().unwrap().clone()
    }

    /// The newest letter to an address.
    pub(crate) async fn letter_to(&self, address: &str) -> Composed {
        let letters = self.letters().await;
        letters
            .into_iter()
            .rev()
            .find(|letter| letter.to == address)
            .unwrap_or_else(|| panic!("no letter to {address}"))
    }

    /// One text of each row of a statement.
    pub(crate) async fn texts(&self, sql: &str) -> Vec<String> {
        use sea_orm::{ConnectionTrait, Statement};
        let reads = &self.hub.pools.reads;
        let rows = reads.query_all_raw(Statement::from_string(reads.get_database_backend(), sql)).await.unwrap();
        rows.iter().map(|row| row.try_get_by::<String, usize>(0).unwrap()).collect()
    }

    /// How many rows a table has: what must not change when something is refused.
    pub(crate) async fn rows(&self) -> Vec<(&'static str, i64)> {
        use sea_orm::{ConnectionTrait, Statement};
        let mut rows = Vec::new();
        for table in ["partner", "user", "invitation", "form_submission", "integration", "tenant", "outbox", "activity"]
        {
            let sql = format!("SELECT COUNT(*) AS n FROM \"{table}\"");
            let backend = self.hub.pools.reads.get_database_backend();
            let row = self.hub.pools.reads.query_one_raw(Statement::from_string(backend, sql)).await.unwrap().unwrap();
            rows.push((table, row.try_get::<i64>("", "n").unwrap()));
        }
        rows
    }
}

/// As many requests as a test takes: its clock stands still, so that a minute never ends.
fn unhurried(settings: &mut Settings) {
    settings.limits.requests_a_minute = Some(1_000_000_000);
    settings.limits.objects_a_minute = Some(1_000_000_000_000);
    settings.limits.strangers_a_minute = Some(1_000_000_000);
}

/// As many invitations as a campaign takes.
pub(crate) fn unlimited_invitations(settings: &mut Settings) {
    settings.limits.invitations_an_hour = Some(1_000_000);
    settings.limits.invitations_a_day = Some(1_000_000);
}

/// The token in a letter's link.
pub(crate) fn token_in(letter: &Composed) -> String {
    let rest = letter.text.split("#t=").nth(1).expect("the letter has a link");
    rest.split_whitespace().next().expect("the link has a token").to_owned()
}
