//! Many new objects in one call: every row is judged by itself, and all good ones are made in one transaction.

use crate::{
    access::{Access, Scoped},
    db::any_of,
    fault::{Fault, Reason, Refusal, UserError},
};
use sea_orm::{ModelTrait, QueryFilter};
use serde_json::{Value, json};
use std::{
    collections::{HashMap, hash_map::Entry},
    hash::Hash,
};
use uuid::Uuid;

/// The most rows of one call.
pub const ROWS: usize = 500;

/// What became of one row.
#[derive(Debug)]
pub struct Row<M> {
    /// What was made of it, unless it was refused or nothing was to be made.
    pub made: Option<M>,
    /// What to mend in it.
    pub errors: Vec<UserError>,
}

impl<M> Row<M> {
    /// Notes an error at one of its fields.
    pub(crate) fn fail(&mut self, index: usize, field: &str, reason: Reason, sentence: impl Into<String>) {
        self.errors.push(UserError::at(&format!("{}{field}", at(index)), reason, sentence));
    }
}

/// Where a row stands in the input.
pub(crate) fn at(index: usize) -> String {
    format!("rows.{index}.")
}

/// Judges each row by itself: the results, and those that are in order with their places.
#[expect(clippy::type_complexity, reason = "two lists, of all rows and of the good ones")]
pub(crate) fn judge<N, T, M>(
    rows: Vec<N>,
    mut judge: impl FnMut(usize, N) -> Result<T, Refusal>,
) -> Result<(Vec<Row<M>>, Vec<(usize, T)>), Refusal> {
    if rows.is_empty() || rows.len() > ROWS {
        let sentence = format!("Send 1 to {ROWS} rows.");
        return Err(UserError::at("rows", Reason::Invalid, sentence).into());
    }
    let (mut results, mut good) = (Vec::with_capacity(rows.len()), Vec::with_capacity(rows.len()));
    for (index, row) in rows.into_iter().enumerate() {
        let errors = match judge(index, row) {
            Ok(row) => {
                good.push((index, row));
                Vec::new()
            }
            Err(Refusal::Mend(errors)) => errors,
            Err(refusal) => return Err(refusal),
        };
        results.push(Row { made: None, errors });
    }
    Ok((results, good))
}

/// Tells what is in a list twice.
#[derive(Debug)]
pub(crate) struct Firsts<K>(HashMap<K, usize>);

impl<K: Eq + Hash> Firsts<K> {
    pub(crate) fn none() -> Self {
        Self(HashMap::new())
    }

    /// The earlier row that has the same, in words.
    pub(crate) fn earlier(&mut self, key: K, index: usize, what: &str) -> Option<String> {
        match self.0.entry(key) {
            Entry::Occupied(first) => Some(format!("Row {} of this list has the same {what}.", first.get() + 1)),
            Entry::Vacant(place) => {
                place.insert(index);
                None
            }
        }
    }
}

/// The results as they are kept under an idempotency key.
pub(crate) fn keep<M: ModelTrait>(results: &[Row<M>]) -> Value
where
    M::Entity: Scoped<Model = M>,
{
    let kept = |row: &Row<M>| json!([row.made.as_ref().map(id::<M::Entity>), row.errors]);
    results.iter().map(kept).collect()
}

/// The same results again, for whoever repeats the call under its key; the rows are read anew.
pub async fn kept<E: Scoped>(access: &Access, result: Value) -> Result<Vec<Row<E::Model>>, Fault> {
    let kept: Vec<(Option<Uuid>, Vec<UserError>)> =
        serde_json::from_value(result).map_err(|error| Fault::Internal(format!("a kept result: {error}")))?;
    let ids: Vec<_> = kept.iter().filter_map(|(id, _)| *id).collect();
    let rows = access.list::<E>()?.filter(any_of(access.conn(), E::id_column(), &ids)).all(access.conn()).await?;
    let mut rows: HashMap<Uuid, E::Model> = rows.into_iter().map(|row| (id::<E>(&row), row)).collect();
    Ok(kept.into_iter().map(|(id, errors)| Row { made: id.and_then(|id| rows.remove(&id)), errors }).collect())
}

fn id<E: Scoped>(row: &E::Model) -> Uuid {
    E::id_of(row).into()
}
