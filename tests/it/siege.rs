//! Long campaigns against the doors: forged tokens, guessed passwords, storms of log-ins. `make test-long` runs them on
//! each engine; the figures that they print are for reading.
#![expect(clippy::print_stdout, reason = "the figures are what it is for")]

mod tokens;

use crate::support::{
    Client, TestApp,
    people::{Kind, new_partner},
    program::Program,
    token_in,
};
use chrono::TimeDelta;
use reqwest::header::HeaderMap;
use serde_json::json;
use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};
use tokio::task::JoinSet;

/// So many partners invited at once, and the tokens of their letters.
async fn invited(app: &TestApp, admin: &Client, name: &str, count: usize) -> Vec<String> {
    let address = |at: usize| format!("{name}{at}@siege.example");
    let rows: Vec<_> = (0..count).map(|at| new_partner(&format!("{name} {at}"), &address(at))).collect();
    admin.mutate("bulkInvitePartners", "acceptedCount", json!({ "rows": rows })).await;
    let letters = loop {
        let letters: Vec<_> = app.letters().await.into_iter().filter(|letter| letter.to.starts_with(name)).collect();
        if letters.len() == count {
            break letters;
        }
        app.hub.clock.advance(TimeDelta::seconds(10));
    };
    letters.iter().map(token_in).collect()
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "2,000 log-ins, and figures"]
async fn time_does_not_tell_who_has_an_account() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let acme = app.partner(&admin, "Acme", Kind::Created).await;
    let (mut known, mut unknown) = (Vec::new(), Vec::new());
    for at in 0..1_000 {
        // Every limit is full again, and both are asked for the first time.
        app.hub.clock.advance(TimeDelta::days(2));
        partner_hub::domain::throttle::sweep(&app.hub).await.unwrap();
        let mut pair = [(acme.email.clone(), &mut known), (format!("nobody{at}@acme.example"), &mut unknown)];
        if at % 2 == 0 {
            pair.reverse();
        }
        for (email, times) in pair {
            let began = Instant::now();
            let input = json!({ "email": email, "password": "a wrong password" });
            let answer = app.anonymous().try_mutate("login", "", input).await;
            times.push(began.elapsed());
            assert_eq!(answer.refusals("login")[0].1, "INVALID_CREDENTIALS");
        }
    }
    let median = |times: &mut Vec<Duration>| {
        times.sort();
        times[times.len() / 2].as_secs_f64() * 1e3
    };
    let (known, unknown) = (median(&mut known), median(&mut unknown));
    let apart = (known / unknown - 1.0) * 100.0;
    println!("2,000 log-ins: known {known:.2} ms, unknown {unknown:.2} ms, {apart:+.1} % apart");
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "10,000 guesses"]
async fn no_more_guesses_reach_the_hash_than_the_limits_say() {
    const ADDRESSES: usize = 50;
    const GUESSES: usize = 10_000;
    let app = TestApp::start().await;
    let beside = app.beside().await;
    let admin = app.admin().await;
    invited(&app, &admin, "u", ADDRESSES / 2).await;
    let reached: Arc<Vec<AtomicUsize>> = Arc::new((0..ADDRESSES).map(|_| AtomicUsize::new(0)).collect());
    let began = app.hub.clock.now();
    let mut guessers = JoinSet::new();
    for guesser in 0..8 {
        let client = if guesser % 2 == 0 { app.anonymous() } else { beside.anonymous() };
        let (clock, reached) = (app.hub.clock.clone(), reached.clone());
        guessers.spawn(async move {
            for at in (guesser..GUESSES).step_by(8) {
                clock.advance(TimeDelta::seconds(1));
                let email = format!("u{}@siege.example", at % ADDRESSES);
                let input = json!({ "email": email, "password": "a wrong password" });
                let answer = client.try_mutate("login", "", input).await;
                match answer.codes().as_slice() {
                    [] => drop(reached[at % ADDRESSES].fetch_add(1, Ordering::Relaxed)),
                    codes => assert_eq!(codes, ["RATE_LIMITED"]),
                }
            }
        });
    }
    while let Some(done) = guessers.join_next().await {
        done.unwrap();
    }
    let seconds = usize::try_from((app.hub.clock.now() - began).num_seconds()).unwrap();
    let counts: Vec<usize> = reached.iter().map(|count| count.load(Ordering::Relaxed)).collect();
    let (all, most) = (counts.iter().sum::<usize>(), counts.iter().max().copied().unwrap_or_default());
    // What domain/throttle/limits.rs says of one account from one network, of one account, and of one network.
    let account = (5 + seconds / 30).min(20 + seconds / 120).min(100);
    let network = 30 + seconds / 2;
    println!(
        "{GUESSES} guesses in {seconds} s: {all} reached the hash (network {network}), {most} of one account ({account})"
    );
    assert!(most <= account && all <= network, "{counts:?}");
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "a storm of log-ins, and figures"]
async fn a_storm_of_log_ins_leaves_room_for_the_others() {
    // In a process of its own: five hundred clients take more memory than what they ask for.
    let hub = Program::start(&[("TRUSTED_PROXIES", "127.0.0.1/32"), ("LIMIT_REQUESTS_A_MINUTE", "1000000")]).await;
    let admin = hub.admin().await;
    let before = hub.memory();
    let mut storm = JoinSet::new();
    for at in 0..500 {
        let mut from = HeaderMap::new();
        from.insert("x-forwarded-for", format!("198.51.{}.{}", at / 200, at % 200).parse().unwrap());
        let http = reqwest::Client::builder().default_headers(from).build().unwrap();
        let (client, email) = (Client { http, ..hub.anonymous() }, "admin@example.com".to_owned());
        storm.spawn(async move {
            let email = if at % 20 == 0 { email } else { format!("nobody{at}@acme.example") };
            client.try_mutate("login", "", json!({ "email": email, "password": "a wrong password" })).await
        });
    }
    let (mut answers, mut turned_away) = (Vec::new(), 0);
    while !storm.is_empty() {
        let began = Instant::now();
        assert_eq!(admin.data("{ viewer { role } }", json!({})).await["viewer"]["role"], "VENDOR_ADMIN");
        answers.push(began.elapsed());
        while let Some(login) = storm.try_join_next() {
            let login = login.unwrap();
            match login.codes()[..] {
                // The queue was full: nothing was tried.
                ["RATE_LIMITED"] => turned_away += 1,
                _ => assert_eq!(login.refusals("login")[0].1, "INVALID_CREDENTIALS"),
            }
        }
    }
    answers.sort();
    let (count, slowest, more) = (answers.len(), answers.last().unwrap(), hub.memory() - before);
    println!(
        "500 log-ins, {turned_away} turned away: viewer answered {count} times meanwhile, {slowest:.1?} at the slowest; \
         {more} MiB more at the peak"
    );
    // 500 hashes at once would take 9,500 MiB.
    assert!(more <= 100, "{more} MiB");
}
