//! What a connection is doing, so that each state has its own patience: hyper times the head of a request from the end
//! of the one before, and would end idle connections with it.

use super::timing::Timing;
use std::sync::Arc;
use tokio::{
    sync::watch,
    time::{Duration, Instant, sleep_until, timeout_at},
};

/// What a connection is doing.
#[derive(Clone, Copy, Debug)]
enum State {
    /// A head is arriving, since then.
    Head(Instant),
    /// So many requests are being answered; something went on with one of them then.
    Busy(usize, Instant),
    /// Nothing, since then.
    Idle(Instant),
}

/// The state of one connection, told by those who see it change.
#[derive(Clone, Debug)]
pub(super) struct Pulse(Arc<watch::Sender<State>>);

/// A request that is being answered, until the last byte of the answer is taken.
#[derive(Debug)]
pub(super) struct Beat(Pulse);

/// What went on too long.
#[derive(Clone, Copy, Debug)]
pub(super) enum Overdue {
    /// Half a head.
    Head,
    /// Silence, or an answer that nobody takes.
    Idle,
}

impl State {
    /// When this state has lasted too long, and what that means.
    fn end(self, timing: &Timing) -> (Instant, Overdue) {
        match self {
            Self::Head(since) => (since + timing.head, Overdue::Head),
            Self::Busy(_, since) | Self::Idle(since) => (since + timing.idle, Overdue::Idle),
        }
    }
}

impl Pulse {
    /// A new connection, on which a head is awaited.
    pub(super) fn new() -> Self {
        Self(Arc::new(watch::Sender::new(State::Head(Instant::now()))))
    }

    /// Bytes arrive. This makes an end come sooner, and so it wakes who waits for the end; other changes need not.
    pub(super) fn bytes(&self) {
        self.0.send_if_modified(|state| {
            let idle = matches!(state, State::Idle(_));
            if idle {
                *state = State::Head(Instant::now());
            }
            idle
        });
    }

    /// Nobody has asked anything yet, and may wait with it.
    pub(super) fn rest(&self) {
        self.set(|_| State::Idle(Instant::now()));
    }

    /// A request has arrived.
    pub(super) fn begin(&self) -> Beat {
        self.set(|state| {
            State::Busy(if let State::Busy(requests, _) = state { requests + 1 } else { 1 }, Instant::now())
        });
        Beat(self.clone())
    }

    /// Returns when the connection has been in its state for longer than it may.
    pub(super) async fn overdue(&self, timing: &Timing) -> Overdue {
        let mut states = self.0.subscribe();
        loop {
            let (end, overdue) = states.borrow_and_update().end(timing);
            let now = Instant::now();
            if end <= now {
                return overdue;
            }
            // Where a head has the greater patience, silence that follows it ends sooner, and nobody tells.
            let _ = timeout_at(end.min(now + timing.idle), states.changed()).await;
        }
    }

    /// Returns when no request has been under way for so long, from now on.
    pub(super) async fn rested(&self, patience: Duration) {
        let from = Instant::now();
        loop {
            let now = Instant::now();
            let end = match *self.0.borrow() {
                State::Busy(..) => now + patience,
                State::Head(since) | State::Idle(since) => since.max(from) + patience,
            };
            if end <= now {
                return;
            }
            sleep_until(end).await;
        }
    }

    fn set(&self, next: impl FnOnce(State) -> State) {
        self.0.send_if_modified(|state| {
            *state = next(*state);
            false
        });
    }
}

impl Beat {
    /// Something goes on with the request.
    pub(super) fn lives(&self) {
        self.0.set(|state| match state {
            State::Busy(requests, _) => State::Busy(requests, Instant::now()),
            other => other,
        });
    }
}

impl Drop for Beat {
    fn drop(&mut self) {
        self.0.set(|state| match state {
            State::Busy(requests, _) if requests > 1 => State::Busy(requests - 1, Instant::now()),
            _ => State::Idle(Instant::now()),
        });
    }
}
