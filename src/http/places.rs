//! How many connections may stay open: for each user, and for all together.

use crate::fault::Fault;
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use uuid::Uuid;

/// Sockets and multipart answers of one user.
const PER_USER: usize = 20;
/// Of all together, also those that have not said yet who they are.
const TOGETHER: usize = 1_024;

/// Counts connections that stay open.
#[derive(Clone, Debug)]
pub(super) struct Places {
    users: Arc<Mutex<HashMap<Uuid, usize>>>,
    together: Arc<Semaphore>,
}

/// A user's place; free again when dropped.
#[derive(Debug)]
pub(super) struct Place {
    places: Places,
    user: Uuid,
}

impl Places {
    pub(super) fn new() -> Self {
        Self { users: Arc::default(), together: Arc::new(Semaphore::new(TOGETHER)) }
    }

    /// A place for somebody, whoever it will turn out to be.
    pub(super) fn any(&self) -> Result<OwnedSemaphorePermit, Fault> {
        self.together.clone().try_acquire_owned().map_err(|_| Fault::RateLimited)
    }

    /// A place of a user's own, or of an API key's.
    pub(super) fn of(&self, user: Uuid) -> Result<Place, Fault> {
        let mut users = self.lock();
        let taken = users.entry(user).or_default();
        if *taken >= PER_USER {
            return Err(Fault::RateLimited);
        }
        *taken += 1;
        Ok(Place { places: self.clone(), user })
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<Uuid, usize>> {
        self.users.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut users = self.places.lock();
        if let Some(taken) = users.get_mut(&self.user) {
            *taken -= 1;
            if *taken == 0 {
                users.remove(&self.user);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_free_again_when_its_connection_ends() {
        let places = Places::new();
        let (one, two) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let mut held: Vec<_> = (0..PER_USER).map(|_| places.of(one).unwrap()).collect();
        assert!(places.of(one).is_err());
        assert!(places.of(two).is_ok(), "others are not kept out");
        held.pop();
        assert!(places.of(one).is_ok());
        drop(held);
        assert!(places.lock().is_empty(), "nothing is kept of who is gone");
    }
}
