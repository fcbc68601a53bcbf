//! What a partner is called, where it is found, and how the vendor files it.

use crate::{
    access::{Access, Action, Granted},
    domain::{activity, input::Check},
    fault::Refusal,
};
use entity::{
    PartnerId,
    partner::{self, ActiveModel, Column, Entity, Labels, Model},
};
use sea_orm::{ActiveValue::Set, ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter};
use serde_json::{Map, Value, json};

/// The most labels of a partner.
const LABELS: usize = 20;

/// What is to be changed; nothing said changes nothing, an empty text clears.
#[derive(Clone, Debug, Default)]
pub struct PartnerChange {
    /// The organisation's name.
    pub name: Option<String>,
    /// Its `https:` address.
    pub website: Option<String>,
    /// The vendor's own key for it. Vendor admins only.
    pub external_id: Option<String>,
    /// Free labels. Vendor admins only.
    pub labels: Option<Vec<String>>,
    /// The version that was edited.
    pub expected_version: Option<i32>,
}

/// Changes a partner: vendor admins all of it, its own admins what it is called and where it is found.
pub async fn update(access: &Access, id: PartnerId, change: PartnerChange) -> Result<Model, Refusal> {
    access.permit(Action::UpdatePartner)?;
    if change.external_id.is_some() || change.labels.is_some() {
        access.permit(Action::FilePartner)?;
    }
    let mut check = Check::default();
    let name = change.name.as_deref().map(|name| check.name("name", name));
    let website = change.website.as_deref().map(|url| check.optional_url("website", Some(url)));
    let external_id = change.external_id.as_deref().map(|key| check.optional_line("externalId", Some(key), 200));
    let labels = change.labels.map(|labels| check.labels("labels", &labels, LABELS));
    check.finish()?;
    let tx = access.begin().await?;
    let before = tx.fetch::<Entity>(Action::UpdatePartner, id).await?.as_seen(change.expected_version)?;
    let changed = ActiveModel {
        name: Set(name.unwrap_or_else(|| before.name.clone())),
        website: Set(website.unwrap_or_else(|| before.website.clone())),
        external_id: Set(external_id.unwrap_or_else(|| before.external_id.clone())),
        labels: Set(labels.map_or_else(|| before.labels.clone(), Labels)),
        ..Default::default()
    };
    let after = save(&tx, &before, changed).await?;
    tx.commit().await?;
    Ok(after)
}

/// Names the address of a partner's logo, or none.
pub(crate) async fn set_logo(
    tx: &Access<DatabaseTransaction>,
    id: PartnerId,
    address: Option<String>,
) -> Result<(), Refusal> {
    let before = tx.fetch::<Entity>(Action::UpdatePartner, id).await?;
    if before.logo_url != address {
        save(tx, &before, ActiveModel { logo_url: Set(address), ..Default::default() }).await?;
    }
    Ok(())
}

/// Of two who edit at once, one does it.
#[expect(clippy::disallowed_methods, reason = "one granted row, guarded by the version it was read with")]
async fn save(
    tx: &Access<DatabaseTransaction>,
    before: &Granted<Model>,
    mut changed: ActiveModel,
) -> Result<Model, Refusal> {
    changed.updated_at = Set(tx.now());
    changed.version = Set(before.version + 1);
    let saved = Entity::update_many()
        .set(changed)
        .filter(Column::Id.eq(before.id))
        .filter(Column::Version.eq(before.version))
        .exec_with_returning(tx.conn())
        .await?;
    let Some(after) = saved.into_iter().next() else { return Err(tx.overtaken::<Entity>(before.id).await.into()) };
    activity::record::<Entity>(tx, "partner.updated", Some(after.id), after.id, changes(before, &after)).await?;
    Ok(after)
}

/// What differs, without what always does.
fn changes(before: &partner::Model, after: &partner::Model) -> Value {
    let mut data = Map::new();
    let mut note = |name: &str, old: Value, new: Value| {
        if old != new {
            data.insert(name.to_owned(), json!({ "from": old, "to": new }));
        }
    };
    note("name", json!(before.name), json!(after.name));
    note("website", json!(before.website), json!(after.website));
    note("logoUrl", json!(before.logo_url), json!(after.logo_url));
    note("externalId", json!(before.external_id), json!(after.external_id));
    note("labels", json!(before.labels.0), json!(after.labels.0));
    Value::Object(data)
}
