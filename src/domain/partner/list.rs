//! Partners in a list, and the Partner Form answers of many at once.

use crate::{access::Access, db, domain::page::Count, fault::Fault};
use entity::{form_submission, partner};
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder};
use std::collections::HashMap;
use uuid::Uuid;

/// How many partners the actor may see.
pub fn count(access: &Access) -> Result<Count, Fault> {
    Ok(Count::list(access.rows::<partner::Entity>()?))
}

/// The newest submitted Partner Form of each partner, in one statement.
pub async fn profiles(access: &Access, partners: &[Uuid]) -> Result<HashMap<Uuid, form_submission::Model>, Fault> {
    let rows = access
        .list::<form_submission::Entity>()?
        .filter(db::any_of(access.conn(), form_submission::Column::PartnerId, partners))
        .filter(form_submission::Column::IntegrationId.is_null())
        .filter(form_submission::Column::IsDraft.eq(false))
        .order_by_asc(form_submission::Column::Id)
        .all(access.conn())
        .await?;
    Ok(rows.into_iter().filter_map(|row| Some((row.partner_id?.into(), row))).collect())
}
