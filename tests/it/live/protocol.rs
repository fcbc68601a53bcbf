//! graphql-transport-ws, rule by rule.

use crate::support::{
    TestApp,
    socket::{Socket, init},
};
use partner_hub::http::Timing;
use serde_json::json;
use std::time::Duration;
use tokio_tungstenite::tungstenite::{
    Error, Message,
    http::HeaderValue,
    protocol::frame::{
        Frame,
        coding::{Data, OpCode},
    },
};

const EVERY: &str = "subscription { partnerChanged { name } }";

#[tokio::test]
async fn another_protocol_is_not_acceptable() {
    let app = TestApp::start().await;
    let mut request = Socket::request(&app);
    request.headers_mut().remove("sec-websocket-protocol");
    assert_eq!(Socket::connect(request).await.unwrap().closed().await, 4406);
    let mut request = Socket::request(&app);
    request.headers_mut().insert("sec-websocket-protocol", HeaderValue::from_static("graphql-ws"));
    let refused = Socket::connect(request).await.err().map(|error| *error);
    assert!(matches!(refused, Some(Error::Protocol(_))), "the server names no protocol: {refused:?}");
}

#[tokio::test]
async fn what_is_no_socket_is_told_so() {
    let app = TestApp::start().await;
    let answer = reqwest::get(format!("{}/graphql/ws", app.base)).await.unwrap();
    assert_eq!(answer.status(), 400);
    assert!(answer.text().await.unwrap().contains("BAD_USER_INPUT"));
}

#[tokio::test]
async fn who_says_nothing_is_closed() {
    let app = TestApp::timed(Timing { init: Duration::from_millis(1), ..Timing::default() }).await;
    assert_eq!(Socket::silent(&app).await.closed().await, 4408);
}

#[tokio::test]
async fn one_greeting_comes_first() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let mut early = Socket::silent(&app).await;
    early.start("1", EVERY, json!({})).await;
    assert_eq!(early.closed().await, 4401);
    let mut twice = Socket::of(&app, &admin).await;
    twice.say(init(&admin)).await;
    assert_eq!(twice.closed().await, 4429);
}

#[tokio::test]
async fn text_is_utf8() {
    let app = TestApp::start().await;
    let mut socket = Socket::silent(&app).await;
    let broken = Frame::message(vec![b'{', 0xff], OpCode::Data(Data::Text), true);
    socket.send(Message::Frame(broken)).await;
    assert_eq!(socket.closed().await, 1007);
}

#[tokio::test]
async fn an_id_is_used_once_at_a_time() {
    let app = TestApp::start().await;
    let mut socket = Socket::of(&app, &app.admin().await).await;
    socket.subscribe("1", EVERY, json!({})).await;
    socket.say(json!({ "type": "complete", "id": "1" })).await;
    socket.subscribe("1", EVERY, json!({})).await;
    socket.start("1", EVERY, json!({})).await;
    assert_eq!(socket.closed().await, 4409);
}

#[tokio::test]
async fn what_the_protocol_does_not_know_closes_the_socket() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    for text in ["nonsense", "{}", "[]", "{\"type\":\"start\"}", "{\"type\":\"subscribe\",\"id\":\"1\"}"] {
        for mut socket in [Socket::silent(&app).await, Socket::of(&app, &admin).await] {
            socket.send(Message::text(text)).await;
            assert_eq!(socket.closed().await, 4400, "{text}");
        }
    }
    let mut socket = Socket::of(&app, &admin).await;
    socket.send(Message::binary(b"{\"type\":\"ping\"}".to_vec())).await;
    assert_eq!(socket.closed().await, 4400);
}

#[tokio::test]
async fn a_message_has_its_limit() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let mut socket = Socket::of(&app, &admin).await;
    let padding = |size: usize| format!("{{\"type\":\"ping\",\"payload\":{{\"x\":\"{}\"}}}}", "x".repeat(size));
    socket.send(Message::text(padding(60_000))).await;
    assert_eq!(socket.hear().await["type"], "pong");
    socket.send(Message::text(padding(70_000))).await;
    assert_eq!(socket.closed().await, 1009);
    // A client that goes on sending may see the connection break before it sees the code.
    let _ = Socket::of(&app, &admin).await.try_send(Message::text(padding(5 * 1024 * 1024))).await;
    Socket::of(&app, &admin).await.subscribe("1", EVERY, json!({})).await;
}

#[tokio::test]
async fn pings_are_answered_at_any_time() {
    let app = TestApp::start().await;
    let mut socket = Socket::silent(&app).await;
    socket.say(json!({ "type": "ping", "payload": { "x": 1 } })).await;
    assert_eq!(socket.hear().await, json!({ "type": "pong", "payload": { "x": 1 } }));
    socket.say(json!({ "type": "pong" })).await;
    socket.say(init(&app.admin().await)).await;
    assert_eq!(socket.hear().await, json!({ "type": "connection_ack" }));
}

#[tokio::test]
async fn a_silent_peer_is_pinged_and_closed() {
    let app = TestApp::timed(Timing { ping: Duration::from_millis(20), ..Timing::default() }).await;
    let frames = silent_frames(&app).await;
    assert_eq!(frames.first(), Some(&(0x89, Vec::new())), "a ping");
    let (head, body) = frames.last().unwrap();
    assert_eq!((*head, u16::from_be_bytes([body[0], body[1]])), (0x88, 4499), "a close");
    assert!(frames.len() <= 3, "it does not go on: {frames:?}");
}

/// What the server sends to a peer that answers nothing, until it hangs up: first byte and body of each frame.
async fn silent_frames(app: &TestApp) -> Vec<(u8, Vec<u8>)> {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let host = app.base.strip_prefix("http://").unwrap();
    let mut stream = tokio::net::TcpStream::connect(host).await.unwrap();
    let request = format!(
        "GET /graphql/ws HTTP/1.1\r\nHost: {host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
         Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\
         Sec-WebSocket-Protocol: graphql-transport-ws\r\n\r\n"
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut all = Vec::new();
    stream.read_to_end(&mut all).await.unwrap();
    let begin = all.windows(4).position(|end| end == b"\r\n\r\n").unwrap() + 4;
    let (mut rest, mut frames) = (&all[begin..], Vec::new());
    while let [head, size, tail @ ..] = rest {
        let (body, tail) = tail.split_at(usize::from(*size));
        frames.push((*head, body.to_vec()));
        rest = tail;
    }
    frames
}

#[tokio::test]
async fn operations_of_a_socket_are_counted() {
    let app = TestApp::start().await;
    let mut socket = Socket::of(&app, &app.admin().await).await;
    for id in 0..10 {
        socket.subscribe(&id.to_string(), EVERY, json!({})).await;
    }
    socket.start("more", EVERY, json!({})).await;
    assert_eq!(socket.refusal("more").await, ["RATE_LIMITED"]);
    socket.say(json!({ "type": "complete", "id": "3" })).await;
    socket.start("more", "{ viewer { role } }", json!({})).await;
    assert_eq!(socket.event("more").await["viewer"]["role"], "VENDOR_ADMIN");
}

#[tokio::test]
async fn sockets_of_a_user_are_counted() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let mut open = Vec::new();
    for _ in 0..20 {
        open.push(Socket::of(&app, &admin).await);
    }
    let mut more = Socket::silent(&app).await;
    more.say(init(&admin)).await;
    assert_eq!(more.closed().await, 4429);
    open.pop().unwrap().send(Message::Close(None)).await;
    // The place is free when the server has seen the close; until then it says so again.
    loop {
        let mut next = Socket::silent(&app).await;
        next.say(init(&admin)).await;
        match next.try_hear().await {
            Some(message) => break assert_eq!(message, json!({ "type": "connection_ack" })),
            None => tokio::task::yield_now().await,
        }
    }
}

#[tokio::test]
async fn a_stopping_server_says_so() {
    let app = TestApp::start().await;
    let mut socket = Socket::of(&app, &app.admin().await).await;
    socket.subscribe("1", EVERY, json!({})).await;
    let (code, ()) = tokio::join!(socket.closed(), app.stop());
    assert_eq!(code, 1001);
}
