//! How much one caller may ask for within a minute: counted in memory, by each server for itself. What guesses
//! passwords or writes letters is counted in the database besides.

use crate::{access::Access, config::Limits, domain::throttle, fault::Fault, hub::Hub};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};
use uuid::Uuid;

/// A minute in the clock's nanoseconds.
const MINUTE: i128 = 60_000_000_000;
/// Callers that are told apart; of more, the new ones share a minute.
const CALLERS: usize = 100_000;

/// Counts what callers ask for.
#[derive(Clone, Debug, Default)]
pub(super) struct Rates(Arc<Mutex<HashMap<Caller, Spent>>>);

/// Whose minute it is.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Caller {
    /// A user, or an API key.
    Known(Uuid),
    /// Nobody in particular, from this network.
    Stranger(String),
    Others,
}

/// Until when the share of requests, and that of objects, is spent.
#[derive(Clone, Copy, Debug, Default)]
struct Spent {
    requests: i128,
    objects: i128,
}

impl Rates {
    /// Takes one request that asks for so many objects, or says how long to wait.
    pub(super) fn take(&self, access: &Access, objects: u64) -> Result<(), Fault> {
        let limits = &access.hub().config.limits;
        let (caller, requests) = match access.actor().id() {
            Some(who) => (Caller::Known(who), limits.requests_a_minute),
            None => (Caller::Stranger(throttle::network(access.origin())), limits.strangers_a_minute),
        };
        self.count(access.hub(), caller, requests, objects)
    }

    fn count(&self, hub: &Hub, caller: Caller, requests: usize, objects: u64) -> Result<(), Fault> {
        let now = i128::from(hub.clock.now().timestamp_micros()) * 1_000;
        let mut callers = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let caller = known(&mut callers, caller, now);
        let spent = callers.entry(caller).or_default();
        let Limits { objects_a_minute, .. } = hub.config.limits;
        // Both or none: what is refused costs nothing.
        *spent = Spent {
            requests: after(spent.requests, now, 1, requests)?,
            objects: after(spent.objects, now, objects, objects_a_minute)?,
        };
        Ok(())
    }
}

/// The caller, or the rest if there are too many; whoever has been silent for a minute is forgotten first.
fn known(callers: &mut HashMap<Caller, Spent>, caller: Caller, now: i128) -> Caller {
    if callers.len() >= CALLERS && !callers.contains_key(&caller) {
        callers.retain(|_, spent| spent.requests.max(spent.objects) > now);
        if callers.len() >= CALLERS {
            return Caller::Others;
        }
    }
    caller
}

/// Until when the share is spent once so much more is taken of it (GCRA). More than a whole minute's is that much.
fn after(until: i128, now: i128, amount: u64, a_minute: usize) -> Result<i128, Fault> {
    let amount = i128::from(amount).min(a_minute as i128);
    // A clock that is put back locks nobody out for longer than a minute.
    let until = until.clamp(now, now + MINUTE) + MINUTE * amount / a_minute as i128;
    match until - now - MINUTE {
        late @ 1.. => {
            let seconds = u64::try_from(late).unwrap_or(u64::MAX).div_ceil(1_000_000_000);
            Err(Fault::Throttled { seconds })
        }
        _ => Ok(until),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_minutes_share_comes_back_bit_by_bit() {
        let mut until = 0;
        for _ in 0..60 {
            until = after(until, MINUTE, 1, 60).unwrap();
        }
        assert!(matches!(after(until, MINUTE, 1, 60), Err(Fault::Throttled { seconds: 1 })));
        assert!(matches!(after(until, MINUTE, 30, 60), Err(Fault::Throttled { seconds: 30 })));
        let second = MINUTE / 60;
        let next = after(until, MINUTE + second, 1, 60).unwrap();
        assert!(after(next, MINUTE + second, 1, 60).is_err());
        assert!(after(0, MINUTE, 1_000_000, 60).is_ok(), "more than all is all");
        assert!(matches!(after(until, 0, 1, 60), Err(Fault::Throttled { seconds: 1 })), "a clock that is put back");
    }

    #[test]
    fn callers_beyond_count_share() {
        let mut callers: HashMap<_, _> = (0..CALLERS as u128)
            .map(|at| (Caller::Known(Uuid::from_u128(at)), Spent { requests: 10, objects: 0 }))
            .collect();
        let new = Caller::Known(Uuid::max());
        assert_eq!(known(&mut callers, new.clone(), 5), Caller::Others);
        assert_eq!(known(&mut callers, Caller::Known(Uuid::from_u128(7)), 5), Caller::Known(Uuid::from_u128(7)));
        assert_eq!(known(&mut callers, new.clone(), 10), new);
        assert!(callers.is_empty(), "who has been silent is forgotten");
    }
}
