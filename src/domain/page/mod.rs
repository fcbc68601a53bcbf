//! Pages of lists: keyset cursors bound to their order, and the first rows per parent in one statement.

mod by_id;
mod children;
mod keyset;
mod sparse;
mod totals;

pub use by_id::by_ids;
pub use children::{ChildOf, child_cursor, child_position, children};
pub use keyset::{Key, Ordering, Sorting, Unordered, list};
pub use sea_orm::Order;
pub use sparse::{Asked, get};
pub use totals::{Count, count};

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

    /// The same page of something made of the rows.
    pub fn map<T>(self, make: impl Fn(M) -> T) -> Page<T> {
        Page { rows: self.rows.into_iter().map(make).collect(), has_next: self.has_next }
    }

    /// Cuts off the row that was read only to learn whether it exists.
    fn cut(mut rows: Vec<M>, first: u64) -> Self {
        let first = usize::try_from(first).unwrap_or(usize::MAX);
        let has_next = rows.len() > first;
        rows.truncate(first);
        Self { rows, has_next }
    }
}
