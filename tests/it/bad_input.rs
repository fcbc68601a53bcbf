//! What no client sends that works: each gets a coded answer or is hung up on, and the next caller is served.

use crate::support::{
    Answer, TestApp,
    wire::{VIEWER, connect, hear, talk},
};
use partner_hub::{config::Settings, http::Timing};
use serde_json::json;
use std::time::Duration;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

const JSON: &str = "Content-Type: application/json\r\n";

/// A hub that loses its patience at once.
async fn impatient() -> TestApp {
    let soon = Duration::from_millis(300);
    TestApp::timed(Timing { head: soon, body: soon, idle: soon, ..Timing::default() }).await
}

/// A request with these headers and this body, its length told truly.
fn post(headers: &str, body: impl AsRef<[u8]>) -> Vec<u8> {
    let body = body.as_ref();
    let head = format!("POST /graphql HTTP/1.1\r\nHost: hub\r\n{headers}Content-Length: {}\r\n\r\n", body.len());
    [head.as_bytes(), body].concat()
}

/// A request of which every byte is given.
fn raw(headers: &str, body: &str) -> Vec<u8> {
    format!("POST /graphql HTTP/1.1\r\nHost: hub\r\n{JSON}{headers}\r\n{body}").into_bytes()
}

/// Reads one answer of `/health` to its end.
async fn is_ready(stream: &mut TcpStream) {
    let mut said = String::new();
    while !said.ends_with("ready\n") {
        said.push(char::from(stream.read_u8().await.unwrap()));
    }
    assert!(said.starts_with("HTTP/1.1 200"), "{said}");
}

async fn is_well(app: &TestApp, after: &str) {
    let next = app.anonymous().send("{ viewer { role } }", json!({})).await;
    assert_eq!(next.body["data"], json!({ "viewer": null }), "after {after}");
}

#[tokio::test]
async fn what_is_no_request_is_answered_with_a_code() {
    let app = impatient().await;
    let deep = |open: &str, close: &str| format!("{}1{}", open.repeat(10_000), close.repeat(10_000));
    let with = |rest: &str| format!(r#"{{"query":"{{ viewer {{ role }} }}",{rest}}}"#);
    let argument = |value: &str| {
        format!(
            r#"{{"query":"query Q($n: Int) {{ partners(first: $n) {{ totalCount }} }}","variables":{{"n":{value}}}}}"#
        )
    };
    let bomb = [&[0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3][..], &[0_u8; 1_000]].concat();
    let cases: Vec<(&str, u16, Vec<u8>)> = vec![
        ("truncated JSON", 400, post(JSON, &VIEWER[..20])),
        ("nothing", 400, post(JSON, "")),
        ("a byte order mark", 400, post(JSON, format!("\u{feff}{VIEWER}"))),
        ("two content types", 415, post(&format!("{JSON}Content-Type: text/plain\r\n"), VIEWER)),
        ("the same content type twice", 415, post(&format!("{JSON}{JSON}"), VIEWER)),
        ("two content types in one", 415, post("Content-Type: application/json, text/plain\r\n", VIEWER)),
        ("another charset", 415, post("Content-Type: application/json; charset=utf-16\r\n", VIEWER)),
        ("a gzip bomb", 415, post(&format!("{JSON}Content-Encoding: gzip\r\n"), bomb)),
        ("a coding nobody knows", 415, post(&format!("{JSON}Content-Encoding: x\r\n"), VIEWER)),
        ("invalid UTF-8", 400, post(JSON, b"{\"query\":\"{ viewer { role } } # \xff\"}")),
        ("half a surrogate", 400, post(JSON, r#"{"query":"{ viewer { role } } # \ud800"}"#)),
        ("a NUL byte", 400, post(JSON, b"{\"query\":\"{ viewer \0 { role } }\"}")),
        ("a NUL byte before it", 400, post(JSON, format!("\0{VIEWER}"))),
        ("a number beyond all", 400, post(JSON, argument("1e400"))),
        ("a number beyond all below zero", 400, post(JSON, argument("-1e999999"))),
        ("deep variables", 400, post(JSON, with(&format!(r#""variables":{}"#, deep("[", "]"))))),
        ("deep objects", 400, post(JSON, with(&format!(r#""variables":{}"#, deep(r#"{"a":"#, "}"))))),
        ("deep extensions", 400, post(JSON, with(&format!(r#""extensions":{}"#, deep("[", "]"))))),
        ("extensions a little deep", 400, post(JSON, with(r#""extensions":{"a":[[[[[[[[[[[[1]]]]]]]]]]]]}"#))),
        ("a second document", 400, post(JSON, with(r#""query":"{ viewer { user { name } } }""#))),
        ("second variables", 400, post(JSON, with(r#""variables":{},"variables":{"a":1}"#))),
        ("a body that is too long", 413, post(JSON, " ".repeat(70_000))),
        ("a much longer one", 413, post(JSON, " ".repeat(900_000))),
        ("a body that never comes", 408, raw("Content-Length: 50\r\n", "")),
        ("a body shorter than it says", 408, raw("Content-Length: 5000\r\n", VIEWER)),
        ("chunks without end", 408, raw("Transfer-Encoding: chunked\r\n", "5\r\n{\"que\r\n")),
        ("a chunk without size", 400, raw("Transfer-Encoding: chunked\r\n", "zz\r\n{}\r\n0\r\n\r\n")),
    ];
    app.statements.take();
    for (name, status, bytes) in cases {
        let said = talk(&app, &bytes).await;
        assert!(said.starts_with(&format!("HTTP/1.1 {status} ")), "{name}: {said}");
        assert!(said.contains(r#""code":"BAD_USER_INPUT""#) && said.contains("application/json"), "{name}: {said}");
        assert_eq!(app.statements.take(), [""; 0], "{name}");
        is_well(&app, name).await;
        app.statements.take();
    }
}

#[tokio::test]
async fn what_is_no_http_is_refused_or_hung_up_on() {
    let app = impatient().await;
    let long = format!("GET / HTTP/1.1\r\nHost: hub\r\nX-Long: {}\r\n\r\n", "x".repeat(1_000_000));
    let many = format!("GET / HTTP/1.1\r\nHost: hub\r\n{}\r\n", "X-A: b\r\n".repeat(5_000));
    let address = format!("GET /graphql?query={} HTTP/1.1\r\nHost: hub\r\n\r\n", "x".repeat(200_000));
    let length = VIEWER.len();
    let cases: Vec<(&str, Vec<u8>)> = vec![
        ("a very long header", long.into_bytes()),
        ("very many headers", many.into_bytes()),
        ("a very long address", address.into_bytes()),
        ("a NUL byte in a header", raw("X-A: a\0b\r\n", "")),
        ("a length that is no number", raw("Content-Length: many\r\n", VIEWER)),
        ("a length below zero", raw("Content-Length: -1\r\n", VIEWER)),
        ("two lengths", raw(&format!("Content-Length: {length}\r\nContent-Length: 5\r\n"), VIEWER)),
        ("a coding after chunks", raw("Transfer-Encoding: chunked, gzip\r\n", "0\r\n\r\n")),
        ("HTTP/0.9", b"GET /\r\n\r\n".to_vec()),
        ("HTTP/3.0", b"GET / HTTP/3.0\r\n\r\n".to_vec()),
        ("TLS", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03".to_vec()),
        ("half a preface", b"PRI * HTTP/2.0\r\n".to_vec()),
        ("a preface and nonsense", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\nnonsense, and more of it".to_vec()),
        ("nothing at all", Vec::new()),
        ("half a line", b"POST /gra".to_vec()),
        ("half a head", b"POST /graphql HTTP/1.1\r\nHost: hub\r\nConte".to_vec()),
    ];
    for (name, bytes) in cases {
        let said = talk(&app, &bytes).await;
        // An answer in HTTP/2 is a frame that says goodbye.
        assert!(said.is_empty() || said.starts_with("HTTP/1.1 4") || !said.contains("HTTP"), "{name}: {said}");
        is_well(&app, name).await;
    }
}

#[tokio::test]
async fn others_are_served_beside_slow_callers() {
    let app = impatient().await;
    let mut slow = Vec::new();
    for _ in 0..200 {
        let mut stream = connect(&app).await;
        stream.write_all(b"POST /graphql HTTP/1.1\r\nHost: hub\r\nContent-Ty").await.unwrap();
        slow.push(stream);
    }
    is_well(&app, "200 sockets with half a head").await;
    for stream in &mut slow {
        assert_eq!(hear(stream).await, b"", "no answer to half a head");
    }
    // A byte now and then does not buy more time.
    let mut stream = connect(&app).await;
    stream.write_all(&raw("Content-Length: 100000\r\n", "")).await.unwrap();
    let (mut read, mut write) = stream.into_split();
    let drip = tokio::spawn(async move {
        let mut beat = tokio::time::interval(Duration::from_millis(20));
        while write.write_all(b" ").await.is_ok() {
            beat.tick().await;
        }
    });
    let mut start = [0; 12];
    read.read_exact(&mut start).await.unwrap();
    assert_eq!(&start, b"HTTP/1.1 408");
    is_well(&app, "a slow body").await;
    drip.abort();
}

#[tokio::test]
async fn one_network_takes_no_more_than_its_share_of_connections() {
    let patient = |settings: &mut Settings| settings.limits.connections_each = Some(3);
    let app = TestApp::with(patient).await;
    let mut held = Vec::new();
    for _ in 0..3 {
        let mut stream = connect(&app).await;
        stream.write_all(b"GET /health HTTP/1.1\r\nHost: hub\r\n\r\n").await.unwrap();
        is_ready(&mut stream).await;
        held.push(stream);
    }
    assert_eq!(hear(&mut connect(&app).await).await, b"", "one more is hung up on");
    drop(held.pop());
    // The server hears of it when it does.
    let again = async { while !talk(&app, b"GET /health HTTP/1.0\r\n\r\n").await.contains(" 200 ") {} };
    tokio::time::timeout(Duration::from_secs(30), again).await.unwrap();

    let proxied = app.beside_with(
        |settings| {
            settings.limits.connections_each = Some(1);
            settings.trusted_proxies = Some("127.0.0.1".into());
        },
        Timing::default(),
    );
    let proxied = proxied.await;
    let _held = connect(&proxied).await;
    is_well(&proxied, "a second connection of a proxy, which brings everybody").await;
}

#[tokio::test]
async fn a_connection_may_rest_between_requests_but_not_within_a_head() {
    let ages = Duration::from_secs(600);
    let request = b"GET /health HTTP/1.1\r\nHost: hub\r\n\r\n";
    // Only what is timed can end it: the other patience is endless.
    let app = TestApp::timed(Timing { head: Duration::from_millis(300), idle: ages, ..Timing::default() }).await;
    let mut stream = connect(&app).await;
    stream.write_all(request).await.unwrap();
    is_ready(&mut stream).await;
    // Once this younger one has been hung up on, the other has rested for longer than a head may take.
    assert_eq!(talk(&app, b"GET /hea").await, "");
    stream.write_all(request).await.unwrap();
    is_ready(&mut stream).await;
    stream.write_all(&request[..20]).await.unwrap();
    assert_eq!(hear(&mut stream).await, b"", "half a head");

    let app = TestApp::timed(Timing { head: ages, idle: Duration::from_millis(300), ..Timing::default() }).await;
    assert!(talk(&app, request).await.starts_with("HTTP/1.1 200"), "and is hung up on after a while");
}

#[tokio::test]
async fn values_that_a_database_cannot_hold_are_refused_or_unknown() {
    let app = TestApp::start().await;
    let nul = "a\u{0}b";
    let document = "mutation L($email: EmailAddress!, $password: Secret!) {
        login(input: {email: $email, password: $password}) { userErrors { code } } }";
    for (query, variables) in [
        ("query N($id: ID!) { node(id: $id) { id } }", json!({ "id": nul })),
        ("query I($t: Secret!) { invitationPreview(token: $t) { name } }", json!({ "t": nul })),
        (document, json!({ "email": format!("{nul}@acme.example"), "password": "a long enough password" })),
        (document, json!({ "email": "ada@acme.example", "password": nul })),
        ("query P($n: Int) { partners(first: $n) { totalCount } }", json!({ "n": 1e300 })),
        ("query P($n: Int) { partners(first: $n) { totalCount } }", json!({ "n": u64::MAX })),
    ] {
        let answer = app.anonymous().send(query, variables.clone()).await;
        assert!(answer.status.is_success() && !answer.codes().contains(&"INTERNAL"), "{variables}: {}", answer.body);
    }
}

#[tokio::test]
async fn of_two_values_of_one_variable_the_last_counts() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let body = r#"{"query":"query P($n: Int) { partners(first: $n) { totalCount } }","variables":{"n":"no","n":5}}"#;
    let request = admin.http.post(&admin.endpoint).bearer_auth(admin.token.as_deref().unwrap());
    let request = request.header("content-type", "application/json").body(body);
    assert_eq!(Answer::of(request.send().await.unwrap()).await.body["data"]["partners"]["totalCount"], json!(0));
}
