//! How long connections that stay open may be silent; a test sets shorter times.

use std::time::Duration;

/// The times of connections that stay open.
#[derive(Clone, Copy, Debug)]
pub struct Timing {
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
        Self { init: seconds(10), ping: seconds(12), heartbeat: seconds(5) }
    }
}
