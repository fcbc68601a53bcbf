//! How many of something each holder may have at once.

use std::{
    collections::HashMap,
    fmt,
    hash::Hash,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// Counts what each holder has.
#[derive(Clone, Debug)]
pub(super) struct Shares<K> {
    most: usize,
    taken: Arc<Mutex<HashMap<K, usize>>>,
}

/// One of a holder's share; free again when dropped.
pub(super) struct Held<K: Eq + Hash> {
    shares: Shares<K>,
    holder: K,
}

impl<K: Clone + Eq + Hash> Shares<K> {
    /// So many for each.
    pub(super) fn new(most: usize) -> Self {
        Self { most, taken: Arc::default() }
    }

    /// One more for this holder; `None` if it has all that it may have.
    pub(super) fn take(&self, holder: K) -> Option<Held<K>> {
        let mut taken = self.lock();
        let has = taken.entry(holder.clone()).or_default();
        if *has >= self.most {
            return None;
        }
        *has += 1;
        Some(Held { shares: self.clone(), holder })
    }
}

impl<K> Shares<K> {
    fn lock(&self) -> MutexGuard<'_, HashMap<K, usize>> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<K: Eq + Hash> fmt::Debug for Held<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Held")
    }
}

impl<K: Eq + Hash> Drop for Held<K> {
    fn drop(&mut self) {
        let mut taken = self.shares.lock();
        if let Some(has) = taken.get_mut(&self.holder) {
            *has -= 1;
            if *has == 0 {
                taken.remove(&self.holder);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_free_again_when_it_is_dropped() {
        let shares = Shares::new(3);
        let mut held: Vec<_> = (0..3).map(|_| shares.take("one").unwrap()).collect();
        assert!(shares.take("one").is_none());
        assert!(shares.take("two").is_some(), "others are not kept out");
        held.pop();
        assert!(shares.take("one").is_some());
        drop(held);
        assert!(shares.lock().is_empty(), "nothing is kept of who is gone");
    }
}
