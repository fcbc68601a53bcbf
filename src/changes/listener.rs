//! Several servers on one PostgreSQL hear of each other's changes by `NOTIFY`, which it delivers on commit.
//!
//! The same notification wakes their workers. Whatever writes a letter records what it did, so that no insert into the
//! outbox needs a `NOTIFY` of its own, which would make small transactions wait for each other; what is missed all the
//! same is found when the worker looks by itself.

use super::{Change, Changes, News};
use crate::{config::DatabaseUrl, db};
use sea_orm::{
    ConnectionTrait, DatabaseTransaction, DbErr, RuntimeErr, Statement,
    sqlx::{
        self,
        postgres::{PgConnectOptions, PgListener, PgPoolOptions},
    },
};
use serde::{Deserialize, Serialize};
use std::{sync::Arc, time::Duration};
use tokio::{
    sync::{Notify, watch},
    time::{sleep, timeout},
};
use uuid::Uuid;

/// The channel's name in PostgreSQL.
const CHANNEL: &str = "partner_hub";
/// Changes of one notification, whose payload is bounded by 8,000 bytes.
const BATCH: usize = 50;
/// After how long without a word the connection is asked whether it still stands: nothing else would tell.
const QUIET: Duration = Duration::from_secs(30);
/// How long it may take to answer.
const PATIENCE: Duration = Duration::from_secs(5);
/// How long to wait before trying to listen again.
const PAUSE: Duration = Duration::from_secs(1);

/// What travels.
#[derive(Serialize, Deserialize)]
struct Notification {
    server: Uuid,
    changes: Vec<Change>,
}

/// Tells the other servers on this database, if the transaction commits. On SQLite there are none.
pub async fn notify(tx: &DatabaseTransaction, from: &Changes, changes: &[Change]) -> Result<(), DbErr> {
    if !db::is_postgres(tx) {
        return Ok(());
    }
    for changes in changes.chunks(BATCH) {
        let payload = serde_json::json!(Notification { server: from.server, changes: changes.to_vec() }).to_string();
        let sql = "SELECT pg_notify($1, $2)";
        let values = [CHANNEL.into(), payload.into()];
        tx.execute_raw(Statement::from_sql_and_values(tx.get_database_backend(), sql, values)).await?;
    }
    Ok(())
}

/// Hears what other servers announce, tells those who watch on this one, and wakes its worker.
#[derive(Debug)]
pub struct Listener {
    url: DatabaseUrl,
    changes: Changes,
    bell: Arc<Notify>,
    listener: PgListener,
}

impl Listener {
    /// Begins to listen on a connection of its own; `None` on SQLite, where there is nobody to listen to.
    pub async fn open(url: &DatabaseUrl, changes: &Changes, bell: &Arc<Notify>) -> Result<Option<Self>, DbErr> {
        if url.expose().starts_with("sqlite:") {
            return Ok(None);
        }
        let listener = listen(url).await.map_err(|error| DbErr::Conn(RuntimeErr::SqlxError(error.into())))?;
        Ok(Some(Self { url: url.clone(), changes: changes.clone(), bell: bell.clone(), listener }))
    }

    /// Listens until `stop` changes. After a break everybody who watches is told that changes may have been missed.
    pub async fn run(mut self, mut stop: watch::Receiver<bool>) {
        while !*stop.borrow() {
            tokio::select! {
                heard = self.listener.try_recv() => match heard {
                    Ok(Some(heard)) => self.hear(heard.payload()),
                    // The connection broke and has been made anew.
                    Ok(None) => self.miss(),
                    Err(error) => {
                        tracing::warn!(%error, "changes of other servers cannot be heard");
                        self.reopen().await;
                    }
                },
                () = sleep(QUIET) => {
                    let asked = timeout(PATIENCE, sqlx::Executor::execute(&mut self.listener, "SELECT 1")).await;
                    if !matches!(asked, Ok(Ok(_))) {
                        tracing::warn!("the connection that hears of other servers' changes is dead");
                        self.reopen().await;
                    }
                }
                _ = stop.changed() => {}
            }
        }
    }

    fn hear(&self, payload: &str) {
        match serde_json::from_str::<Notification>(payload) {
            // Our own were announced at once.
            Ok(heard) if heard.server == self.changes.server => {}
            Ok(heard) => {
                heard.changes.into_iter().for_each(|change| self.changes.publish(News::Changed(change)));
                self.bell.notify_one();
            }
            Err(error) => tracing::warn!(%error, "a notification was not understood"),
        }
    }

    async fn reopen(&mut self) {
        sleep(PAUSE).await;
        if let Ok(listener) = listen(&self.url).await {
            self.listener = listener;
            self.miss();
        }
    }

    fn miss(&self) {
        self.changes.publish(News::Missed);
        self.bell.notify_one();
    }
}

async fn listen(url: &DatabaseUrl) -> Result<PgListener, sqlx::Error> {
    let options = url.expose().parse::<PgConnectOptions>()?.application_name("partner-hub changes");
    // One connection that may be idle and old; the pool makes it anew when it breaks.
    let pool = PgPoolOptions::new().max_connections(1).idle_timeout(None).max_lifetime(None);
    let mut listener = PgListener::connect_with(&pool.connect_with(options).await?).await?;
    listener.listen(CHANNEL).await?;
    Ok(listener)
}
