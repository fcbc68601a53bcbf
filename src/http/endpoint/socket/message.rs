//! The messages of graphql-transport-ws, and the codes that sockets are closed with.

use async_graphql::ServerError;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::borrow::Cow;

/// The only sub-protocol.
pub(super) const PROTOCOL: &str = "graphql-transport-ws";

/// What a client says. Its greeting holds a token, so that it has no `Debug` outside of tests.
#[derive(Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub(super) enum Heard {
    ConnectionInit {
        payload: Option<Map<String, Value>>,
    },
    Ping {
        payload: Option<Map<String, Value>>,
    },
    Pong {
        #[serde(rename = "payload")]
        _payload: Option<Map<String, Value>>,
    },
    Subscribe {
        id: String,
        payload: Map<String, Value>,
    },
    Complete {
        id: String,
    },
}

impl Heard {
    /// `None` if the protocol has no such message.
    pub(super) fn read(text: &str) -> Option<Self> {
        match serde_json::from_str(text).ok()? {
            Self::Subscribe { id, .. } | Self::Complete { id } if id.is_empty() => None,
            Self::Subscribe { payload, .. } if !is_request(&payload) => None,
            heard => Some(heard),
        }
    }
}

fn is_request(payload: &Map<String, Value>) -> bool {
    let object = |name| matches!(payload.get(name), None | Some(Value::Null | Value::Object(_)));
    let name = matches!(payload.get("operationName"), None | Some(Value::Null | Value::String(_)));
    payload.get("query").is_some_and(Value::is_string) && name && object("variables") && object("extensions")
}

/// What the server says.
#[derive(Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub(super) enum Said<'a> {
    ConnectionAck,
    Pong {
        #[serde(skip_serializing_if = "Option::is_none")]
        payload: Option<Map<String, Value>>,
    },
    Error {
        id: &'a str,
        payload: &'a [ServerError],
    },
    Complete {
        id: &'a str,
    },
}

impl Said<'_> {
    /// As it travels.
    pub(super) fn write(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}

/// `next`, whose payload is finished JSON.
pub(super) fn next(id: &str, payload: &str) -> String {
    format!(r#"{{"type":"next","id":{},"payload":{payload}}}"#, serde_json::json!(id))
}

/// Why a socket is closed; a reason has at most 123 bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Close(pub(super) u16, pub(super) Cow<'static, str>);

impl Close {
    pub(super) const GOING_AWAY: Self = Self(1001, Cow::Borrowed("The server stops"));
    pub(super) const TOO_BIG: Self = Self(1009, Cow::Borrowed("Message larger than 64 KiB"));
    pub(super) const TRY_LATER: Self = Self(1013, Cow::Borrowed("Try again later"));
    pub(super) const MISSED: Self = Self(1013, Cow::Borrowed("Changes were missed: load everything anew"));
    pub(super) const INVALID: Self = Self(4400, Cow::Borrowed("Invalid message"));
    pub(super) const UNAUTHORIZED: Self = Self(4401, Cow::Borrowed("Unauthorized"));
    pub(super) const FORBIDDEN: Self = Self(4403, Cow::Borrowed("Forbidden"));
    pub(super) const PROTOCOL: Self = Self(4406, Cow::Borrowed("Subprotocol not acceptable"));
    pub(super) const INIT_TIMEOUT: Self = Self(4408, Cow::Borrowed("Connection initialisation timeout"));
    pub(super) const TOO_MANY_INITS: Self = Self(4429, Cow::Borrowed("Too many initialisation requests"));
    pub(super) const TOO_MANY_SOCKETS: Self = Self(4429, Cow::Borrowed("Too many sockets of one user"));
    pub(super) const SILENT: Self = Self(4499, Cow::Borrowed("Terminated"));

    /// The protocol wants the id in the reason, which has room for 20 characters of it.
    pub(super) fn under_way(id: &str) -> Self {
        let id: String = id.chars().take(20).collect();
        Self(4409, format!("Subscriber for {id} already exists").into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_messages_of_the_protocol_are_understood() {
        for text in [
            r#"{"type":"connection_init"}"#,
            r#"{"type":"connection_init","payload":{"authorization":"Bearer x"}}"#,
            r#"{"type":"ping","payload":{}}"#,
            r#"{"type":"pong"}"#,
            r#"{"type":"complete","id":"1"}"#,
            r#"{"id":"1","type":"subscribe","payload":{"query":"{ a }"}}"#,
            r#"{"id":"1","type":"subscribe","payload":{"query":"","variables":null,"operationName":null,"extensions":{}}}"#,
        ] {
            assert!(Heard::read(text).is_some(), "{text}");
        }
        for text in [
            "",
            "nonsense",
            "null",
            "[]",
            "{}",
            r#"[{"type":"ping"}]"#,
            r#"{"type":"start"}"#,
            r#"{"type":"connection_init","payload":"x"}"#,
            r#"{"type":"connection_init","payload":[]}"#,
            r#"{"type":"ping","payload":1}"#,
            r#"{"type":"complete"}"#,
            r#"{"type":"complete","id":""}"#,
            r#"{"type":"complete","id":1}"#,
            r#"{"type":"subscribe","id":"1"}"#,
            r#"{"type":"subscribe","payload":{"query":"{ a }"}}"#,
            r#"{"type":"subscribe","id":"","payload":{"query":"{ a }"}}"#,
            r#"{"type":"subscribe","id":"1","payload":{}}"#,
            r#"{"type":"subscribe","id":"1","payload":{"query":1}}"#,
            r#"{"type":"subscribe","id":"1","payload":{"query":"{ a }","variables":[]}}"#,
            r#"{"type":"subscribe","id":"1","payload":{"query":"{ a }","operationName":1}}"#,
            r#"{"type":"subscribe","id":"1","payload":{"query":"{ a }","extensions":"x"}}"#,
            r#"{"type":"next","id":"1","payload":{}}"#,
        ] {
            assert!(Heard::read(text).is_none(), "{text}");
        }
        assert!(Heard::read(&"[".repeat(60_000)).is_none());
    }
}
