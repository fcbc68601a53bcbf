//! The append-only record: who did what to which object, when, in the transaction that did it.

mod changes;

pub use changes::Changes;

use crate::{
    access::{Access, Scoped},
    changes::Change,
    fault::Fault,
};
use entity::{PartnerId, activity};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, DatabaseTransaction, EntityTrait};
use serde_json::Value;
use uuid::Uuid;

/// Writes one line of the record about a row of `E`. `data` holds changes, of an update as [`Changes`], never a secret.
pub async fn record<E: Scoped>(
    tx: &Access<DatabaseTransaction>,
    event: &str,
    partner: Option<PartnerId>,
    subject: E::Id,
    data: Value,
) -> Result<(), Fault> {
    let actor = tx.actor().user_id();
    write(tx, event, actor, partner, E::NAME, subject.into(), data).await
}

/// One line about each of many rows of `E`, in one statement.
pub async fn record_all<E: Scoped>(
    tx: &Access<DatabaseTransaction>,
    event: &str,
    lines: Vec<(Option<PartnerId>, E::Id, Value)>,
) -> Result<(), Fault> {
    let actor = tx.actor().user_id();
    let line = |(partner, id, data): (Option<PartnerId>, E::Id, Value)| {
        line(tx, event, actor, partner, (E::NAME, id.into()), data)
    };
    let lines: Vec<_> = lines.into_iter().map(line).collect();
    activity::Entity::insert_many(lines).exec_without_returning(tx.conn()).await?;
    Ok(())
}

/// The same where the person who acts is known by a link or a password and not by a session.
pub async fn record_by<E: Scoped>(
    tx: &Access<DatabaseTransaction>,
    event: &str,
    user: &entity::user::Model,
    subject: E::Id,
) -> Result<(), Fault> {
    record_change_by::<E>(tx, event, user, subject, Value::Object(Default::default())).await
}

/// The same with what has changed.
pub async fn record_change_by<E: Scoped>(
    tx: &Access<DatabaseTransaction>,
    event: &str,
    user: &entity::user::Model,
    subject: E::Id,
    data: Value,
) -> Result<(), Fault> {
    write(tx, event, Some(user.id), user.partner_id, E::NAME, subject.into(), data).await
}

/// The same about the vendor, whose row is nobody's and everybody's.
pub async fn record_vendor(
    tx: &Access<DatabaseTransaction>,
    event: &str,
    vendor: entity::VendorId,
    data: Value,
) -> Result<(), Fault> {
    write(tx, event, tx.actor().user_id(), None, "Vendor", vendor.0, data).await
}

async fn write(
    tx: &Access<DatabaseTransaction>,
    event: &str,
    actor: Option<entity::UserId>,
    partner: Option<PartnerId>,
    subject_type: &str,
    subject_id: Uuid,
    data: Value,
) -> Result<(), Fault> {
    line(tx, event, actor, partner, (subject_type, subject_id), data).insert(tx.conn()).await?;
    Ok(())
}

/// A line, whose change is announced once it is there.
fn line(
    tx: &Access<DatabaseTransaction>,
    event: &str,
    actor: Option<entity::UserId>,
    partner: Option<PartnerId>,
    (subject_type, subject_id): (&str, Uuid),
    data: Value,
) -> activity::ActiveModel {
    let id = tx.id();
    tx.led_to(subject_type, subject_id);
    // Whatever changes a row also records it, so that this is where watchers learn of it.
    tx.announce(Change::Activity(id, partner));
    if let Some(change) = Change::of_subject(subject_type, subject_id, partner) {
        tx.announce(change);
    }
    // Who comes in by a link or a password is who acts, whatever key carries the request.
    let key = if actor.is_none() { tx.actor().key_id() } else { None };
    activity::ActiveModel {
        id: Set(id),
        at: Set(tx.now()),
        event: Set(event.to_owned()),
        actor_kind: Set(match (actor, key) {
            (Some(_), _) => activity::ActorKind::User,
            (None, Some(_)) => activity::ActorKind::Key,
            (None, None) => activity::ActorKind::System,
        }),
        actor_id: Set(actor),
        key_id: Set(key),
        partner_id: Set(partner),
        subject_type: Set(subject_type.to_owned()),
        subject_id: Set(subject_id),
        data: Set(data),
        ip: Set(tx.origin().ip.clone()),
        user_agent: Set(tx.origin().user_agent.clone()),
        request_id: Set(tx.origin().request_id.clone()),
    }
}
