//! How long the server waits for what; a test sets shorter times.

use std::time::Duration;

/// The patience of the server.
#[derive(Clone, Copy, Debug)]
pub struct Timing {
    /// How long the head of a request may take, from its first byte; also the first byte of a new connection.
    pub head: Duration,
    /// How long a body may take to arrive.
    pub body: Duration,
    /// How long an answer may take.
    pub answer: Duration,
    /// How long a connection may be open between requests.
    pub idle: Duration,
    /// How often an HTTP/2 connection is asked whether it is still there.
    pub probe: Duration,
    /// How long requests under way may take once the server is asked to stop.
    pub grace: Duration,
    /// How long a new socket may take to say who it is.
    pub init: Duration,
    /// How often a socket is pinged, and its session is looked at; whoever is silent for as long is gone.
    pub ping: Duration,
    /// How often a multipart answer says that it is alive.
    pub heartbeat: Duration,
}

impl Default for Timing {
    fn default() -> Self {
        let seconds = Duration::from_secs;
        Self {
            head: seconds(10),
            body: seconds(15),
            answer: seconds(10),
            idle: seconds(75),
            probe: seconds(20),
            grace: seconds(25),
            init: seconds(10),
            ping: seconds(12),
            heartbeat: seconds(5),
        }
    }
}
