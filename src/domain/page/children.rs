//! Children of many parents at once, always in the order of ids: oldest first, the record newest first.

use super::{
    Asked, Page, cut,
    keyset::{Key, Sorting, Unordered, decode},
    sparse::{self, Sparse, cells},
};
use crate::{
    access::{Access, Scoped},
    db::table::{Reach, Wanted},
    fault::Fault,
};
use entity::{
    activity, form_submission, integration, invitation, partner, review_comment, tenant, terms_acceptance, user,
};
use sea_orm::{
    ColumnTrait, Order, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select,
    sea_query::{Alias, Expr, ExprTrait},
};
use std::collections::HashMap;
use uuid::Uuid;

/// A table whose rows hang under rows of `P`.
pub trait ChildOf<P: Scoped>: Scoped {
    /// The column that names the parent.
    const PARENT: Self::Column;
    /// Whether they come oldest or newest first.
    const ORDER: Order;
}

macro_rules! child_of {
    ($($child:ident under $parent:ident by $column:ident, $order:ident;)+) => {$(
        impl ChildOf<$parent::Entity> for $child::Entity {
            const PARENT: Self::Column = $child::Column::$column;
            const ORDER: Order = Order::$order;
        }
    )+};
}

child_of! {
    user under partner by PartnerId, Asc;
    invitation under partner by PartnerId, Asc;
    integration under partner by PartnerId, Asc;
    tenant under partner by PartnerId, Asc;
    tenant under integration by IntegrationId, Asc;
    review_comment under integration by IntegrationId, Asc;
    activity under partner by PartnerId, Desc;
    terms_acceptance under partner by PartnerId, Asc;
    terms_acceptance under form_submission by SubmissionId, Asc;
}

/// The cursor of a row in a list of children, which is always in the order of ids.
pub fn child_cursor<E: Scoped>(row: &E::ActiveModel) -> Result<String, Fault> {
    Sorting::<Unordered>::by_id(Order::Asc, E::NAME).cursor::<E>(row)
}

/// Reads a cursor made by [`child_cursor`].
pub fn child_position<E: Scoped>(after: &str) -> Result<Uuid, Fault> {
    match decode(after, E::NAME, 1)?.as_slice() {
        [Key::Id(id)] => Ok(*id),
        _ => Err(Fault::Internal("a decoded child cursor holds one id".into())),
    }
}

/// The first children of every parent, in one statement whatever their number; of their columns those asked for.
pub async fn children<P: Scoped, E: ChildOf<P>, T: From<Sparse<E>>>(
    access: &Access,
    parents: &[Uuid],
    first: u64,
    after: Option<Uuid>,
    asked: Asked,
) -> Result<HashMap<Uuid, Page<T>>, Fault> {
    let mut rows = access.listed::<E>()?;
    if let Some(after) = after {
        rows = rows.filter(match E::ORDER {
            Order::Desc => E::id_column().lt(after),
            _ => E::id_column().gt(after),
        });
    }
    let rows = rows.order_by(E::id_column(), E::ORDER);
    let reach = Reach { limit: Some(first + 1), offset: None };
    let found = read_below::<P, E>(access, parents, rows, &asked.columns::<E>(), reach).await?;
    let page = |rows: Vec<Sparse<E>>| {
        let (rows, has_next) = cut(rows, first);
        Page { rows, has_previous: after.is_some(), has_next }.map(T::from)
    };
    Ok(found.into_iter().map(|(parent, rows)| (parent, page(rows))).collect())
}

/// The rows below each parent, in one statement. `rows` are in order and select nothing yet.
pub(super) async fn read_below<P: Scoped, E: ChildOf<P>>(
    access: &Access,
    parents: &[Uuid],
    rows: Select<E>,
    columns: &[E::Column],
    reach: Reach,
) -> Result<Vec<(Uuid, Vec<Sparse<E>>)>, Fault> {
    let parent = Expr::col((Alias::new("parent"), Alias::new("id")));
    let select = rows.columns(columns.iter().copied()).filter(E::PARENT.into_expr().eq(parent)).into_query();
    let wanted = Wanted { select, columns: cells::<E>(columns), reach, parents: Some(parents.to_vec()) };
    let found = access.conn().read(wanted).await?;
    let mut below: Vec<(Uuid, Vec<Sparse<E>>)> = Vec::with_capacity(parents.len());
    for (parent, row) in found.parents.iter().zip(sparse::rows::<E>(columns, found.columns)) {
        // All of one parent come together.
        match below.last_mut() {
            Some((last, rows)) if last == parent => rows.push(row),
            _ => below.push((*parent, vec![row])),
        }
    }
    Ok(below)
}
