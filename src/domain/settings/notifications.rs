//! Who is told of what, beside the vendor's primary contact.

use super::{current, record, save};
use crate::{
    access::{Access, Action},
    domain::{
        activity::Changes,
        input::{Check, Email},
    },
    fault::{Reason, Refusal},
    outbox::NOTICES,
};
use entity::vendor::Model;
use sea_orm::{ActiveValue::Set, IntoActiveModel};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// The most further addresses of one event.
const FOLLOWERS: usize = 20;

/// Says which further addresses are told of which events; events that are not named stay as they are. The primary
/// contact is told of everything, always.
pub async fn update_notifications(
    access: &Access,
    followers: Vec<(&'static str, Vec<String>)>,
    expected_version: Option<i32>,
) -> Result<Model, Refusal> {
    access.permit(Action::UpdateNotifications)?;
    let mut check = Check::default();
    let mut wanted = BTreeMap::new();
    for (index, (event, addresses)) in followers.into_iter().enumerate() {
        let field = format!("settings.{index}.addresses");
        if addresses.len() > FOLLOWERS {
            check.fail(&field, Reason::TooLong, format!("Give at most {FOLLOWERS} addresses."));
        }
        let mut known = BTreeMap::new();
        for (place, address) in addresses.iter().enumerate() {
            let Email { address, key } = check.email(&format!("{field}.{place}"), address);
            known.insert(key, address);
        }
        wanted.insert(event, known.into_values().collect::<Vec<_>>());
    }
    check.finish()?;
    let tx = access.begin().await?;
    let row = current(&tx, expected_version).await?;
    let before = row.subscribers.clone();
    let mut all: Map<String, Value> = before.as_object().cloned().unwrap_or_default();
    all.extend(wanted.into_iter().map(|(event, addresses)| (event.to_owned(), json!(addresses))));
    let version = row.version + 1;
    let mut row = row.into_active_model();
    row.subscribers = Set(Value::Object(all));
    row.version = Set(version);
    row.updated_at = Set(tx.now());
    let row = save(&tx, row).await?;
    let changes = NOTICES.iter().fold(Changes::default(), |changes, event| {
        let of = |all: &Value| all.get(*event).cloned().unwrap_or_else(|| json!([]));
        changes.note(event, of(&before), of(&row.subscribers))
    });
    record(&tx, "vendor.notifications_changed", &row, changes.into()).await?;
    tx.commit().await?;
    Ok(row)
}

/// The further addresses that are told of an event.
pub fn following(vendor: &Model, event: &str) -> Vec<String> {
    let addresses = vendor.subscribers.get(event).and_then(Value::as_array).into_iter().flatten();
    addresses.filter_map(|address| address.as_str().map(str::to_owned)).collect()
}

/// Each event with the further addresses that are told of it.
pub fn followers(vendor: &Model) -> Vec<(&'static str, Vec<String>)> {
    NOTICES.iter().map(|event| (*event, following(vendor, event))).collect()
}
