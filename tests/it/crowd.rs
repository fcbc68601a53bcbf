//! Very many connections at once, against the real program, whose memory can be looked at.

use std::process::Stdio;
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::TcpStream,
    process::{Child, Command},
};

/// Connections that never end their heads.
const MANY: usize = 1_000;
/// What they may cost together, in MiB.
const MOST: u64 = 32;

/// The most memory that a process has had, in MiB.
fn memory(hub: &Child) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{}/status", hub.id().unwrap())).unwrap();
    let line = status.lines().find(|line| line.starts_with("VmHWM")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse::<u64>().unwrap() / 1_024
}

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
    let folder = tempfile::tempdir().unwrap();
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let mut hub = Command::new(env!("CARGO_BIN_EXE_partner-hub"))
        .current_dir(folder.path())
        .env_clear()
        .env("RUST_LOG", "error")
        .env("LISTEN", format!("127.0.0.1:{port}"))
        .env("LIMIT_CONNECTIONS_EACH", "1500")
        .stdout(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .unwrap();
    let mut said = BufReader::new(hub.stdout.take().unwrap()).lines();
    said.next_line().await.unwrap().expect("the hub says that it serves");
    let address = format!("127.0.0.1:{port}");
    assert!(ask(&address).await.starts_with("HTTP/1.1 200"));
    let before = memory(&hub);
    let mut held = Vec::with_capacity(MANY);
    // As long as a head may be, but for its end.
    let half = format!("POST /graphql HTTP/1.1\r\nHost: hub\r\nX-Long: {}", "x".repeat(8_000));
    for _ in 0..MANY {
        let mut stream = TcpStream::connect(&address).await.unwrap();
        stream.write_all(half.as_bytes()).await.unwrap();
        held.push(stream);
    }
    assert!(ask(&address).await.starts_with("HTTP/1.1 200"), "served beside them");
    let more = memory(&hub) - before;
    assert!(more <= MOST, "{more} MiB for {MANY} half heads");
}
