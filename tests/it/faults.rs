//! What is ours: told as such, under an id by which the log tells more, and the server goes on.

use crate::support::{
    TestApp,
    logs::Logs,
    people::{Kind, PASSWORD},
    socket::Socket,
};
use chrono::DateTime;
use partner_hub::http::Timing;
use reqwest::StatusCode;
use sea_orm::ConnectionTrait;
use serde_json::json;
use std::time::Duration;

const LOG_IN: &str =
    "mutation L($input: LoginInput!) { login(input: $input) { session { token } userErrors { code } } }";

#[tokio::test]
async fn what_the_database_says_is_for_the_log() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let partner = app.partner(&admin, "Acme", Kind::Created).await.id;
    app.hub.pools.writes.execute_unprepared("ALTER TABLE tenant RENAME TO elsewhere").await.unwrap();
    let logs = Logs::listen();
    let query = "query P($id: ID!) { partner(id: $id) { name tenants { totalCount } } }";
    let answer = admin.send(query, json!({ "id": partner })).await;
    let id = answer.headers["x-request-id"].to_str().unwrap();
    let error = &answer.body["errors"][0];
    assert_eq!((answer.status, &error["message"]), (StatusCode::OK, &json!("Something went wrong.")));
    assert_eq!(error["extensions"], json!({ "code": "INTERNAL", "requestId": id }));
    assert!(!answer.body.to_string().contains("elsewhere"), "{}", answer.body);
    let log = logs.text();
    let line = log.lines().find(|line| line.contains("ERROR")).unwrap_or_else(|| panic!("{log}"));
    assert!(line.contains(id) && line.contains("tenant"), "{line}");

    let mut socket = Socket::of(&app, &admin).await;
    socket.start("1", query, json!({ "id": partner })).await;
    let told = socket.hear().await["payload"]["errors"][0].clone();
    assert_eq!((&told["message"], &told["extensions"]["code"]), (&error["message"], &json!("INTERNAL")));
    assert!(logs.text().contains(told["extensions"]["requestId"].as_str().unwrap()));

    let export = format!("{}/export/tenants.csv", app.base);
    let sent = admin.http.get(export).bearer_auth(admin.token.as_deref().unwrap()).send().await.unwrap();
    assert!(!sent.text().await.unwrap_or_default().contains("elsewhere"));
}

#[tokio::test]
async fn a_panic_is_told_in_json_and_the_server_goes_on() {
    let app = TestApp::start().await;
    app.admin().await;
    // No session can end later than time itself does.
    let last = DateTime::<chrono::Utc>::MAX_UTC - app.hub.clock.now();
    app.hub.clock.advance(last);
    let logs = Logs::listen();
    let input = json!({ "email": "admin@example.com", "password": PASSWORD });
    let answer = app.anonymous().send(LOG_IN, json!({ "input": input })).await;
    let id = answer.headers["x-request-id"].to_str().unwrap();
    assert_eq!(answer.status, StatusCode::INTERNAL_SERVER_ERROR);
    assert_eq!(answer.body["errors"][0]["extensions"], json!({ "code": "INTERNAL", "requestId": id }));
    assert_eq!(answer.body["errors"][0]["message"], "Something went wrong.");
    let log = logs.text();
    assert!(log.lines().any(|line| line.contains("panicked") && line.contains(id)), "{log}");
    let next = app.anonymous().send("{ viewer { role } }", json!({})).await;
    assert_eq!(next.body["data"], json!({ "viewer": null }));
}

#[tokio::test]
async fn without_a_database_callers_are_told_to_come_again() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    app.hub.keeper.clear();
    app.hub.pools.writes.clone().close().await.unwrap();
    app.hub.pools.reads.clone().close().await.unwrap();
    let viewer = "{ viewer { role } }";
    for (query, kind) in [(viewer, "query"), ("mutation { logout { userErrors { code } } }", "mutation")] {
        let answer = admin.send(query, json!({})).await;
        assert_eq!((answer.status, answer.codes()), (StatusCode::SERVICE_UNAVAILABLE, vec!["UNAVAILABLE"]), "{kind}");
        assert_eq!(answer.headers["retry-after"], "5", "{kind}");
        let id = answer.headers["x-request-id"].to_str().unwrap();
        assert_eq!(answer.body["errors"][0]["extensions"]["requestId"], id, "{kind}");
    }
    let input = json!({ "email": "admin@example.com", "password": PASSWORD });
    let within = app.anonymous().send(LOG_IN, json!({ "input": input })).await;
    assert_eq!(within.codes(), ["UNAVAILABLE"], "also where the first statement is a resolver's");
    assert_eq!(within.body["errors"][0]["extensions"]["retryAfter"], 5);
    let export = admin.http.get(format!("{}/export/partners.csv", app.base));
    let export = export.bearer_auth(admin.token.as_deref().unwrap()).send().await.unwrap();
    assert_eq!(
        (export.status(), &export.headers()["retry-after"]),
        (StatusCode::SERVICE_UNAVAILABLE, &"5".parse().unwrap())
    );
    let stranger = app.anonymous().send(viewer, json!({})).await;
    assert_eq!(stranger.body["data"], json!({ "viewer": null }), "who needs no database is served");
}

#[tokio::test]
async fn without_a_connection_to_spare_callers_are_told_to_come_again() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    app.hub.keeper.clear();
    let reads = &app.hub.pools.reads;
    // What waits for one of them waits for three seconds at most.
    let answer = if partner_hub::db::is_postgres(reads) {
        let pool = reads.get_postgres_connection_pool();
        let mut held = Vec::new();
        for _ in 0..pool.options().get_max_connections() {
            held.push(pool.acquire().await.unwrap());
        }
        admin.send("{ viewer { role } }", json!({})).await
    } else {
        let pool = reads.get_sqlite_connection_pool();
        let mut held = Vec::new();
        for _ in 0..pool.options().get_max_connections() {
            held.push(pool.acquire().await.unwrap());
        }
        admin.send("{ viewer { role } }", json!({})).await
    };
    assert_eq!((answer.status, answer.codes()), (StatusCode::SERVICE_UNAVAILABLE, vec!["UNAVAILABLE"]));
    assert_eq!(answer.headers["retry-after"], "5");
    assert_eq!(admin.send("{ viewer { role } }", json!({})).await.codes(), Vec::<String>::new(), "and served later");
}

#[tokio::test]
async fn an_answer_that_takes_too_long_is_given_up_and_a_change_is_made_all_the_same() {
    let app = TestApp::start().await;
    app.admin().await;
    let hasty = app.beside_with(|_| {}, Timing { answer: Duration::ZERO, ..Timing::default() }).await;
    let before = app.rows().await;
    let query = "mutation R($input: RequestPasswordResetInput!) { requestPasswordReset(input: $input) { userErrors { code } } }";
    let answer = hasty.anonymous().send(query, json!({ "input": { "email": "admin@example.com" } })).await;
    assert_eq!((answer.status, answer.codes()), (StatusCode::GATEWAY_TIMEOUT, vec!["BAD_USER_INPUT"]));
    assert!(answer.body.get("data").is_none());
    tokio::time::timeout(Duration::from_secs(30), async { while app.rows().await == before {} }).await.unwrap();
    assert!(app.letter_to("admin@example.com").await.subject.to_lowercase().contains("password"));
}
