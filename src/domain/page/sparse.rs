//! Rows of which only some columns are read: a list of a thousand rows need not carry what nobody asked for.

use crate::{
    access::{Access, Scoped},
    db::table::{Cell, Reach, Wanted},
    fault::Fault,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue, EntityTrait, IdenStatic, Iterable, QuerySelect, QueryTrait, Select, Value,
};
use std::sync::Arc;

/// What passwords and tokens are known by: pages are for showing, and carry none of it.
const HIDDEN: [&str; 3] = ["password_hash", "token_hash", "nonce"];

/// A row of which some columns have been read. Behind a pointer from the beginning: with all its columns that are not set
/// it is large, and a list of a thousand is handed on several times.
pub type Sparse<E> = Arc<<E as EntityTrait>::ActiveModel>;

/// Which columns of a table are read; one bit each, in the order of the entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Asked(u64);

impl Asked {
    /// None yet.
    pub const NONE: Self = Self(0);
    /// All.
    pub const ALL: Self = Self(u64::MAX);

    /// The column of this name; all if there is none.
    pub fn of<E: EntityTrait>(name: &str) -> Self {
        let place = E::Column::iter().position(|column| column.as_str() == name);
        place.map_or(Self::ALL, |place| Self(1 << place))
    }

    /// These columns and one more.
    pub fn and<E: EntityTrait>(self, column: E::Column) -> Self {
        self.with(Self::of::<E>(column.as_str()))
    }

    /// These columns and those.
    pub fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// The columns, in the order of the entity, but for those that nobody is shown, whatever was asked.
    pub(super) fn columns<E: EntityTrait>(self) -> Vec<E::Column> {
        let asked = E::Column::iter().enumerate().filter(|(place, _)| self.0 & 1 << place != 0);
        asked.map(|(_, column)| column).filter(|column| !HIDDEN.contains(&column.as_str())).collect()
    }
}

/// Reads rows of a statement that selects nothing yet: of their columns these. The others are not set.
pub(super) async fn read<E: Scoped>(
    access: &Access,
    rows: Select<E>,
    columns: &[E::Column],
    reach: Reach,
) -> Result<Vec<Sparse<E>>, Fault> {
    let select = rows.columns(columns.iter().copied()).into_query();
    let wanted = Wanted { select, columns: cells::<E>(columns), reach, parents: None };
    Ok(self::rows::<E>(columns, access.conn().read(wanted).await?.columns))
}

/// The columns as a table is read by.
pub(super) fn cells<E: Scoped>(columns: &[E::Column]) -> Vec<Cell> {
    columns.iter().map(|column| Cell::of::<E::Model, _>(*column)).collect()
}

/// Makes rows of what was read of these columns. The others are not set.
pub(super) fn rows<E: Scoped>(columns: &[E::Column], values: Vec<Vec<Value>>) -> Vec<Sparse<E>> {
    let count = values.first().map_or(0, Vec::len);
    let mut values: Vec<_> = values.into_iter().map(Vec::into_iter).collect();
    let row = |_| {
        let mut row = <E::ActiveModel as ActiveModelTrait>::default();
        for (column, values) in columns.iter().zip(&mut values) {
            if let Some(value) = values.next() {
                row.set(*column, value);
            }
        }
        Arc::new(row)
    };
    (0..count).map(row).collect()
}

/// The value of a column; a fault of ours if it was not read.
pub fn get<V: Into<Value>>(value: &ActiveValue<V>) -> Result<&V, Fault> {
    value.try_as_ref().ok_or_else(|| Fault::Internal("a column was used that had not been read".into()))
}
