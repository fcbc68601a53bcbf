//! A server that is asked to stop: what is under way is answered, and nobody else is waited for.

use crate::support::{
    TestApp,
    wire::{PREFACE, VIEWER, connect, hear},
};
use partner_hub::http::Timing;
use std::time::Duration;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::timeout,
};

/// The settings of a client, which stand first.
const SETTINGS: &[u8] = b"\0\0\0\x04\0\0\0\0\0";
/// `POST /graphql` with a body of JSON that is still to come, on the first stream.
const POST: &[u8] = b"\0\0\x24\x01\x04\0\0\0\x01\x83\x86\x41\x03hub\x04\x08/graphql\x0f\x10\x10application/json";
const HEALTH: &[u8] = b"GET /health HTTP/1.1\r\nHost: hub\r\n\r\n";

/// Sends the pieces, each after the server has answered something to the one before.
async fn begin(app: &TestApp, pieces: &[&[u8]]) -> TcpStream {
    let mut stream = connect(app).await;
    for (at, piece) in pieces.iter().enumerate() {
        if at > 0 {
            assert_ne!(stream.read(&mut [0; 4_096]).await.unwrap(), 0);
        }
        stream.write_all(piece).await.unwrap();
    }
    stream
}

#[tokio::test]
async fn whoever_asks_nothing_is_not_waited_for() {
    let (soon, ages) = (Duration::from_millis(300), Duration::from_secs(600));
    // Only the patience for a head can end these: everything else may take for ever.
    let app = TestApp::timed(Timing { head: soon, idle: ages, probe: ages, grace: ages, ..Timing::default() }).await;
    let mut waiting = vec![
        begin(&app, &[]).await,
        begin(&app, &[HEALTH]).await,
        begin(&app, &[HEALTH, &HEALTH[..20]]).await,
        begin(&app, &[&[PREFACE, SETTINGS].concat()]).await,
        begin(&app, &[&[PREFACE, SETTINGS, &POST[..20]].concat()]).await,
        begin(&app, &[&HEALTH[..20]]).await,
        begin(&app, &[&PREFACE[..20]]).await,
    ];
    timeout(Duration::from_secs(20), app.stop()).await.expect("the server stops");
    for stream in &mut waiting {
        hear(stream).await;
    }
}

#[tokio::test]
async fn what_is_under_way_is_answered() {
    let head = format!(
        "POST /graphql HTTP/1.1\r\nHost: hub\r\nContent-Type: application/json\r\nExpect: 100-continue\r\n\
         Content-Length: {}\r\n\r\n",
        VIEWER.len()
    );
    // The patience for a head is over long before the rest of the body comes.
    let app = TestApp::timed(Timing { head: Duration::from_millis(300), ..Timing::default() }).await;
    let mut first = begin(&app, &[head.as_bytes(), &VIEWER.as_bytes()[..9]]).await;
    let mut second = begin(&app, &[&[PREFACE, SETTINGS, POST].concat()]).await;
    let (mut rests, mut silent) = (begin(&app, &[HEALTH]).await, begin(&app, &[&[PREFACE, SETTINGS].concat()]).await);
    let stopping = tokio::spawn(app.stop());
    for stream in [&mut rests, &mut silent] {
        hear(stream).await;
    }
    first.write_all(&VIEWER.as_bytes()[9..]).await.unwrap();
    let said = String::from_utf8(hear(&mut first).await).unwrap();
    assert!(said.starts_with("HTTP/1.1 200") && said.contains(r#"{"viewer":null}"#), "{said}");
    let length = u8::try_from(VIEWER.len()).unwrap();
    second.write_all(&[&[0, 0, length, 0, 1, 0, 0, 0, 1], VIEWER.as_bytes()].concat()).await.unwrap();
    let said = String::from_utf8_lossy(&hear(&mut second).await).into_owned();
    assert!(said.contains(r#"{"viewer":null}"#), "{said}");
    timeout(Duration::from_secs(20), stopping).await.expect("the server stops").unwrap();
}
