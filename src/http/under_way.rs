//! What connections that stay open know of the server loop: whether it stops. It waits for those that still hold this.

use std::convert::Infallible;
use tokio::sync::{mpsc, watch};

/// Comes with every request; whoever stays keeps it until the last word is said.
#[derive(Clone, Debug)]
pub(super) struct UnderWay {
    stop: watch::Receiver<bool>,
    _held: mpsc::Sender<Infallible>,
}

/// Where the server loop waits until nobody is under way.
#[derive(Debug)]
pub(super) struct AllDone(mpsc::Receiver<Infallible>);

impl UnderWay {
    pub(super) fn new(stop: watch::Receiver<bool>) -> (Self, AllDone) {
        let (held, done) = mpsc::channel(1);
        (Self { stop, _held: held }, AllDone(done))
    }

    /// Returns when the server is asked to stop.
    pub(super) async fn stopped(&mut self) {
        // Nobody is left to say so: the server is gone.
        let _ = self.stop.wait_for(|stop| *stop).await;
    }
}

impl AllDone {
    /// Returns when everybody has let go.
    pub(super) async fn wait(mut self) {
        self.0.recv().await;
    }
}
