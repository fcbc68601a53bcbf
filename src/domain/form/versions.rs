//! The versions of a form in a list.

use crate::{
    access::Access,
    domain::{
        order::FormOrder,
        page::{self, Asked, Page, Sorting, Window},
    },
    fault::Fault,
};
use entity::form::{ActiveModel, Column, Entity, FormKind};
use sea_orm::{ColumnTrait, PaginatorTrait, QueryFilter};

/// A page of the versions of one kind, for an actor who may read it.
pub async fn versions(
    access: &Access,
    kind: FormKind,
    sorting: &Sorting<FormOrder>,
    window: &Window,
    asked: Asked,
) -> Result<Page<ActiveModel>, Fault> {
    access.permit(kind.into())?;
    page::list(access, access.rows::<Entity>()?.filter(Column::Kind.eq(kind)), sorting, window, asked).await
}

/// How many there are.
pub async fn count(access: &Access, kind: FormKind) -> Result<u64, Fault> {
    access.permit(kind.into())?;
    Ok(access.list::<Entity>()?.filter(Column::Kind.eq(kind)).count(access.conn()).await?)
}
