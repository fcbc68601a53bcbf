//! What happened to one invitation, and which one a user came in by.

use crate::{
    access::{Access, Scoped},
    db::any_of,
    fault::Fault,
};
use entity::{InvitationId, UserId, activity, invitation};
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder, QuerySelect};
use std::collections::HashMap;

/// The newest invitation of each of these users; none for whoever may not see invitations.
pub async fn newest(access: &Access, users: &[UserId]) -> Result<HashMap<UserId, invitation::Model>, Fault> {
    if access.permit(invitation::Entity::READ).is_err() {
        return Ok(HashMap::new());
    }
    let rows = access.list::<invitation::Entity>()?.filter(any_of(access.conn(), invitation::Column::UserId, users));
    let rows = rows.order_by_asc(invitation::Column::Id).all(access.conn()).await?;
    // Of each user the last one stays.
    Ok(rows.into_iter().map(|row| (row.user_id, row)).collect())
}

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
