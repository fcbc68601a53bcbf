//! Rows of which only some columns are read: a list of a thousand rows need not carry what nobody asked for.

use crate::{access::Scoped, fault::Fault};
use sea_orm::{
    ActiveModelTrait, ActiveValue, DbErr, EntityTrait, Iterable, ModelTrait, QueryResult, TryGetable, Value,
    prelude::{DateTimeUtc, Json, Uuid},
    sea_query::ArrayType,
};

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

/// Reads columns that stand side by side in a result, beginning at `start`. The others are not set.
pub(super) fn read<E: Scoped>(row: &QueryResult, start: usize, columns: &[E::Column]) -> Result<E::ActiveModel, DbErr> {
    let mut model = <E::ActiveModel as ActiveModelTrait>::default();
    for (place, column) in columns.iter().enumerate() {
        model.set(*column, value(row, start + place, E::Model::get_value_type(*column))?);
    }
    Ok(model)
}

fn value(row: &QueryResult, place: usize, kind: ArrayType) -> Result<Value, DbErr> {
    fn read<T: TryGetable>(row: &QueryResult, place: usize) -> Result<Value, DbErr>
    where
        Option<T>: Into<Value>,
    {
        Ok(row.try_get_by::<Option<T>, usize>(place)?.into())
    }
    match kind {
        ArrayType::Uuid => read::<Uuid>(row, place),
        ArrayType::String => read::<String>(row, place),
        ArrayType::Bool => read::<bool>(row, place),
        ArrayType::Int => read::<i32>(row, place),
        ArrayType::ChronoDateTimeUtc => read::<DateTimeUtc>(row, place),
        ArrayType::Json => read::<Json>(row, place),
        other => Err(DbErr::Type(format!("lists do not read columns of the kind {other:?}"))),
    }
}

/// The value of a column; a fault of ours if it was not read.
pub fn get<V: Into<Value>>(value: &ActiveValue<V>) -> Result<&V, Fault> {
    value.try_as_ref().ok_or_else(|| Fault::Internal("a column was used that had not been read".into()))
}
