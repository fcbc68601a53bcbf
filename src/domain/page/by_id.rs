//! Rows by their ids.

use super::{Asked, Sparse, sparse};
use crate::{
    access::{Access, Scoped},
    db::{self, table::Reach},
    fault::Fault,
};
use sea_orm::QueryFilter;

/// The rows with these ids that the actor may see, in one statement; of their columns those asked for, and the id.
/// The others are missing from the answer.
pub async fn by_ids<E: Scoped>(access: &Access, ids: &[E::Id], asked: Asked) -> Result<Vec<Sparse<E>>, Fault> {
    let columns = asked.and::<E>(E::id_column()).columns::<E>();
    let rows = access.rows::<E>()?.filter(db::any_of(access.conn(), E::id_column(), ids));
    sparse::read(access, rows, &columns, Reach::default()).await
}
