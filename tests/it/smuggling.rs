//! Heads and bodies that a proxy may read differently: whatever stands behind such a request is not answered as another.

use crate::support::{
    TestApp,
    wire::{VIEWER, talk},
};
use partner_hub::http::Timing;
use std::time::Duration;

/// The request that nobody has sent.
const HIDDEN: &str = "GET /health HTTP/1.1\r\nHost: hub\r\n\r\n";

/// A request with these headers, with this body, and something behind it.
fn with(headers: &str, body: &str) -> String {
    let head = "POST /graphql HTTP/1.1\r\nContent-Type: application/json\r\n";
    format!("{head}Host: hub\r\n{headers}\r\n{body}{HIDDEN}")
}

#[tokio::test]
async fn nothing_hides_behind_a_request() {
    let (soon, ages) = (Duration::from_millis(300), Duration::from_secs(600));
    // Who is not hung up on at once stays for ever.
    let app = TestApp::timed(Timing { head: soon, body: soon, idle: ages, ..Timing::default() }).await;
    let length = VIEWER.len();
    let says = |length: &str| format!("Content-Length: {length}\r\n");
    let coded = |coding: &str| format!("Transfer-Encoding: {coding}\r\n");
    let chunk = format!("{length:x}\r\n{VIEWER}\r\n0\r\n\r\n");
    let all = format!("0\r\n\r\n{HIDDEN}").len().to_string();
    let cases = [
        ("a length and chunks", with(&(says(&all) + &coded("chunked")), "0\r\n\r\n")),
        ("chunks and a length", with(&(coded("chunked") + &says(&all)), "0\r\n\r\n")),
        ("a true length and chunks", with(&(says("3") + &coded("chunked")), &chunk)),
        ("a length and nothing", with(&(coded("identity") + &says(&length.to_string())), VIEWER)),
        ("chunked twice", with(&coded("chunked, chunked"), &chunk)),
        ("chunked in two headers", with(&(coded("chunked") + &coded("chunked")), &chunk)),
        ("chunked, then not", with(&(coded("chunked") + &coded("identity")), &chunk)),
        ("compressed chunks", with(&coded("gzip, chunked"), &chunk)),
        ("nearly chunked", with(&coded("xchunked"), &chunk)),
        ("a space before the colon", with("Transfer-Encoding : chunked\r\n", &chunk)),
        ("chunks in HTTP/1.0", with(&coded("chunked"), &chunk).replacen("HTTP/1.1", "HTTP/1.0", 1)),
        ("two lengths", with(&(says(&length.to_string()) + &says("0")), VIEWER)),
        ("a list of lengths", with(&says(&format!("{length}, {length}")), VIEWER)),
        ("a length with a sign", with(&says(&format!("+{length}")), VIEWER)),
        ("a length in base 16", with(&says(&format!("0x{length:x}")), VIEWER)),
        ("a length beyond all", with(&says("99999999999999999999999"), VIEWER)),
        ("a folded line", with(&format!("X-A: b\r\n {}", says(&length.to_string())), VIEWER)),
        ("half a line end", with(&format!("X-A: b\r{}", says(&length.to_string())), VIEWER)),
        ("a chunk in base 16, said twice", with(&coded("chunked"), &format!("0x{chunk}"))),
        ("a chunk below zero", with(&coded("chunked"), "-1\r\n{}\r\n0\r\n\r\n")),
        ("a chunk beyond all", with(&coded("chunked"), "fffffffffffffffff\r\n{}\r\n0\r\n\r\n")),
        ("a chunk that goes on", with(&coded("chunked"), &chunk.replacen("}\r\n", "}XX", 1))),
        ("a line end in an extension", with(&coded("chunked"), &chunk.replacen("\r\n", ";a\nb\r\n", 1))),
        ("no host", with(&says(&length.to_string()), VIEWER).replacen("Host: hub\r\n", "", 1)),
        ("two hosts", with(&format!("Host: b\r\n{}", says(&length.to_string())), VIEWER)),
    ];
    for (name, bytes) in cases {
        let said = talk(&app, bytes.as_bytes()).await;
        assert_eq!(said.matches("HTTP/1.1 ").count() + said.matches("HTTP/1.0 ").count(), 1, "{name}: {said}");
        assert!(!said.contains("ready"), "{name}: {said}");
        let next = app.anonymous().send("{ viewer { role } }", serde_json::json!({})).await;
        assert!(next.codes().is_empty(), "after {name}");
    }
    for (name, bytes) in
        [("no host", "GET / HTTP/1.1\r\n\r\n"), ("two hosts", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n")]
    {
        let said = talk(&app, bytes.as_bytes()).await;
        assert!(said.starts_with("HTTP/1.1 400") && said.contains(r#""code":"BAD_USER_INPUT""#), "{name}: {said}");
    }
    // What is in order is answered, and what follows it too.
    let said = talk(&app, format!("{}{}", with(&coded("chunked"), &chunk), "x\r\n\r\n").as_bytes()).await;
    assert!(said.contains(r#"{"viewer":null}"#) && said.contains("ready"), "{said}");
}
