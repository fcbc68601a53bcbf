//! Partners in a list, and the Partner Form answers of many at once.

use crate::{
    access::Access,
    db,
    domain::page::{self, Asked, Count, Ordering, Page, Sorting},
    fault::Fault,
};
use entity::{form_submission, partner};
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder};
use std::collections::HashMap;
use uuid::Uuid;

/// What partners can be ordered by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartnerOrder {
    /// By name.
    Name,
    /// By when they were made.
    CreatedAt,
}

impl Ordering<partner::Entity> for PartnerOrder {
    fn column(self) -> partner::Column {
        match self {
            Self::Name => partner::Column::Name,
            Self::CreatedAt => partner::Column::CreatedAt,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::CreatedAt => "created",
        }
    }
}

/// A page of the partners that the actor may see.
pub async fn list(
    access: &Access,
    sorting: &Sorting<PartnerOrder>,
    first: u64,
    after: Option<&str>,
    asked: Asked,
) -> Result<Page<partner::ActiveModel>, Fault> {
    page::list(access, access.rows::<partner::Entity>()?, sorting, first, after, asked).await
}

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
