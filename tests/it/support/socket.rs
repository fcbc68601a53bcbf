//! A client of the socket that says exactly what it is told to.

use super::{Client, TestApp};
use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use std::time::Duration;
use tokio::{net::TcpStream, time::timeout};
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, connect_async,
    tungstenite::{Error, Message, client::IntoClientRequest, handshake::client::Request, http::HeaderValue},
};

/// A test that waits longer has failed.
const PATIENCE: Duration = Duration::from_secs(30);

/// One open socket.
pub(crate) struct Socket(WebSocketStream<MaybeTlsStream<TcpStream>>);

impl Socket {
    /// A request for a socket, to be changed before it is sent.
    pub(crate) fn request(app: &TestApp) -> Request {
        let address = app.base.replacen("http", "ws", 1) + "/graphql/ws";
        let mut request = address.into_client_request().unwrap();
        let protocol = HeaderValue::from_static("graphql-transport-ws");
        request.headers_mut().insert("sec-websocket-protocol", protocol);
        request
    }

    pub(crate) async fn connect(request: Request) -> Result<Self, Box<Error>> {
        connect_async(request).await.map(|(socket, _)| Self(socket)).map_err(Box::new)
    }

    /// Open, and nothing said yet.
    pub(crate) async fn silent(app: &TestApp) -> Self {
        Self::connect(Self::request(app)).await.unwrap()
    }

    /// Open and let in.
    pub(crate) async fn of(app: &TestApp, client: &Client) -> Self {
        let mut socket = Self::silent(app).await;
        socket.say(init(client)).await;
        assert_eq!(socket.hear().await, json!({ "type": "connection_ack" }));
        socket
    }

    pub(crate) async fn send(&mut self, message: Message) {
        self.0.send(message).await.unwrap();
    }

    pub(crate) async fn try_send(&mut self, message: Message) -> Result<(), Box<Error>> {
        self.0.send(message).await.map_err(Box::new)
    }

    pub(crate) async fn say(&mut self, message: Value) {
        self.send(Message::text(message.to_string())).await;
    }

    /// Begins an operation, and goes on when the server has heard of it.
    pub(crate) async fn subscribe(&mut self, id: &str, query: &str, variables: Value) {
        self.start(id, query, variables).await;
        self.say(json!({ "type": "ping" })).await;
        assert_eq!(self.hear().await, json!({ "type": "pong" }));
    }

    /// Begins an operation.
    pub(crate) async fn start(&mut self, id: &str, query: &str, variables: Value) {
        let payload = json!({ "query": query, "variables": variables });
        self.say(json!({ "id": id, "type": "subscribe", "payload": payload })).await;
    }

    /// The next message of the protocol.
    pub(crate) async fn hear(&mut self) -> Value {
        match self.frame().await {
            Message::Text(text) => serde_json::from_str(&text).unwrap(),
            other => panic!("{other:?}"),
        }
    }

    /// The next message, or `None` if the server closes the socket instead.
    pub(crate) async fn try_hear(&mut self) -> Option<Value> {
        match self.frame().await {
            Message::Text(text) => serde_json::from_str(&text).unwrap(),
            _ => None,
        }
    }

    /// The data of the next event of this operation.
    pub(crate) async fn event(&mut self, id: &str) -> Value {
        let message = self.hear().await;
        assert_eq!((&message["type"], &message["id"]), (&json!("next"), &json!(id)), "{message}");
        assert!(message["payload"].get("errors").is_none(), "{message}");
        message["payload"]["data"].clone()
    }

    /// The codes of the error that this operation ends with.
    pub(crate) async fn refusal(&mut self, id: &str) -> Vec<String> {
        let message = self.hear().await;
        assert_eq!((&message["type"], &message["id"]), (&json!("error"), &json!(id)), "{message}");
        let errors = message["payload"].as_array().expect("a list of errors");
        errors.iter().map(|error| error["extensions"]["code"].as_str().unwrap().to_owned()).collect()
    }

    /// The code that the server closes with, after nothing else.
    pub(crate) async fn closed(&mut self) -> u16 {
        match self.frame().await {
            Message::Close(Some(frame)) => frame.code.into(),
            other => panic!("{other:?}"),
        }
    }

    async fn frame(&mut self) -> Message {
        loop {
            let next = timeout(PATIENCE, self.0.next()).await.expect("something is said");
            match next.expect("the socket is open").unwrap() {
                Message::Ping(_) | Message::Pong(_) => {}
                other => return other,
            }
        }
    }
}

/// The greeting of somebody with a token.
pub(crate) fn init(client: &Client) -> Value {
    let token = client.token.as_deref().unwrap();
    json!({ "type": "connection_init", "payload": { "authorization": format!("Bearer {token}") } })
}
