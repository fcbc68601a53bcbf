//! Whether the relay takes letters at all: while it does not, the queue rests and spends no tries.

use crate::outbox::{Outcome, tried_at};
use chrono::{DateTime, TimeDelta, Utc};
use entity::outbox::Model as Row;
use std::sync::{Mutex, PoisonError};

/// The first rest.
const SHORTEST: TimeDelta = TimeDelta::seconds(5);
/// The longest: so long after the relay's return the queue goes on at the latest.
const LONGEST: TimeDelta = TimeDelta::seconds(30);

/// What is known of the relay.
#[derive(Debug, Default)]
pub(super) struct Relay(Mutex<Known>);

#[derive(Debug, Default)]
struct Known {
    rest: Option<Rest>,
    /// When it last took a letter.
    took: Option<DateTime<Utc>>,
}

#[derive(Clone, Copy, Debug)]
struct Rest {
    until: DateTime<Utc>,
    length: TimeDelta,
}

impl Relay {
    /// How many more letters may be begun: none during a rest, a single one after it, to see.
    pub(super) fn places(&self, now: DateTime<Utc>, under_way: usize, most: usize) -> usize {
        match self.lock().rest {
            Some(rest) if now < rest.until => 0,
            Some(_) => 1_usize.saturating_sub(under_way),
            None => most.saturating_sub(under_way),
        }
    }

    /// A relay that has taken others since this letter found it closed is closed to this letter only, which is put off
    /// like any other, and given up in the end.
    pub(super) fn judge(&self, row: &Row, outcome: Outcome) -> Outcome {
        let before = row.last_error.is_some().then(|| tried_at(row));
        match outcome {
            Outcome::Unreachable(why) if before.is_some_and(|at| self.lock().took.is_some_and(|took| took >= at)) => {
                Outcome::Deferred(why)
            }
            outcome => outcome,
        }
    }

    /// Takes note of how a try ended.
    pub(super) fn learn(&self, now: DateTime<Utc>, outcome: &Outcome) {
        let mut known = self.lock();
        if matches!(outcome, Outcome::Sent) {
            known.took = Some(now);
        }
        let rest = &mut known.rest;
        match outcome {
            Outcome::Unreachable(why) => {
                let length = match *rest {
                    // Several letters that found out together are one finding.
                    Some(rest) if now < rest.until => return,
                    Some(rest) => (rest.length * 2).min(LONGEST),
                    None => {
                        tracing::error!(why, "no letters leave: the mail server cannot be used");
                        SHORTEST
                    }
                };
                *rest = Some(Rest { until: now + length, length });
            }
            // Whatever else the relay said, it spoke with us.
            Outcome::Sent | Outcome::Refused(_) | Outcome::Deferred(_) => {
                if rest.take().is_some() {
                    tracing::info!("the mail server can be used again");
                }
            }
            Outcome::Cancelled | Outcome::Broken(_) | Outcome::ByHand(_) => {}
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Known> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_rests_longer_each_time_and_then_looks_with_one_letter() {
        let (relay, mut now) = (Relay::default(), DateTime::UNIX_EPOCH);
        assert_eq!(relay.places(now, 3, 10), 7);
        for seconds in [5, 10, 20, 30, 30] {
            for _ in 0..3 {
                relay.learn(now, &Outcome::Unreachable("down".into()));
            }
            assert_eq!(relay.places(now + TimeDelta::seconds(seconds - 1), 0, 10), 0);
            now += TimeDelta::seconds(seconds);
            assert_eq!((relay.places(now, 0, 10), relay.places(now, 1, 10)), (1, 0));
        }
        relay.learn(now, &Outcome::Sent);
        assert_eq!(relay.places(now, 0, 10), 10);
    }
}
