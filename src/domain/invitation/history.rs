//! What happened to one invitation.

use crate::{
    access::{Access, Scoped},
    fault::Fault,
};
use entity::{InvitationId, activity, invitation};
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder, QuerySelect};

/// Lines of a history.
const LINES: u64 = 100;

/// What happened to an invitation, oldest first; nothing of one that the actor may not see.
pub async fn history(access: &Access, id: InvitationId) -> Result<Vec<activity::Model>, Fault> {
    match access.fetch::<invitation::Entity>(invitation::Entity::READ, id).await {
        Ok(_) => {}
        Err(Fault::NotFound) => return Ok(Vec::new()),
        Err(fault) => return Err(fault),
    }
    let lines = access.list::<activity::Entity>()?.filter(activity::Column::SubjectId.eq(id.0));
    Ok(lines.order_by_asc(activity::Column::Id).limit(LINES).all(access.conn()).await?)
}
