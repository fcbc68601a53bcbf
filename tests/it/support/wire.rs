//! A connection of which a test says every byte.

use super::TestApp;
use std::time::Duration;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::timeout,
};

/// How HTTP/2 begins.
pub(crate) const PREFACE: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

/// What stands in the body of most requests.
pub(crate) const VIEWER: &str = r#"{"query":"{ viewer { role } }"}"#;

/// A connection to the hub.
pub(crate) async fn connect(app: &TestApp) -> TcpStream {
    TcpStream::connect(app.base.trim_start_matches("http://")).await.unwrap()
}

/// What the server says until it hangs up.
pub(crate) async fn hear(stream: &mut TcpStream) -> Vec<u8> {
    let mut said = Vec::new();
    let _ = timeout(Duration::from_secs(20), stream.read_to_end(&mut said)).await.expect("the server hangs up");
    said
}

/// Sends bytes, and hears the server out.
pub(crate) async fn talk(app: &TestApp, bytes: &[u8]) -> String {
    let mut stream = connect(app).await;
    // The server may have hung up on what it does not want to hear.
    let _ = stream.write_all(bytes).await;
    String::from_utf8_lossy(&hear(&mut stream).await).into_owned()
}
