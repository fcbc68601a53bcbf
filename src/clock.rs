//! The only source of time and of ids: injected, so that a test can turn the clock.

use chrono::{DateTime, DurationRound, TimeDelta, Utc};
use std::sync::{Arc, Mutex};
use uuid::{NoContext, Timestamp, Uuid};

/// Tells the time in UTC to the microsecond, and makes time-ordered ids.
#[derive(Clone, Debug)]
pub struct Clock(Source);

#[derive(Clone, Debug)]
enum Source {
    /// The machine's clock.
    System,
    /// Stands still until it is turned.
    Manual(Arc<Mutex<Manual>>),
}

#[derive(Debug)]
struct Manual {
    now: DateTime<Utc>,
    ids: u64,
}

impl Clock {
    /// The machine's clock.
    pub fn system() -> Self {
        Self(Source::System)
    }

    /// A clock that stands at `now` and makes the same ids in every run.
    pub fn manual(now: DateTime<Utc>) -> Self {
        Self(Source::Manual(Arc::new(Mutex::new(Manual { now: whole_micros(now), ids: 0 }))))
    }

    /// The time, in UTC, cut to whole microseconds because that is what PostgreSQL keeps.
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the machine's clock")]
    pub fn now(&self) -> DateTime<Utc> {
        match &self.0 {
            Source::System => whole_micros(Utc::now()),
            Source::Manual(manual) => lock(manual).now,
        }
    }

    /// A new UUIDv7 as any typed id; ids of one process ascend.
    #[expect(clippy::disallowed_methods, reason = "the one place that makes ids")]
    pub fn id<T: From<Uuid>>(&self) -> T {
        T::from(match &self.0 {
            Source::System => Uuid::now_v7(),
            Source::Manual(manual) => {
                let mut manual = lock(manual);
                manual.ids += 1;
                counted_v7(manual.now, manual.ids)
            }
        })
    }

    /// Turns a manual clock forward (or back); the machine's clock cannot be turned.
    pub fn advance(&self, by: TimeDelta) {
        if let Source::Manual(manual) = &self.0 {
            lock(manual).now += by;
        }
    }
}

fn lock(manual: &Mutex<Manual>) -> std::sync::MutexGuard<'_, Manual> {
    manual.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

fn whole_micros(at: DateTime<Utc>) -> DateTime<Utc> {
    at.duration_trunc(TimeDelta::microseconds(1)).unwrap_or(at)
}

/// A UUIDv7 of this moment whose random part is a counter: unique, ascending and repeatable.
fn counted_v7(at: DateTime<Utc>, count: u64) -> Uuid {
    let seconds = u64::try_from(at.timestamp()).unwrap_or_default();
    let stamp = Timestamp::from_unix(NoContext, seconds, at.timestamp_subsec_nanos());
    let mut bytes = *Uuid::new_v7(stamp).as_bytes();
    bytes[6] = 0x70;
    bytes[7] = 0;
    bytes[8..].copy_from_slice(&((0b10 << 62) | count).to_be_bytes());
    Uuid::from_bytes(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_manual_clock_stands_still_and_repeats_its_ids() {
        let ids = |_| {
            let clock = Clock::manual(DateTime::UNIX_EPOCH);
            [clock.id::<Uuid>(), clock.id()]
        };
        let [first, second] = ids(());
        assert_eq!([first, second], ids(()));
        assert!(first < second);
        assert_eq!(first.get_version_num(), 7);
        let clock = Clock::manual(DateTime::UNIX_EPOCH);
        clock.advance(TimeDelta::hours(1));
        assert_eq!(clock.now().timestamp(), 3600);
    }
}
