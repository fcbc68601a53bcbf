//! Many tenants in one call, of one integration or several.

use super::create::{Checked, NewTenant};
use crate::{
    access::{Access, Action},
    db,
    domain::{
        activity,
        bulk::{Firsts, Row, at, judge, keep},
        input::Check,
    },
    fault::{Fault, Reason, Refusal, is_taken},
};
use entity::{
    IntegrationId,
    integration::{self, IntegrationStatus},
    tenant::{Column, Entity, Model},
};
use sea_orm::{
    ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, QuerySelect, TryIntoModel,
    sea_query::LockType,
};
use serde_json::json;
use std::collections::{HashMap, HashSet};

/// Adds every row that is in order, paused; with `dry_run` only says which are.
pub async fn bulk_create(access: &Access, rows: Vec<NewTenant>, dry_run: bool) -> Result<Vec<Row<Model>>, Refusal> {
    access.permit(Action::CreateTenant)?;
    let mut first_with = Firsts::none();
    let (mut results, mut good) = judge(rows, |index, new| {
        let mut check = Check::within(at(index));
        let new = Checked::of(&mut check, new, access.now());
        if let Some(sentence) = first_with.earlier((new.integration, new.name.clone()), index, "name") {
            check.fail("name", Reason::Taken, sentence);
        }
        check.finish()?;
        Ok(new)
    })?;
    let tx = access.begin().await?;
    let integrations = seen(&tx, &good).await?;
    let taken = taken(&tx, &good).await?;
    good.retain(|(index, new)| {
        let result = &mut results[*index];
        match integrations.get(&new.integration) {
            // What one may not see does not exist, and here the row alone is to blame.
            None => {
                let sentence = "You have no integration of this id.";
                result.fail(*index, "integrationId", Reason::Invalid, sentence);
            }
            Some(integration) if integration.status != IntegrationStatus::Published => {
                let sentence = "Only a published integration takes new tenants.";
                result.fail(*index, "integrationId", Reason::InvalidState, sentence);
            }
            Some(_) if taken.contains(&(new.integration, new.name.clone())) => {
                let sentence = "The integration already has a tenant of this name.";
                result.fail(*index, "name", Reason::Taken, sentence);
            }
            Some(_) => return true,
        }
        false
    });
    if good.is_empty() || dry_run {
        return Ok(results);
    }
    let mut made = Vec::with_capacity(good.len());
    for (index, new) in good {
        let owner = integrations.get(&new.integration).and_then(|integration| integration.partner_id);
        made.push((index, new.row(&tx, owner)));
    }
    insert(&tx, &mut results, made).await?;
    tx.led_to_all(keep(&results));
    tx.commit().await?;
    Ok(results)
}

async fn insert(
    tx: &Access<DatabaseTransaction>,
    results: &mut [Row<Model>],
    made: Vec<(usize, entity::tenant::ActiveModel)>,
) -> Result<(), Refusal> {
    let rows: Vec<_> = made.iter().map(|(_, row)| row.clone()).collect();
    // A name that somebody has taken since we looked: the same list once more says which.
    let inserted = Entity::insert_many(rows).exec_without_returning(tx.conn()).await;
    inserted.map_err(|error| if is_taken(&error) { Fault::Conflict } else { error.into() })?;
    let mut lines = Vec::with_capacity(made.len());
    for (index, row) in made {
        let tenant: Model = row.try_into_model()?;
        lines.push((tenant.partner_id, tenant.id, json!({ "name": tenant.name })));
        results[index].made = Some(tenant);
    }
    Ok(activity::record_all::<Entity>(tx, "tenant.created", lines).await?)
}

/// The integrations of these rows that the actor may see, under a shared lock in the order of their ids, so that none
/// is unpublished before its tenants are there.
async fn seen(
    tx: &Access<DatabaseTransaction>,
    rows: &[(usize, Checked)],
) -> Result<HashMap<IntegrationId, integration::Model>, Refusal> {
    let ids: HashSet<_> = rows.iter().map(|(_, new)| new.integration).collect();
    let ids: Vec<_> = ids.into_iter().collect();
    let mut found = tx
        .list::<integration::Entity>()?
        .filter(db::any_of(tx.conn(), integration::Column::Id, &ids))
        .order_by_asc(integration::Column::Id);
    if db::is_postgres(tx.conn()) {
        found = found.lock(LockType::Share);
    }
    let found = found.all(tx.conn()).await?.into_iter();
    Ok(found.map(|integration| (integration.id, integration)).collect())
}

/// Which of these names tenants of these integrations have.
async fn taken(
    tx: &Access<DatabaseTransaction>,
    rows: &[(usize, Checked)],
) -> Result<HashSet<(IntegrationId, String)>, Refusal> {
    let ids: HashSet<_> = rows.iter().map(|(_, new)| new.integration).collect();
    let ids: Vec<_> = ids.into_iter().collect();
    let found = tx
        .rows::<Entity>()?
        .columns([Column::IntegrationId, Column::Name])
        .filter(db::any_of(tx.conn(), Column::IntegrationId, &ids))
        .filter(Column::Name.is_in(rows.iter().map(|(_, new)| new.name.clone())));
    Ok(found.into_tuple().all(tx.conn()).await?.into_iter().collect())
}
