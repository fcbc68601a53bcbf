//! How many connections may stay open: for each user, and for all together.

use super::shares::{Held, Shares};
use crate::fault::Fault;
use std::sync::Arc;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use uuid::Uuid;

/// Sockets and multipart answers of one user.
const PER_USER: usize = 20;
/// Of all together, also those that have not said yet who they are.
const TOGETHER: usize = 1_024;

/// Counts connections that stay open.
#[derive(Clone, Debug)]
pub(super) struct Places {
    users: Shares<Uuid>,
    together: Arc<Semaphore>,
}

/// A user's place; free again when dropped.
pub(super) type Place = Held<Uuid>;

impl Places {
    pub(super) fn new() -> Self {
        Self { users: Shares::new(PER_USER), together: Arc::new(Semaphore::new(TOGETHER)) }
    }

    /// A place for somebody, whoever it will turn out to be.
    pub(super) fn any(&self) -> Result<OwnedSemaphorePermit, Fault> {
        self.together.clone().try_acquire_owned().map_err(|_| Fault::RateLimited)
    }

    /// A place of a user's own, or of an API key's.
    pub(super) fn of(&self, user: Uuid) -> Result<Place, Fault> {
        self.users.take(user).ok_or(Fault::RateLimited)
    }
}
