//! In which order lists come.

use crate::{
    domain::page::{Order, Sorting},
    fault::Fault,
};
use async_graphql::Enum;

/// In which direction a list is ordered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum)]
pub enum OrderDirection {
    /// Smallest or oldest first.
    #[default]
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

/// An input that names one column of an order.
pub trait OrderBy: Into<(Self::Column, OrderDirection)> {
    /// What it names.
    type Column: Copy + PartialEq;
}

/// The order of a list: the columns that are asked for, or else one of them, newest first.
pub fn sorting<O: Copy + PartialEq>(
    asked: impl Iterator<Item = (O, OrderDirection)>,
    newest: O,
) -> Result<Sorting<O>, Fault> {
    let columns = columns(asked)?;
    Ok(Sorting::by(if columns.is_empty() { vec![(newest, Order::Desc)] } else { columns }))
}

/// The columns that are asked for, each at most once.
pub fn columns<O: Copy + PartialEq>(
    asked: impl Iterator<Item = (O, OrderDirection)>,
) -> Result<Vec<(O, Order)>, Fault> {
    let mut columns: Vec<(O, Order)> = Vec::new();
    for (column, direction) in asked {
        if columns.iter().any(|(other, _)| *other == column) {
            return Err(Fault::BadUserInput("`orderBy` names each column at most once.".into()));
        }
        columns.push((column, direction.into()));
    }
    Ok(columns)
}

/// Makes the inputs of a list's order; the columns are the domain's.
macro_rules! order_by {
    ($(#[$doc:meta])* $by:ident of $field:ident as $columns:ident { $($(#[$column_doc:meta])* $column:ident,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, async_graphql::Enum)]
        pub enum $field {
            $($(#[$column_doc])* $column,)+
        }

        /// One column of an order.
        #[derive(Clone, Copy, Debug, async_graphql::InputObject)]
        pub struct $by {
            /// The column.
            field: $field,
            /// Its direction.
            #[graphql(default)]
            direction: $crate::graphql::order::OrderDirection,
        }

        impl $crate::graphql::order::OrderBy for $by {
            type Column = $crate::domain::order::$columns;
        }

        impl From<$by> for ($crate::domain::order::$columns, $crate::graphql::order::OrderDirection) {
            fn from(by: $by) -> Self {
                let column = match by.field {
                    $($field::$column => $crate::domain::order::$columns::$column,)+
                };
                (column, by.direction)
            }
        }
    };
}

pub(crate) use order_by;
