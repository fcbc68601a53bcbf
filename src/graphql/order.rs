//! In which order lists come.

use crate::{
    domain::page::{Order, Sorting},
    fault::Fault,
};
use async_graphql::Enum;

/// In which direction a list is ordered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum OrderDirection {
    /// Smallest or oldest first.
    Asc,
    /// Greatest or newest first.
    Desc,
}

impl From<OrderDirection> for Order {
    fn from(direction: OrderDirection) -> Self {
        match direction {
            OrderDirection::Asc => Self::Asc,
            OrderDirection::Desc => Self::Desc,
        }
    }
}

/// The order of a list: the columns that are asked for, each at most once, or else by one of them, newest first.
pub fn sorting<O: Copy + PartialEq>(
    asked: impl Iterator<Item = (O, OrderDirection)>,
    newest: O,
) -> Result<Sorting<O>, Fault> {
    let mut columns: Vec<(O, Order)> = Vec::new();
    for (column, direction) in asked {
        if columns.iter().any(|(other, _)| *other == column) {
            return Err(Fault::BadUserInput("`orderBy` names each column at most once.".into()));
        }
        columns.push((column, direction.into()));
    }
    if columns.is_empty() {
        columns.push((newest, Order::Desc));
    }
    Ok(Sorting(columns))
}
