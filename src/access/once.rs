//! A change that is asked for again under the same key is not made again.
//!
//! The key is claimed by the first statement of the change's own transaction, so that key and change last together or
//! not at all. What is kept is which objects the change led to: whoever repeats it reads them anew, with the rights it
//! has then, and no token or link is ever kept.

use super::{Access, Scoped};
use crate::{
    db::{self, Pools},
    fault::Fault,
};
use chrono::{DateTime, TimeDelta, Utc};
use entity::{
    IdempotencyKeyId,
    idempotency_key::{ActiveModel, Column, Entity},
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, DatabaseTransaction, EntityTrait, QueryFilter, TryInsertResult,
};
use serde_json::{Value, json};
use std::sync::{Mutex, PoisonError};
use uuid::Uuid;

/// How long a key is remembered.
const LIFE: TimeDelta = TimeDelta::hours(24);

/// Under which key a change is asked for.
#[derive(Clone, Debug)]
pub struct Once {
    /// The mutation's name: the same key means something else to another one.
    pub mutation: String,
    /// As the client chose it.
    pub key: String,
    /// SHA-256 of the input without the key.
    pub input_hash: Vec<u8>,
}

/// A claimed key, and what the change has led to so far.
#[derive(Debug)]
pub(super) struct Claim {
    id: IdempotencyKeyId,
    led_to: Mutex<Value>,
}

impl Claim {
    /// Claims the key, or ends the change: with what it led to the first time, or because it was another one. Whoever
    /// asks at the same moment waits here for the other's end.
    #[expect(clippy::disallowed_methods, reason = "the actor's own keys")]
    pub(super) async fn make(tx: &Access<DatabaseTransaction>, once: &Once) -> Result<Self, Fault> {
        let actor = tx.actor().id().ok_or(Fault::Unauthenticated)?;
        let same = Condition::all()
            .add(Column::ActorId.eq(actor))
            .add(Column::Mutation.eq(&once.mutation))
            .add(Column::Key.eq(&once.key));
        let forgotten = Column::CreatedAt.lte(tx.now() - LIFE);
        Entity::delete_many().filter(same.clone()).filter(forgotten).exec(tx.conn()).await?;
        let claim = Self { id: tx.id(), led_to: Mutex::new(json!([])) };
        let row = ActiveModel {
            id: Set(claim.id),
            actor_id: Set(actor),
            mutation: Set(once.mutation.clone()),
            key: Set(once.key.clone()),
            input_hash: Set(once.input_hash.clone()),
            result: Set(json!([])),
            created_at: Set(tx.now()),
        };
        let unique = [Column::ActorId, Column::Mutation, Column::Key];
        let inserted = Entity::insert(row).on_conflict_do_nothing_on(unique).exec_without_returning(tx.conn()).await?;
        if matches!(inserted, TryInsertResult::Inserted(1)) {
            return Ok(claim);
        }
        let first = Entity::find().filter(same).one(tx.conn()).await?.ok_or(Fault::Conflict)?;
        Err(if first.input_hash == once.input_hash {
            Fault::Repeated(first.result)
        } else {
            Fault::IdempotencyMismatch
        })
    }

    /// Notes an object that the change led to.
    pub(super) fn note(&self, name: &str, id: Uuid) {
        if let Some(objects) = self.led_to.lock().unwrap_or_else(PoisonError::into_inner).as_array_mut() {
            objects.push(json!([name, id]));
        }
    }

    /// Says in the mutation's own words what it led to.
    pub(super) fn replace(&self, result: Value) {
        *self.led_to.lock().unwrap_or_else(PoisonError::into_inner) = result;
    }

    /// Keeps what the change led to; the last statement before its commit.
    #[expect(clippy::disallowed_methods, reason = "the key that was just claimed")]
    pub(super) async fn keep(&self, conn: &DatabaseTransaction) -> Result<(), Fault> {
        let result = self.led_to.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let row = ActiveModel { result: Set(result), ..Default::default() };
        Entity::update_many().set(row).filter(Column::Id.eq(self.id)).exec(conn).await?;
        Ok(())
    }
}

/// The first object of a table that a repeated change led to.
pub fn first_of<E: Scoped>(result: &Value) -> Option<E::Id> {
    let mut objects = result.as_array()?.iter();
    let id = objects.find(|object| object[0] == E::NAME)?[1].as_str()?;
    Some(E::Id::from(Uuid::parse_str(id).ok()?))
}

/// Forgets old keys.
pub async fn sweep(pools: &Pools, now: DateTime<Utc>) -> Result<(), Fault> {
    db::sweep::<Entity>(&pools.reads, Column::Id, Column::CreatedAt.lte(now - LIFE)).await?;
    Ok(())
}
