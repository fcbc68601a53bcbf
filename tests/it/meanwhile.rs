//! What happens to an account between a look at it and the write: a log-in that meets a new password, an approval,
//! or another log-in.
//!
//! A transaction of the test holds the user's row, so that what it meets there has looked already and waits to write.

use crate::{
    mutations::factor::{begin, set_up},
    support::{
        Answer, Client, TestApp,
        people::{Kind, PASSWORD, Partner},
    },
};
use partner_hub::db;
use sea_orm::{ConnectionTrait, DatabaseTransaction};
use serde_json::{Value, json};
use tokio::task::JoinHandle;

const NEW: &str = "seven lanterns over Tromso bay";

/// Holds a user's row on PostgreSQL, and the place of the only writer on SQLite.
async fn hold(app: &TestApp, email: &str) -> DatabaseTransaction {
    hold_in(app, "user", email).await
}

/// The same of any table that has an address.
pub(crate) async fn hold_in(app: &TestApp, table: &str, email: &str) -> DatabaseTransaction {
    let tx = db::begin_write(&app.hub.pools.writes).await.unwrap();
    if db::is_postgres(&tx) {
        let row = format!("SELECT id FROM \"{table}\" WHERE email = '{email}' FOR NO KEY UPDATE");
        tx.execute_unprepared(&row).await.unwrap();
    }
    tx
}

/// Waits until a request stands still at a held row, or has been answered. SQLite does not tell who waits; there any
/// order will do.
pub(crate) async fn stands<T>(app: &TestApp, waiting: usize, request: &JoinHandle<T>) {
    let blocked = "SELECT CAST(COUNT(*) AS TEXT) FROM pg_stat_activity \
                   WHERE datname = current_database() AND wait_event_type = 'Lock'";
    while db::is_postgres(&app.hub.pools.reads) && !request.is_finished() {
        if app.texts(blocked).await[0].parse::<usize>().unwrap() >= waiting {
            return;
        }
        tokio::task::yield_now().await;
    }
}

pub(crate) fn ask(client: &Client, mutation: &'static str, fields: &'static str, input: Value) -> JoinHandle<Answer> {
    let client = client.clone();
    tokio::spawn(async move { client.try_mutate(mutation, fields, input).await })
}

fn log_in(app: &TestApp, email: &str) -> JoinHandle<Answer> {
    ask(&app.anonymous(), "login", "session { token }", json!({ "email": email, "password": PASSWORD }))
}

/// Who a log-in's session stands for now.
async fn role(app: &TestApp, login: &Answer) -> Option<String> {
    let token = login.payload("login")["session"]["token"].as_str()?.to_owned();
    let viewer = app.anonymous().with_token(&token).data("{ viewer { role } }", json!({})).await;
    viewer["viewer"]["role"].as_str().map(str::to_owned)
}

async fn acme(app: &TestApp, kind: Kind) -> (Client, Partner) {
    let admin = app.admin().await;
    let acme = app.partner(&admin, "Acme", kind).await;
    (admin, acme)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_old_password_opens_no_session_that_outlives_it() {
    let app = TestApp::start().await;
    let (_, acme) = acme(&app, Kind::Created).await;
    let held = hold(&app, &acme.email).await;
    let input = json!({ "currentPassword": PASSWORD, "newPassword": NEW });
    let change = ask(&acme.user, "changePassword", "session { token }", input);
    stands(&app, 1, &change).await;
    let login = log_in(&app, &acme.email);
    stands(&app, 2, &login).await;
    held.commit().await.unwrap();
    assert_eq!(change.await.unwrap().refusals("changePassword"), []);
    let login = login.await.unwrap();
    assert_eq!(role(&app, &login).await, None, "{:#}", login.body);
    if db::is_postgres(&app.hub.pools.reads) {
        assert_eq!(login.refusals("login")[0].1, "INVALID_CREDENTIALS");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_onboarding_session_is_left_once_the_partner_is_approved() {
    let app = TestApp::start().await;
    let (admin, acme) = acme(&app, Kind::Invited).await;
    let held = hold(&app, &acme.email).await;
    let login = log_in(&app, &acme.email);
    stands(&app, 1, &login).await;
    let approval = ask(&admin, "approvePartner", "partner { status }", json!({ "id": acme.id }));
    stands(&app, 2, &approval).await;
    held.commit().await.unwrap();
    assert_eq!(approval.await.unwrap().refusals("approvePartner"), []);
    let login = login.await.unwrap();
    assert_ne!(role(&app, &login).await.as_deref(), Some("ONBOARDING"), "{:#}", login.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn ten_sessions_are_the_most_however_many_log_in_at_once() {
    let app = TestApp::start().await;
    let (_, acme) = acme(&app, Kind::Created).await;
    for _ in 0..8 {
        app.login(&acme.email).await;
    }
    let held = hold(&app, &acme.email).await;
    let logins: Vec<_> = (0..3).map(|_| log_in(&app, &acme.email)).collect();
    stands(&app, 3, &logins[0]).await;
    held.commit().await.unwrap();
    for login in logins {
        assert_eq!(login.await.unwrap().refusals("login"), []);
    }
    let sessions = format!(
        "SELECT CAST(COUNT(*) AS TEXT) FROM session s JOIN \"user\" u ON u.id = s.user_id WHERE u.email = '{}'",
        acme.email
    );
    assert_eq!(app.texts(&sessions).await, ["10"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_logs_in_while_the_hash_is_renewed_comes_in_as_well() {
    let app = TestApp::start().await;
    let (_, acme) = acme(&app, Kind::Created).await;
    app.date_password(&acme.email).await;
    let held = hold(&app, &acme.email).await;
    let logins = [log_in(&app, &acme.email), log_in(&app, &acme.email)];
    stands(&app, 2, &logins[0]).await;
    held.commit().await.unwrap();
    for login in logins {
        let login = login.await.unwrap();
        assert_eq!(role(&app, &login).await.as_deref(), Some("PARTNER_ADMIN"), "{:#}", login.body);
    }
}

/// A change of a second factor by a session that a new password ends while the change waits: it opens no other session.
async fn opens_nothing_after_a_new_password(
    app: &TestApp,
    email: &str,
    client: &Client,
    name: &'static str,
    input: Value,
) {
    let held = hold(app, email).await;
    let passwords = json!({ "currentPassword": PASSWORD, "newPassword": NEW });
    let change = ask(client, "changePassword", "session { token }", passwords);
    stands(app, 1, &change).await;
    let late = ask(client, name, "session { token }", input);
    stands(app, 2, &late).await;
    held.commit().await.unwrap();
    let (change, late) = (change.await.unwrap(), late.await.unwrap());
    if db::is_postgres(&app.hub.pools.reads) {
        assert!(change.codes().is_empty(), "{:#}", change.body);
        assert_eq!(late.codes(), ["UNAUTHENTICATED"], "{name}: {:#}", late.body);
    }
    // On SQLite either may come first; what the later one finds has ended.
    let token = late.body["data"][name]["session"]["token"].as_str();
    if let Some(token) = token.filter(|_| change.codes().is_empty()) {
        let viewer = client.with_token(token).data("{ viewer { role } }", json!({})).await;
        assert_eq!(viewer["viewer"], Value::Null, "{name}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_that_has_ended_sets_no_second_factor_up() {
    let app = TestApp::start().await;
    let (_, acme) = acme(&app, Kind::Created).await;
    let code = begin(&acme.user).await.code_in(&app, 0);
    let input = json!({ "code": code });
    opens_nothing_after_a_new_password(&app, &acme.email, &acme.user, "confirmSecondFactor", input).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_that_has_ended_takes_no_second_factor_away() {
    let app = TestApp::start().await;
    let (_, acme) = acme(&app, Kind::Created).await;
    let (ada, _, _) = set_up(&app, &acme.user).await;
    let input = json!({ "password": PASSWORD });
    opens_nothing_after_a_new_password(&app, &acme.email, &ada, "disableSecondFactor", input).await;
}
