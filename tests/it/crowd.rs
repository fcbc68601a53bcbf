//! Very many connections at once, against the real program, whose memory can be looked at.

use crate::support::program::Program;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

/// Connections that never end their heads.
const MANY: usize = 1_000;
/// What they may cost together, in MiB.
const MOST: u64 = 32;

/// What a whole request is answered.
async fn ask(address: &str) -> String {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(b"GET /health HTTP/1.1\r\nHost: hub\r\nConnection: close\r\n\r\n").await.unwrap();
    let mut said = String::new();
    stream.read_to_string(&mut said).await.unwrap();
    said
}

#[tokio::test]
async fn a_thousand_half_heads_cost_little_and_keep_nobody_out() {
    let hub = Program::start(&[("LIMIT_CONNECTIONS_EACH", "1500")]).await;
    assert!(ask(&hub.address).await.starts_with("HTTP/1.1 200"));
    let before = hub.memory();
    let mut held = Vec::with_capacity(MANY);
    // As long as a head may be, but for its end.
    let half = format!("POST /graphql HTTP/1.1\r\nHost: hub\r\nX-Long: {}", "x".repeat(8_000));
    for _ in 0..MANY {
        let mut stream = TcpStream::connect(&hub.address).await.unwrap();
        stream.write_all(half.as_bytes()).await.unwrap();
        held.push(stream);
    }
    assert!(ask(&hub.address).await.starts_with("HTTP/1.1 200"), "served beside them");
    let more = hub.memory() - before;
    assert!(more <= MOST, "{more} MiB for {MANY} half heads");
}
