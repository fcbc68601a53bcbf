//! Edits that say which version they have seen: one who edits an older one overwrites nothing.

use super::{Access, Granted, Reach, Scoped, find_within};
use crate::fault::Fault;
use entity::{integration, partner, tenant, user, vendor};
use sea_orm::DatabaseTransaction;

/// A row whose edits are counted.
pub trait Versioned {
    /// The number of its edits, from 1.
    fn version(&self) -> i32;
}

macro_rules! versioned {
    ($($table:ident),+) => {$(
        impl Versioned for $table::Model {
            fn version(&self) -> i32 {
                self.version
            }
        }
    )+};
}

versioned!(integration, partner, tenant, user, vendor);

impl<T: Versioned> Granted<T> {
    /// The row, if it is still the one that was seen, or nobody says which that was.
    pub fn as_seen(self, expected: Option<i32>) -> Result<Self, Fault> {
        match expected {
            Some(expected) if expected != self.version() => Err(Fault::Stale(self.version())),
            _ => Ok(self),
        }
    }
}

impl Access<DatabaseTransaction> {
    /// What to answer when a guarded update has met no row: somebody else was faster, and this is the version that the
    /// row has now. Where reads take no lock, that is found out only by the write.
    pub async fn overtaken<E>(&self, id: E::Id) -> Fault
    where
        E: Scoped<Model: Versioned>,
    {
        match find_within::<E, _>(&self.conn, Reach::Everything, id).await {
            Ok(row) => row.map_or(Fault::Conflict, |row| Fault::Stale(row.version())),
            Err(fault) => fault,
        }
    }
}
