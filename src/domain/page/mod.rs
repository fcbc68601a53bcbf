//! Pages of lists: keyset cursors bound to their order, and the first rows per parent in one statement.

mod by_id;
mod children;
mod filter;
mod keyset;
mod search;
mod sparse;
mod totals;
mod window;

pub use by_id::by_ids;
pub use children::{ChildOf, child_cursor, child_position, children};
pub use filter::{Filter, Test};
pub(crate) use keyset::ordering;
pub use keyset::{By, Key, Listing, Ordering, Sorting, Unordered};
pub use sea_orm::Order;
pub use search::{Search, Searched};
pub use sparse::{Asked, Sparse, get};
pub use totals::{Count, count, count_one};
pub use window::{Place, Window};

/// Some rows of a list.
#[derive(Clone, Debug)]
pub struct Page<M> {
    /// The rows, in order.
    pub rows: Vec<M>,
    /// Whether rows precede.
    pub has_previous: bool,
    /// Whether more rows follow.
    pub has_next: bool,
}

impl<M> Page<M> {
    /// No rows.
    pub fn empty() -> Self {
        Self { rows: Vec::new(), has_previous: false, has_next: false }
    }

    /// The same page of something made of the rows.
    pub fn map<T>(self, make: impl Fn(M) -> T) -> Page<T> {
        let Self { rows, has_previous, has_next } = self;
        Page { rows: rows.into_iter().map(make).collect(), has_previous, has_next }
    }
}

/// Cuts off the row that was read only to learn whether it exists, and tells whether it does.
fn cut<M>(mut rows: Vec<M>, size: u64) -> (Vec<M>, bool) {
    let size = usize::try_from(size).unwrap_or(usize::MAX);
    let more = rows.len() > size;
    rows.truncate(size);
    (rows, more)
}
