//! Rows by their ids.

use super::{
    Asked,
    sparse::{self, cells},
};
use crate::{
    access::{Access, Scoped},
    db::{self, table},
    fault::Fault,
};
use sea_orm::{QueryFilter, QuerySelect, QueryTrait};

/// The rows with these ids that the actor may see, in one statement; of their columns those asked for, and the id.
/// The others are missing from the answer.
pub async fn by_ids<E: Scoped>(access: &Access, ids: &[E::Id], asked: Asked) -> Result<Vec<E::ActiveModel>, Fault> {
    let columns = asked.and::<E>(E::id_column()).columns::<E>();
    let rows = access.rows::<E>()?.filter(db::any_of(access.conn(), E::id_column(), ids));
    let select = rows.select_only().columns(columns.iter().copied()).into_query();
    let found = table::read(access.conn(), &select, &cells::<E>(&columns), None).await?;
    Ok(sparse::rows::<E>(&columns, found.columns))
}
