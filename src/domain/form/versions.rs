//! The versions of a form in a list.

use crate::{access::Access, fault::Fault};
use entity::form::{Column, Entity, FormKind};
use sea_orm::{ColumnTrait, QueryFilter, Select};

/// The versions of one kind, for an actor who may read it; to be narrowed and paged.
pub fn versions(access: &Access, kind: FormKind) -> Result<Select<Entity>, Fault> {
    access.permit(kind.into())?;
    Ok(access.rows::<Entity>()?.filter(Column::Kind.eq(kind)))
}
