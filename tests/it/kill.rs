//! The program killed at random moments, and how many letters it sends a second. Mostly long: see `tests/long.sh`.

use crate::support::{Client, TestApp, database::TestDatabase, people::new_partner, relay::Relay};
use chrono::TimeDelta;
use partner_hub::{
    access::Access,
    clock::Clock,
    config::Settings,
    domain::invitation,
    hub::Hub,
    mail::Mailer,
    outbox::{self, Letter},
    secret::ServerKey,
    worker::Worker,
};
use serde_json::json;
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
    time::{Duration, Instant},
};
use tokio::process::{Child, Command};

const KEY: &str = "a key of the campaign, long enough for anybody";

fn number(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(otherwise)
}

/// The real program on this database and relay.
fn program(database: &TestDatabase, folder: &tempfile::TempDir, port: u16, relay: &Relay) -> Child {
    Command::new(env!("CARGO_BIN_EXE_partner-hub"))
        .env_clear()
        .env("RUST_LOG", "error")
        .env("DATABASE_URL", &database.url)
        .env("DATA_DIR", folder.path())
        .env("SECRET_KEY", KEY)
        .env("LISTEN", format!("127.0.0.1:{port}"))
        .env("PUBLIC_URL", format!("http://127.0.0.1:{port}"))
        .env("SMTP_URL", relay.url())
        .env("LIMIT_INVITATIONS_AN_HOUR", "1000000")
        .env("LIMIT_INVITATIONS_A_DAY", "1000000")
        .env("LIMIT_REQUESTS_A_MINUTE", "1000000")
        .env("LIMIT_STRANGERS_A_MINUTE", "1000000")
        .stdout(std::process::Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .unwrap()
}

/// The same database from inside, on a clock that can be turned; nothing of it is served.
async fn inside(database: &TestDatabase, port: u16, relay: &Relay) -> Arc<Hub> {
    let settings = Settings {
        database_url: Some(database.url.clone()),
        public_url: Some(format!("http://127.0.0.1:{port}")),
        smtp_url: Some(relay.url()),
        ..Settings::default()
    };
    let config = settings.check().unwrap();
    let pools = partner_hub::db::connect(&config.database).await.unwrap();
    let clock = Clock::manual(Clock::system().now());
    Hub::new(pools, clock, config, ServerKey::new(KEY.as_bytes().to_vec()).unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_a_few_times_it_loses_no_letter() {
    killed_under_invitations(10, 50).await;
}

/// Run by `make test-long`.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "long; tests/long.sh"]
async fn killed_at_any_moment_it_loses_no_letter() {
    killed_under_invitations(number("KILLS", 200), number("INVITATIONS", 500)).await;
}

/// So many kills under so many invitations: every acknowledged one has its letter, no letter is without its row, and
/// whatever comes twice comes under one Message-ID.
#[expect(clippy::print_stdout, reason = "the figures are what the long run is for")]
async fn killed_under_invitations(kills: u64, invitations: u64) {
    let (database, folder) = (TestDatabase::create().await, tempfile::tempdir().unwrap());
    let relay = Relay::start().await;
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let hub = inside(&database, port, &relay).await;
    let system = Access::system(hub.clone());
    partner_hub::domain::vendor::found(&system).await.unwrap();
    let link = invitation::invite_admin(&system, "admin@example.com").await.unwrap();
    let base = format!("http://127.0.0.1:{port}");
    let mut server = program(&database, &folder, port, &relay);
    let anonymous = Client::new(&base);
    ready(&base).await;
    let input = json!({ "token": link.split("#t=").nth(1).unwrap(), "password": "a long enough password" });
    let payload = anonymous.mutate("acceptInvitation", "session { token }", input).await;
    let admin = anonymous.with_token(payload["session"]["token"].as_str().unwrap());

    let mut acknowledged = BTreeSet::new();
    let (mut sent, mut random) = (0, number("SEED", 20_261_123));
    for _ in 0..kills {
        // xorshift: the same moments for the same seed, as far as a machine repeats itself.
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        let until = Instant::now() + Duration::from_micros(2_000 + random % 120_000);
        while Instant::now() < until && sent < invitations {
            let address = format!("a@n{sent}.example");
            sent += 1;
            let left = until.saturating_duration_since(Instant::now());
            let input = json!({ "input": new_partner("Acme", &address) });
            let query = "mutation($input: InvitePartnerInput!) { invitePartner(input: $input) { partner { id } } }";
            let request = admin.http.post(&admin.endpoint).bearer_auth(admin.token.as_ref().unwrap());
            let request = request.json(&json!({ "query": query, "variables": input })).send();
            if let Ok(Ok(answer)) = tokio::time::timeout(left, request).await
                && let Ok(Ok(body)) = tokio::time::timeout(left, answer.json::<serde_json::Value>()).await
                && body["data"]["invitePartner"]["partner"]["id"].is_string()
            {
                acknowledged.insert(address);
            }
        }
        server.kill().await.unwrap();
        server = program(&database, &folder, port, &relay);
        ready(&base).await;
    }
    while sent < invitations {
        let address = format!("a@n{sent}.example");
        sent += 1;
        admin.mutate("invitePartner", "partner { id }", new_partner("Acme", &address)).await;
        acknowledged.insert(address);
    }
    server.kill().await.unwrap();
    // Leases of the killed end; what they left is sent by the next worker.
    hub.clock.advance(TimeDelta::minutes(30));
    Worker::new(hub.clone(), Mailer::new(&hub.config).unwrap()).drain().await.unwrap();

    let rows: BTreeSet<String> = rows(&hub).await.into_iter().collect();
    let mut ids: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for letter in relay.received().into_iter().filter(|letter| letter.to.starts_with("a@n")) {
        ids.entry(letter.to).or_default().push(letter.message_id);
    }
    let lost: Vec<_> = acknowledged.iter().filter(|address| !ids.contains_key(*address)).collect();
    assert!(lost.is_empty(), "acknowledged and without a letter: {lost:?}");
    assert!(rows.iter().all(|address| ids.contains_key(address)), "a row without a letter");
    assert!(ids.keys().all(|address| rows.contains(address)), "a letter without a row");
    let twice = ids.values().filter(|ids| ids.len() > 1).count();
    // Only what was under way at a kill may come again: the hub sends ten letters at once.
    let repeats: usize = ids.values().map(|ids| ids.len() - 1).sum();
    let most = usize::try_from(kills).unwrap() * 10;
    assert!(repeats <= most, "{repeats} repeats of {kills} kills");
    assert!(ids.values().all(|ids| ids.iter().all(|id| *id == ids[0])), "one Message-ID for each");
    println!(
        "{kills} kills, {sent} invitations asked for, {} acknowledged, {} letters, {twice} came more than once, \
         {repeats} repeats of at most {most}",
        acknowledged.len(),
        ids.len()
    );
}

async fn ready(base: &str) {
    let started = Instant::now();
    while reqwest::get(format!("{base}/health")).await.is_err() {
        assert!(started.elapsed() < Duration::from_secs(60), "the program does not start");
        tokio::task::yield_now().await;
    }
}

/// To whom invitations were written, by the rows.
async fn rows(hub: &Hub) -> Vec<String> {
    use sea_orm::{ConnectionTrait, Statement};
    let sql = "SELECT recipient AS a FROM outbox WHERE kind = 'invitation' AND recipient LIKE 'a@n%'";
    let backend = hub.pools.reads.get_database_backend();
    let rows = hub.pools.reads.query_all_raw(Statement::from_string(backend, sql)).await.unwrap();
    rows.iter().map(|row| row.try_get("", "a").unwrap()).collect()
}

/// Four workers, 2,000 letters, none sent by two; and how fast that was.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "long; tests/long.sh"]
#[expect(clippy::print_stdout, reason = "the figures are what the run is for")]
async fn four_workers_share_two_thousand_letters() {
    let letters = 2_000;
    for workers in [1, 4] {
        let relay = Relay::start().await;
        let app = TestApp::with(|settings| settings.smtp_url = Some(relay.url())).await;
        let tx = app.system().begin().await.unwrap();
        for n in 0..letters {
            let letter = Letter::Approved { partner: "Acme".into() };
            outbox::enqueue(tx.conn(), tx.id(), tx.now(), &format!("n{n}@x.example"), &letter, None).await.unwrap();
        }
        tx.commit().await.unwrap();
        let started = Instant::now();
        let mut running = tokio::task::JoinSet::new();
        for _ in 0..workers {
            let worker = Worker::new(Arc::clone(&app.hub), Mailer::new(&app.hub.config).unwrap());
            running.spawn(async move { worker.drain().await.unwrap() });
        }
        running.join_all().await;
        let seconds = started.elapsed().as_secs_f64();
        let ids: BTreeSet<_> = relay.received().into_iter().map(|letter| letter.message_id).collect();
        assert_eq!((ids.len(), relay.received().len(), relay.tries()), (letters, letters, letters));
        println!("{workers} workers: {letters} letters in {seconds:.1} s, {:.0} a second", letters as f64 / seconds);
    }
}
