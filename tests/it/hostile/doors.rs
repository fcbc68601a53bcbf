//! The same documents by the other doors: in an address, and by socket.

use super::{BODY, NEXT, families::families, send};
use crate::support::{Answer, TestApp, socket::Socket};
use serde_json::{Value, json};
use tokio_tungstenite::tungstenite::Message;

/// The bytes that an address may have, beside everything else in the head.
const ADDRESS: usize = 24 * 1024;

#[tokio::test]
async fn an_address_hides_nothing() {
    let app = TestApp::start().await;
    let anonymous = app.anonymous();
    app.statements.take();
    for family in families() {
        for size in [family.over, 10 * family.over] {
            // What the test itself cannot read has been sent in bodies.
            let Ok(body) = serde_json::from_str::<Value>(&(family.body)(size)) else { continue };
            // Lists of requests and hashes alone have no document.
            let Some(query) = body["query"].as_str() else { continue };
            let json = |name| body.get(name).map(Value::to_string).unwrap_or_default();
            let (variables, extensions) = (json("variables"), json("extensions"));
            let name = body["operationName"].as_str().unwrap_or_default();
            let query =
                [("query", query), ("variables", &variables), ("extensions", &extensions), ("operationName", name)];
            let query = serde_urlencoded::to_string(query).unwrap();
            if query.len() > ADDRESS {
                continue;
            }
            let request = anonymous.http.get(format!("{}?{query}", anonymous.endpoint));
            let answer = Answer::of(request.send().await.unwrap()).await;
            assert_eq!(answer.codes().first(), Some(&"BAD_USER_INPUT"), "{} ({size}): {}", family.name, answer.body);
            assert!(!answer.status.is_server_error(), "{} ({size}): {}", family.name, answer.status);
            assert_eq!(app.statements.take(), [""; 0], "{} ({size})", family.name);
        }
    }
    assert!(send(&anonymous, NEXT).await.codes().is_empty());
}

#[tokio::test]
async fn a_socket_refuses_them_or_closes() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let mut socket = Socket::of(&app, &admin).await;
    app.statements.take();
    for family in families() {
        for body in [(family.body)(family.over), (family.body)(10 * family.over), family.filling(BODY - 100)] {
            // The text as it stands: some of it is too deep for the test to read.
            socket.send(Message::text(format!(r#"{{"id":"1","type":"subscribe","payload":{body}}}"#))).await;
            match socket.try_hear().await {
                Some(answer) => {
                    let code = &answer["payload"][0]["extensions"]["code"];
                    assert_eq!((&answer["type"], code), (&json!("error"), &json!("BAD_USER_INPUT")), "{}", family.name);
                    assert_eq!(app.statements.take(), [""; 0], "{}", family.name);
                }
                None => {
                    socket = Socket::of(&app, &admin).await;
                    app.statements.take();
                }
            }
        }
    }
    socket.start("2", "{ viewer { role } }", json!({})).await;
    assert_eq!(socket.event("2").await["viewer"]["role"], "VENDOR_ADMIN");
}
