//! The only door to rows: who asks, through which connection, at what time.
//!
//! [`Access::fetch`] and [`Access::list`] apply the actor's scope and the policy; clippy bans SeaORM's own finders
//! everywhere else, so that an exception has to give its reason.

pub mod actor;
pub mod once;
pub mod policy;
mod scope;
mod versioned;

pub use actor::{Actor, Key, Person, Reach, Role};
pub use once::Once;
pub use policy::Action;
pub use scope::Scoped;
pub use versioned::Versioned;

use crate::{
    changes::{self, Change, News, Pending},
    db::{self, Reading},
    fault::Fault,
    hub::Hub,
};
use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, ConnectionTrait, DatabaseTransaction, QueryFilter, Select};
use secrecy::SecretString;
use std::{ops::Deref, sync::Arc};
use uuid::Uuid;

/// Where a request came from; kept with what it does.
#[derive(Clone, Debug, Default)]
pub struct Origin {
    /// The client's network address.
    pub ip: Option<String>,
    /// The client's program; at most 200 characters.
    pub user_agent: Option<String>,
    /// The request's id, as in the logs.
    pub request_id: Option<String>,
    /// By what a browser says that it has been here before; whether that is true is asked where it matters.
    pub device: Option<SecretString>,
}

/// An actor at the door, with a connection: the pool, or the transaction of one write.
#[derive(Clone, Debug)]
pub struct Access<C = Reading> {
    hub: Arc<Hub>,
    actor: Actor,
    origin: Arc<Origin>,
    conn: C,
    changes: Pending,
    /// Under which key a change is asked for.
    once: Option<Arc<Once>>,
    /// The key once it is claimed, in the transaction of the change.
    claim: Option<Arc<once::Claim>>,
}

/// A row that was granted for one action; made in this file and nowhere else.
#[derive(Clone, Debug)]
pub struct Granted<T>(T);

impl<T> Deref for Granted<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T> Granted<T> {
    /// The row without its grant.
    pub fn into_inner(self) -> T {
        self.0
    }
}

impl Access {
    /// Opens the door for an actor.
    pub fn new(hub: Arc<Hub>, actor: Actor, origin: Origin) -> Self {
        let conn = hub.any_connection();
        Self::through(conn, hub, actor, origin)
    }

    /// The same on a connection that has been used already.
    pub fn through(conn: Reading, hub: Arc<Hub>, actor: Actor, origin: Origin) -> Self {
        Self { hub, actor, origin: Arc::new(origin), conn, changes: Pending::default(), once: None, claim: None }
    }

    /// The hub itself: commands, founding, worker.
    pub fn system(hub: Arc<Hub>) -> Self {
        Self::new(hub, Actor::System, Origin::default())
    }

    /// The same actor on one connection, for as long as anybody reads through it.
    pub fn keeping_one_connection(self) -> Self {
        Self { conn: self.hub.keep_connection(), ..self }
    }

    /// The same actor, whose next change is made once under this key. A change begins one transaction.
    pub fn once(&self, once: Option<Once>) -> Self {
        Self { once: once.map(Arc::new), ..self.clone() }
    }

    /// The same actor inside one write transaction; nothing but the database may be touched until it is committed. A
    /// change that was made before under the same key ends here with [`Fault::Repeated`].
    pub async fn begin(&self) -> Result<Access<DatabaseTransaction>, Fault> {
        let conn = db::begin_write(&self.hub.pools.writes).await?;
        let (hub, actor, origin) = (self.hub.clone(), self.actor.clone(), self.origin.clone());
        let mut tx = Access { hub, actor, origin, conn, changes: Pending::default(), once: None, claim: None };
        if let Some(once) = &self.once {
            tx.claim = Some(Arc::new(once::Claim::make(&tx, once).await?));
        }
        Ok(tx)
    }
}

impl Access<DatabaseTransaction> {
    /// Makes the write last and wakes the worker, which may find letters.
    pub async fn commit(self) -> Result<(), Fault> {
        let hub = self.hub.clone();
        self.finish().await?;
        hub.bell.notify_one();
        Ok(())
    }

    /// Makes the write last without waking the worker: the worker's own writes. Whoever watches is told what changed.
    pub async fn finish(self) -> Result<(), Fault> {
        if let Some(claim) = &self.claim {
            claim.keep(&self.conn).await?;
        }
        let (hub, changes) = (self.hub, self.changes.take());
        changes::notify(&self.conn, &hub.changes, &changes).await?;
        self.conn.commit().await?;
        changes.into_iter().for_each(|change| hub.changes.publish(News::Changed(change)));
        Ok(())
    }

    /// Announces a change once the transaction is committed; not at all if it is not.
    pub fn announce(&self, change: Change) {
        self.changes.note(change);
    }

    /// Notes an object that the change led to, for whoever repeats it; the record notes its subjects by itself.
    pub fn led_to(&self, name: &str, id: Uuid) {
        if let Some(claim) = &self.claim {
            claim.note(name, id);
        }
    }

    /// Says what the change led to in words of its own, which hold no secret.
    pub fn led_to_all(&self, result: serde_json::Value) {
        if let Some(claim) = &self.claim {
            claim.replace(result);
        }
    }

    /// The same transaction with the rights of the hub itself, for what follows from a granted change
    /// (a form submission approves its partner) and is no wish of the actor's.
    pub fn actor_may_cause(&self) -> Consequence<'_> {
        Consequence(self)
    }
}

/// See [`Access::actor_may_cause`].
#[derive(Debug)]
pub struct Consequence<'a>(&'a Access<DatabaseTransaction>);

impl Consequence<'_> {
    /// A row that the change leads to.
    pub async fn fetch<E: Scoped>(&self, id: E::Id) -> Result<Granted<E::Model>, Fault> {
        find_within::<E, _>(&self.0.conn, Reach::Everything, id).await?.map(Granted).ok_or(Fault::NotFound)
    }
}

impl<C: ConnectionTrait> Access<C> {
    /// What the server shares.
    pub fn hub(&self) -> &Arc<Hub> {
        &self.hub
    }

    /// Who asks.
    pub fn actor(&self) -> &Actor {
        &self.actor
    }

    /// Where the request came from.
    pub fn origin(&self) -> &Origin {
        &self.origin
    }

    /// The connection, for inserts and for updates of granted rows.
    pub fn conn(&self) -> &C {
        &self.conn
    }

    /// The time.
    pub fn now(&self) -> DateTime<Utc> {
        self.hub.clock.now()
    }

    /// A new id.
    pub fn id<T: From<Uuid>>(&self) -> T {
        self.hub.clock.id()
    }

    /// The signed-in user. A program is signed in, and is none.
    pub fn person(&self) -> Result<&Arc<Person>, Fault> {
        self.actor.person().ok_or(if self.actor.id().is_some() { Fault::Forbidden } else { Fault::Unauthenticated })
    }

    /// Asks whether the actor may do something that concerns no row that exists yet.
    pub fn permit(&self, action: Action) -> Result<(), Fault> {
        policy::permit(&self.actor, action)
    }

    /// One row for one action. A row out of the actor's scope is answered like one that does not exist.
    pub async fn fetch<E: Scoped>(&self, action: Action, id: E::Id) -> Result<Granted<E::Model>, Fault> {
        // Who may not see such rows at all learns nothing about this one.
        self.permit(E::READ)?;
        let row = find_within::<E, C>(&self.conn, self.actor.reach(), id).await?.ok_or(Fault::NotFound)?;
        self.permit(action)?;
        Ok(Granted(row))
    }

    /// The partner of an onboarding session, whose users may see no partner yet but may act for this one.
    pub async fn fetch_own_partner(&self, action: Action) -> Result<Granted<entity::partner::Model>, Fault> {
        self.permit(action)?;
        let own = self.person()?.user.partner_id.ok_or(Fault::Forbidden)?;
        find_within::<entity::partner::Entity, C>(&self.conn, self.actor.reach(), own)
            .await?
            .map(Granted)
            .ok_or(Fault::NotFound)
    }

    /// The same for who says itself which columns it reads, as pages do.
    pub fn rows<E: Scoped>(&self) -> Result<Select<E>, Fault> {
        self.permit(E::READ)?;
        Ok(E::bare().filter(E::scope(self.actor.reach())))
    }

    /// The same, of the rows that lists show.
    pub fn listed<E: Scoped>(&self) -> Result<Select<E>, Fault> {
        Ok(self.rows::<E>()?.filter(E::listed()))
    }

    /// The rows that the actor may see, to be narrowed and paged.
    pub fn list<E: Scoped>(&self) -> Result<Select<E>, Fault> {
        self.permit(E::READ)?;
        Ok(within::<E>(self.actor.reach()))
    }
}

async fn find_within<E: Scoped, C: ConnectionTrait>(
    conn: &C,
    reach: Reach,
    id: E::Id,
) -> Result<Option<E::Model>, Fault> {
    let id: Uuid = id.into();
    Ok(within::<E>(reach).filter(E::id_column().eq(id)).one(conn).await?)
}

#[expect(clippy::disallowed_methods, reason = "the one place where a finder is given its scope")]
fn within<E: Scoped>(reach: Reach) -> Select<E> {
    E::find().filter(E::scope(reach))
}
