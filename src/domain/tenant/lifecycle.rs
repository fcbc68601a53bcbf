//! The life of a tenant: one table, and the one statement that moves a row.

use crate::{
    access::{Access, Action},
    domain::activity,
    fault::{Reason, Refusal, UserError},
};
use entity::{
    TenantId,
    tenant::{ActiveModel, Column, Entity, Model},
};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};
use serde_json::json;

/// Where a tenant stands, as its columns say together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Runs by its schedule.
    Running,
    /// Stands still.
    Paused,
    /// Put away.
    Archived,
}

impl Standing {
    /// The standing that these columns say.
    pub fn of(paused: bool, archived: bool) -> Self {
        match (archived, paused) {
            (true, _) => Self::Archived,
            (false, true) => Self::Paused,
            (false, false) => Self::Running,
        }
    }

    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Running => "running",
            Self::Paused => "paused",
            Self::Archived => "archived",
        }
    }
}

/// What can be decided about a tenant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// Let it stand still.
    Pause,
    /// Let it run.
    Resume,
    /// Put it away.
    Archive,
    /// Take it out again, paused.
    Restore,
}

impl Decision {
    /// Every decision, in the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::Pause, Self::Resume, Self::Archive, Self::Restore];

    /// Its name in the record.
    fn recorded_as(self) -> &'static str {
        match self {
            Self::Pause => "tenant.paused",
            Self::Resume => "tenant.resumed",
            Self::Archive => "tenant.archived",
            Self::Restore => "tenant.restored",
        }
    }
}

/// Where a decision leads: the whole life of a tenant in one table; nothing where it is not allowed. One that was put
/// away comes back paused, so that nothing runs that nobody has started.
fn next(standing: Standing, decision: Decision) -> Option<Standing> {
    use Decision::{Archive, Pause, Restore, Resume};
    use Standing::{Archived, Paused, Running};
    match (standing, decision) {
        (Running, Pause) | (Archived, Restore) => Some(Paused),
        (Paused, Resume) => Some(Running),
        (Running | Paused, Archive) => Some(Archived),
        (Running, Resume | Restore) | (Paused, Pause | Restore) | (Archived, Pause | Resume | Archive) => None,
    }
}

/// What can be decided about a tenant that stands like this.
pub fn open_decisions(standing: Standing) -> Vec<Decision> {
    Decision::ALL.into_iter().filter(|decision| next(standing, *decision).is_some()).collect()
}

/// Decides about a tenant. Of two who decide at once, one does it.
pub async fn decide(access: &Access, id: TenantId, decision: Decision, seen: Option<i32>) -> Result<Model, Refusal> {
    access.permit(Action::ManageTenant)?;
    let tx = access.begin().await?;
    let tenant = tx.fetch::<Entity>(Action::ManageTenant, id).await?.as_seen(seen)?;
    let standing = Standing::of(tenant.paused, tenant.archived_at.is_some());
    let standing = next(standing, decision).ok_or_else(|| {
        let sentence = format!("The tenant is {}, which does not allow this.", standing.word());
        UserError::general(Reason::InvalidState, sentence)
    })?;
    let now = tx.now();
    let change = ActiveModel {
        paused: Set(standing != Standing::Running),
        archived_at: Set((standing == Standing::Archived).then_some(now)),
        updated_at: Set(now),
        version: Set(tenant.version + 1),
        ..Default::default()
    };
    #[expect(clippy::disallowed_methods, reason = "one granted row, guarded by the version it was read with")]
    let moved = Entity::update_many()
        .set(change)
        .filter(Column::Id.eq(id))
        .filter(Column::Version.eq(tenant.version))
        .exec_with_returning(tx.conn())
        .await?;
    let Some(after) = moved.into_iter().next() else { return Err(tx.overtaken::<Entity>(id).await.into()) };
    let data = json!({ "name": after.name });
    activity::record::<Entity>(&tx, decision.recorded_as(), after.partner_id, id, data).await?;
    tx.commit().await?;
    Ok(after)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_whole_grid_is_as_printed() {
        let mut grid = String::new();
        for standing in [Standing::Running, Standing::Paused, Standing::Archived] {
            for decision in Decision::ALL {
                let to = next(standing, decision).map_or("–".to_owned(), |to| format!("{to:?}"));
                grid += &format!("{:<9} {:<8} {to}\n", format!("{standing:?}"), format!("{decision:?}"));
            }
        }
        insta::assert_snapshot!(grid);
    }
}
