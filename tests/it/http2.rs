//! HTTP/2 with prior knowledge, as a proxy speaks it, on the same port as HTTP/1.1.

use crate::support::{
    Client, TestApp,
    wire::{PREFACE, connect, hear},
};
use partner_hub::http::Timing;
use serde_json::json;
use std::time::Duration;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

fn client(app: &TestApp) -> Client {
    let http = reqwest::Client::builder().http2_prior_knowledge().build().unwrap();
    Client { http, ..app.anonymous() }
}

/// A frame: its kind, its flags, its stream, what is in it.
fn frame(kind: u8, flags: u8, stream: u32, payload: &[u8]) -> Vec<u8> {
    let length = u32::try_from(payload.len()).unwrap().to_be_bytes();
    [&length[1..], &[kind, flags], &stream.to_be_bytes(), payload].concat()
}

/// The kinds of the frames that the server sends until it hangs up.
async fn kinds(stream: &mut TcpStream) -> Vec<u8> {
    let said = hear(stream).await;
    let (mut at, mut kinds) = (0, Vec::new());
    while at + 9 <= said.len() {
        kinds.push(said[at + 3]);
        at += 9 + u32::from_be_bytes([0, said[at], said[at + 1], said[at + 2]]) as usize;
    }
    kinds
}

async fn greeted(app: &TestApp) -> TcpStream {
    let mut stream = connect(app).await;
    stream.write_all(&[PREFACE, &frame(4, 0, 0, &[])].concat()).await.unwrap();
    stream
}

#[tokio::test]
async fn many_documents_share_one_connection() {
    let app = TestApp::start().await;
    let client = client(&app);
    let asked = (0..150).map(|_| client.send("{ viewer { role } }", json!({})));
    for answer in futures_util::future::join_all(asked).await {
        assert_eq!(answer.body["data"], json!({ "viewer": null }));
        assert!(answer.headers.contains_key("x-request-id"));
    }
    let version = client.http.get(format!("{}/health", app.base)).send().await.unwrap().version();
    assert_eq!(version, reqwest::Version::HTTP_2);
    let version = reqwest::get(format!("{}/health", app.base)).await.unwrap().version();
    assert_eq!(version, reqwest::Version::HTTP_11);
}

#[tokio::test]
async fn a_preface_in_pieces_is_understood() {
    let app = TestApp::start().await;
    let mut stream = connect(&app).await;
    stream.set_nodelay(true).unwrap();
    for byte in PREFACE {
        stream.write_all(&[*byte]).await.unwrap();
        tokio::task::yield_now().await;
    }
    stream.write_all(&frame(4, 0, 0, &[])).await.unwrap();
    let mut head = [0; 9];
    stream.read_exact(&mut head).await.unwrap();
    assert_eq!(head[3], 4, "the server's own settings come first");
    // HTTP/1.1 begins with the same letter.
    let mut stream = connect(&app).await;
    for piece in ["P", "UT /graphql HTTP/1.1\r\nHost: hub\r\nContent-Length: 0\r\n\r\n"] {
        stream.write_all(piece.as_bytes()).await.unwrap();
        tokio::task::yield_now().await;
    }
    let mut head = [0; 12];
    stream.read_exact(&mut head).await.unwrap();
    assert_eq!(&head, b"HTTP/1.1 405");
}

#[tokio::test]
async fn whoever_is_silent_is_told_and_hung_up_on() {
    let soon = Duration::from_millis(300);
    let app = TestApp::timed(Timing { idle: soon, head: soon, ..Timing::default() }).await;
    assert!(kinds(&mut greeted(&app).await).await.contains(&7), "a farewell");
    let client = client(&app);
    assert!(client.send("{ viewer { role } }", json!({})).await.codes().is_empty());

    // Who does not answer a probe is gone; the patience for silence is endless here.
    let ages = Duration::from_secs(600);
    let app = TestApp::timed(Timing { idle: ages, probe: soon, head: soon, ..Timing::default() }).await;
    assert!(kinds(&mut greeted(&app).await).await.contains(&6), "a probe");
    // Half a preface is half a head.
    let mut stream = connect(&app).await;
    stream.write_all(&PREFACE[..10]).await.unwrap();
    assert_eq!(kinds(&mut stream).await, [0_u8; 0]);
}

#[tokio::test]
async fn a_flood_of_cancelled_requests_ends_the_connection() {
    let app = TestApp::start().await;
    let mut stream = greeted(&app).await;
    // :method GET, :scheme http, :path /, :authority x.
    let head = [0x82, 0x86, 0x84, 0x41, 0x01, b'x'];
    let mut flood = Vec::new();
    for stream in (1..20_000).step_by(2) {
        flood.extend(frame(1, 5, stream, &head));
        flood.extend(frame(3, 0, stream, &8_u32.to_be_bytes()));
    }
    // The server hangs up before all is said.
    let _ = stream.write_all(&flood).await;
    drop(kinds(&mut stream).await);
    assert!(client(&app).send("{ viewer { role } }", json!({})).await.codes().is_empty());
}
