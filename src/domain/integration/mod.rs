//! Integrations: drafted, submitted with answers, reviewed in rounds, published, edited while they are live.

mod actions;
mod comment;
mod content;
mod create;
pub mod lifecycle;
mod review;
mod revision;
mod submit;
mod update;

pub use actions::{Act, Standing, open_acts};
pub use comment::{NewComment, add as add_comment, resolve as resolve_comment};
pub use content::{NewIntegration, Repository};
pub use create::create;
pub use review::{archive, publish, request_changes, unpublish};
pub use revision::of_integrations as revisions;
pub use submit::{delete, submit, withdraw};
pub use update::{IntegrationChange, update};

use crate::{access::Access, db, domain::page::Count, fault::Fault};
use entity::{form_submission, integration};
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder, Select};
use std::collections::HashMap;
use uuid::Uuid;

/// The vendor's own integrations; selects nothing yet.
pub fn of_vendor(access: &Access) -> Result<Select<integration::Entity>, Fault> {
    Ok(access.listed::<integration::Entity>()?.filter(integration::Column::PartnerId.is_null()))
}

/// How many integrations the vendor has of its own.
pub fn count_of_vendor(access: &Access) -> Result<Count, Fault> {
    Ok(Count::list(of_vendor(access)?))
}

/// The newest submitted answers of each integration, in one statement.
pub async fn submissions(
    access: &Access,
    integrations: &[Uuid],
) -> Result<HashMap<Uuid, form_submission::Model>, Fault> {
    let rows = access
        .list::<form_submission::Entity>()?
        .filter(db::any_of(access.conn(), form_submission::Column::IntegrationId, integrations))
        .filter(form_submission::Column::IsDraft.eq(false))
        .order_by_asc(form_submission::Column::Id)
        .all(access.conn())
        .await?;
    Ok(rows.into_iter().filter_map(|row| Some((row.integration_id?.into(), row))).collect())
}
