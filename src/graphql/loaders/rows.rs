//! Rows by their ids.

use super::answer;
use crate::{
    access::{Access, Scoped},
    domain::page::{self, Asked},
    fault::Fault,
    graphql::object::Shown,
};
use dataloader::{BatchFn, cached::Loader};
use std::{collections::HashMap, marker::PhantomData};
use uuid::Uuid;

/// A loader of rows by id.
pub type Rows<T> = Loader<RowKey, Result<Option<T>, Fault>, ById<T>>;

/// Rows by id.
pub struct ById<T>(Access, PhantomData<fn() -> T>);

impl<T> ById<T> {
    pub(in crate::graphql) fn new(access: &Access) -> Self {
        Self(access.clone(), PhantomData)
    }
}

/// One row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct RowKey {
    /// Which.
    pub id: Uuid,
    /// Which of its columns.
    pub asked: Asked,
}

impl<T: Shown> BatchFn<RowKey, Result<Option<T>, Fault>> for ById<T>
where
    T::Table: Scoped,
{
    /// A level asks for the same columns, so that it is one statement; aliases may ask for others.
    async fn load(&mut self, keys: &[RowKey]) -> HashMap<RowKey, Result<Option<T>, Fault>> {
        let mut shapes: HashMap<Asked, Vec<Uuid>> = HashMap::new();
        for key in keys {
            shapes.entry(key.asked).or_default().push(key.id);
        }
        let mut answers = HashMap::with_capacity(keys.len());
        for (asked, mut ids) in shapes {
            // A level that is loaded ahead names the same row many times.
            ids.sort_unstable();
            ids.dedup();
            let typed: Vec<_> = ids.iter().map(|id| <T::Table as Scoped>::Id::from(*id)).collect();
            let rows = page::by_ids::<T::Table>(&self.0, &typed, asked).await;
            let rows = rows.map(|rows| {
                let rows = rows.into_iter().map(T::from);
                rows.filter_map(|row| Some((row.key()?, row))).collect::<HashMap<_, _>>()
            });
            for (id, row) in answer(&ids, rows, |rows, id| rows.remove(id)) {
                answers.insert(RowKey { id, asked }, row);
            }
        }
        answers
    }
}
