//! Whoever follows an event ends it by a link of the letter: one click, and nobody has to log in (RFC 8058).

use super::{notifications::following, record, save};
use crate::{
    access::Access,
    db,
    domain::{activity::Changes, vendor},
    fault::{Fault, Refusal},
    hub::Hub,
    outbox::NOTICES,
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use entity::vendor::{Entity, Model};
use sea_orm::{ActiveValue::Set, DatabaseTransaction, EntityTrait, IntoActiveModel, QuerySelect, sea_query::LockType};
use serde_json::json;

/// What the server key makes the links of.
const PURPOSE: &str = "stop letters";

/// Where a follower ends one event. The address is not in it: links stand in logs and histories.
pub fn link(hub: &Hub, event: &str, follower: &str) -> String {
    let mut link = hub.config.public_url.clone();
    link.set_path("/letters/stop");
    let token = URL_SAFE_NO_PAD.encode(hub.key.derive(PURPOSE, &parts(event, &follower.to_lowercase())));
    link.query_pairs_mut().append_pair("event", event).append_pair("token", &token);
    link.into()
}

fn parts<'a>(event: &'a str, follower: &'a str) -> [&'a [u8]; 2] {
    [event.as_bytes(), follower.as_bytes()]
}

/// Ends one event for the follower that the link was made for. Whoever follows no more, and whoever made the link up,
/// is told the same. The link is the permission, and gives no other.
pub async fn stop(access: &Access, event: &str, token: &str) -> Result<(), Refusal> {
    let (Some(event), Ok(token)) = (NOTICES.iter().find(|known| **known == event), URL_SAFE_NO_PAD.decode(token))
    else {
        return Ok(());
    };
    let meant = |follower: &String| access.hub().key.made(PURPOSE, &parts(event, &follower.to_lowercase()), &token);
    // Looked at before anything is held, so that made-up links cost a read.
    if !following(&vendor::current(access).await?, event).iter().any(meant) {
        return Ok(());
    }
    let tx = access.begin().await?;
    let before = held(&tx).await?;
    let (stopped, kept): (Vec<_>, Vec<_>) = following(&before, event).into_iter().partition(meant);
    if stopped.is_empty() {
        return Ok(());
    }
    let mut all = before.subscribers.clone();
    all[*event] = json!(kept);
    let changes = Changes::default().note(event, &before.subscribers[*event], &all[*event]);
    keep(&tx, before, all, changes).await?;
    tx.commit().await?;
    Ok(())
}

/// Ends every event for an address whose owner has left for good.
pub(crate) async fn forget(tx: &Access<DatabaseTransaction>, address: &str) -> Result<(), Fault> {
    let gone = |follower: &String| follower.to_lowercase() == address.to_lowercase();
    let follows = |vendor: &Model| NOTICES.iter().any(|event| following(vendor, event).iter().any(gone));
    if !follows(&vendor::current(tx).await?) {
        return Ok(());
    }
    let before = held(tx).await?;
    let (mut all, mut changes) = (before.subscribers.clone(), Changes::default());
    for event in NOTICES {
        let kept: Vec<_> = following(&before, event).into_iter().filter(|follower| !gone(follower)).collect();
        if all.get(event).is_some() {
            all[event] = json!(kept);
            changes = changes.note(event, &before.subscribers[event], &all[event]);
        }
    }
    keep(tx, before, all, changes).await
}

async fn keep(
    tx: &Access<DatabaseTransaction>,
    before: Model,
    followers: serde_json::Value,
    changes: Changes,
) -> Result<(), Fault> {
    let version = before.version + 1;
    let mut row = before.into_active_model();
    row.subscribers = Set(followers);
    row.version = Set(version);
    row.updated_at = Set(tx.now());
    let row = save(tx, row).await?;
    record(tx, "vendor.letters_stopped", &row, changes.into()).await
}

/// Followers who stop at once do it one after the other: none of them can be asked to try again.
#[expect(clippy::disallowed_methods, reason = "the one row")]
async fn held(tx: &Access<DatabaseTransaction>) -> Result<Model, Fault> {
    if db::is_postgres(tx.conn()) {
        Entity::find().lock(LockType::NoKeyUpdate).one(tx.conn()).await?;
    }
    vendor::current(tx).await
}
