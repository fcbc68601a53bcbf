//! Which part of a list: forwards or backwards from a cursor, or so many rows further on.

use super::{Page, cut};

/// Which part of a list is asked for.
#[derive(Clone, Debug)]
pub struct Window {
    /// How many rows at most.
    pub size: u64,
    /// Where they are.
    pub place: Place,
}

/// Where a part of a list is.
#[derive(Clone, Debug)]
pub enum Place {
    /// At the beginning.
    First,
    /// Behind this cursor.
    After(String),
    /// Behind so many rows.
    Offset(u64),
    /// At the end.
    Last,
    /// Before this cursor.
    Before(String),
}

impl Window {
    /// Whether rows are read from the end of the list on.
    pub(super) fn is_backward(&self) -> bool {
        matches!(self.place, Place::Last | Place::Before(_))
    }

    pub(super) fn cursor(&self) -> Option<&str> {
        match &self.place {
            Place::After(cursor) | Place::Before(cursor) => Some(cursor),
            _ => None,
        }
    }

    pub(super) fn offset(&self) -> Option<u64> {
        match self.place {
            Place::Offset(rows) => Some(rows),
            _ => None,
        }
    }

    /// The page, of which one row more was read to learn whether it exists.
    pub(super) fn page<M>(&self, rows: Vec<M>) -> Page<M> {
        let (mut rows, more) = cut(rows, self.size);
        if self.is_backward() {
            rows.reverse();
            return Page { rows, has_previous: more, has_next: matches!(self.place, Place::Before(_)) };
        }
        Page { rows, has_previous: !matches!(self.place, Place::First | Place::Offset(0)), has_next: more }
    }
}
