//! Pages of lists: keyset cursors bound to their order, and the first rows per parent in one statement.

mod children;
mod keyset;

pub use children::{ChildOf, child_cursor, child_position, children, counts};
pub use keyset::{Key, Ordering, Sorting, Unordered, list};
pub use sea_orm::Order;

use crate::{
    access::{Access, Scoped},
    fault::Fault,
};
use sea_orm::{PaginatorTrait, Select};

/// Some rows of a list.
#[derive(Clone, Debug)]
pub struct Page<M> {
    /// The rows, in order.
    pub rows: Vec<M>,
    /// Whether more rows follow.
    pub has_next: bool,
}

impl<M> Page<M> {
    /// No rows.
    pub fn empty() -> Self {
        Self { rows: Vec::new(), has_next: false }
    }

    /// Cuts off the row that was read only to learn whether it exists.
    fn cut(mut rows: Vec<M>, first: u64) -> Self {
        let first = usize::try_from(first).unwrap_or(usize::MAX);
        let has_next = rows.len() > first;
        rows.truncate(first);
        Self { rows, has_next }
    }
}

/// How many rows a list has in all.
pub async fn total<E: Scoped>(access: &Access, rows: Select<E>) -> Result<u64, Fault>
where
    E::Model: Send + Sync,
{
    Ok(rows.count(access.conn()).await?)
}
