//! What one running server shares: database, clock, keys, configuration, the bell of the outbox, and who is
//! told of changes.

use crate::{
    changes::Changes,
    clock::Clock,
    config::Config,
    db::{self, Keeper, Pools, Reading},
    secret::ServerKey,
};
use std::sync::{Arc, atomic::AtomicUsize};
use tokio::sync::{Notify, Semaphore};

/// Shared by every request and by the worker; cheap to clone behind an [`Arc`].
#[derive(Debug)]
pub struct Hub {
    /// The connections.
    pub pools: Pools,
    /// Time and ids.
    pub clock: Clock,
    /// What the operator set.
    pub config: Config,
    /// Derives the links in letters.
    pub key: ServerKey,
    /// One permit per password that may be hashed at once: 19 MiB and 25 ms of a core each.
    pub hashing: Arc<Semaphore>,
    /// How many wait for such a permit.
    pub waiting_to_hash: AtomicUsize,
    /// A connection for each query that may be answered at once: those that wait for one hold no rows yet, so that
    /// memory stays bounded however many ask.
    pub keeper: Arc<Keeper>,
    /// Rung after each commit, here or on another server, which may have written to the outbox.
    pub bell: Arc<Notify>,
    /// Told of each change after its commit.
    pub changes: Changes,
}

impl Hub {
    /// Puts the parts together.
    pub fn new(pools: Pools, clock: Clock, config: Config, key: ServerKey) -> Arc<Self> {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let hashing = Arc::new(Semaphore::new((cores - 1).max(1)));
        let keeper = Keeper::new(pools.clone(), db::connections(cores));
        let (bell, changes) = (Arc::default(), Changes::new());
        let waiting_to_hash = AtomicUsize::new(0);
        Arc::new(Self { pools, clock, config, key, hashing, waiting_to_hash, keeper, bell, changes })
    }

    /// Any connection, for each statement.
    pub fn any_connection(&self) -> Reading {
        Reading::Pool(self.pools.reads.clone())
    }

    /// A connection for the statements of one query, once it is its turn.
    pub fn keep_connection(&self) -> Reading {
        Reading::one(&self.keeper)
    }
}
