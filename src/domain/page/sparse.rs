//! Rows of which only some columns are read: a list of a thousand rows need not carry what nobody asked for.

use crate::{access::Scoped, db::table::Cell, fault::Fault};
use sea_orm::{ActiveModelTrait, ActiveValue, EntityTrait, Iterable, Value};

/// Which columns of a table are read; one bit each, in the order of the entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Asked(u64);

impl Asked {
    /// None yet.
    pub const NONE: Self = Self(0);
    /// All.
    pub const ALL: Self = Self(u64::MAX);

    /// These columns and one more.
    pub fn and<E: EntityTrait>(self, column: E::Column) -> Self {
        let place = E::Column::iter().position(|other| same::<E>(&other, &column));
        place.map_or(Self::ALL, |place| Self(self.0 | 1 << place))
    }

    /// These columns and those.
    pub fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// The columns, in the order of the entity.
    pub(super) fn columns<E: EntityTrait>(self) -> Vec<E::Column> {
        let asked = E::Column::iter().enumerate().filter(|(place, _)| self.0 & 1 << place != 0);
        asked.map(|(_, column)| column).collect()
    }
}

fn same<E: EntityTrait>(one: &E::Column, other: &E::Column) -> bool {
    use sea_orm::IdenStatic;
    one.as_str() == other.as_str()
}

/// The columns as a table is read by.
pub(super) fn cells<E: Scoped>(columns: &[E::Column]) -> Vec<Cell> {
    columns.iter().map(|column| Cell::of::<E::Model, _>(*column)).collect()
}

/// Makes rows of what was read of these columns. The others are not set.
pub(super) fn rows<E: Scoped>(columns: &[E::Column], values: Vec<Vec<Value>>) -> Vec<E::ActiveModel> {
    let count = values.first().map_or(0, Vec::len);
    let mut rows: Vec<E::ActiveModel> = (0..count).map(|_| ActiveModelTrait::default()).collect();
    for (column, values) in columns.iter().zip(values) {
        for (row, value) in rows.iter_mut().zip(values) {
            row.set(*column, value);
        }
    }
    rows
}

/// The value of a column; a fault of ours if it was not read.
pub fn get<V: Into<Value>>(value: &ActiveValue<V>) -> Result<&V, Fault> {
    value.try_as_ref().ok_or_else(|| Fault::Internal("a column was used that had not been read".into()))
}
