//! Connections that go from one query of the graph to the next without a look at them in between.

use super::{PATIENCE, Pools, table::Answers};
use crate::fault;
use sea_orm::{
    ConnAcquireErr, DbBackend, DbErr, QueryResult, RuntimeErr, Statement, Values,
    sqlx::{self, Connection as _, Postgres, Sqlite, pool::PoolConnection},
};
use sea_query_sqlx::SqlxValues;
use std::{
    fmt,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// After which a connection goes back to its pool, which closes old ones.
const LIFETIME: Duration = Duration::from_secs(1_200);

/// More dead connections than a pool can hold idle.
const TRIES: usize = 100;

/// The connections of the queries, and turns to use one.
///
/// A pool of the driver asks each connection that comes back whether it is still there, which is a round trip for each
/// query. Here one comes back unasked if it has answered its last statement, and is not inside a transaction ever.
pub struct Keeper {
    pools: Pools,
    turns: Arc<Semaphore>,
    idle: Mutex<Vec<Connection>>,
}

/// A connection of the driver, since SeaORM keeps connections only inside transactions.
struct Connection {
    inner: Inner,
    taken_at: Instant,
}

enum Inner {
    Postgres(PoolConnection<Postgres>),
    Sqlite(PoolConnection<Sqlite>),
}

/// A connection in use, and the turn to use it.
pub(super) struct Kept {
    keeper: Arc<Keeper>,
    /// Away while a statement is under way: whoever stops waiting for its answer loses the connection.
    connection: Option<Connection>,
    /// Whether nothing has been said on it yet: it has lain idle, here or in the pool, and may be dead.
    untried: bool,
    _turn: Option<OwnedSemaphorePermit>,
}

impl fmt::Debug for Keeper {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Keeper")
    }
}

impl Keeper {
    /// Keeps as many connections as there are turns.
    pub fn new(pools: Pools, turns: usize) -> Arc<Self> {
        Arc::new(Self { pools, turns: Arc::new(Semaphore::new(turns)), idle: Mutex::default() })
    }

    /// The pools that the connections are from.
    pub(super) fn pools(&self) -> &Pools {
        &self.pools
    }

    /// Gives all idle connections back to their pool, which could not be closed otherwise.
    pub fn clear(&self) {
        self.idle().clear();
    }

    /// A connection, once it is the caller's turn.
    pub(super) async fn take(self: &Arc<Self>) -> Result<Kept, DbErr> {
        let turn = tokio::time::timeout(PATIENCE, self.turns.clone().acquire_owned()).await;
        let turn = turn.map_err(|_| DbErr::ConnectionAcquire(ConnAcquireErr::Timeout))?;
        let idle = self.idle().pop();
        let connection = match idle {
            Some(connection) => connection,
            // Boxed: rare, and larger than all the rest of reading.
            None => Box::pin(self.connect()).await?,
        };
        Ok(Kept {
            keeper: self.clone(),
            connection: Some(connection),
            untried: true,
            // Turns never end.
            _turn: turn.ok(),
        })
    }

    async fn connect(&self) -> Result<Connection, DbErr> {
        let pool = &self.pools.reads;
        let inner = match pool.get_database_backend() {
            DbBackend::Postgres => pool.get_postgres_connection_pool().acquire().await.map(Inner::Postgres),
            _ => pool.get_sqlite_connection_pool().acquire().await.map(Inner::Sqlite),
        };
        Ok(Connection { inner: inner.map_err(not_acquired)?, taken_at: Instant::now() })
    }

    /// A connection that answers: after one has been lost, most others are.
    async fn connect_anew(&self) -> Result<Connection, DbErr> {
        self.clear();
        for _ in 0..TRIES {
            let mut connection = self.connect().await?;
            let answers = match &mut connection.inner {
                Inner::Postgres(connection) => connection.ping().await,
                Inner::Sqlite(connection) => connection.ping().await,
            };
            if answers.is_ok() {
                return Ok(connection);
            }
        }
        self.connect().await
    }

    fn idle(&self) -> std::sync::MutexGuard<'_, Vec<Connection>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Kept {
    /// Runs a statement. One connection that has died while it lay idle is replaced: nothing has been said on it yet.
    pub(super) async fn query(&mut self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        if let Some(watch) = &self.keeper.pools.watch {
            (watch.0)(&statement);
        }
        let connection = match self.connection.take() {
            Some(connection) => connection,
            None => Box::pin(self.keeper.connect()).await?,
        };
        if !std::mem::take(&mut self.untried) {
            return self.run(connection, statement).await;
        }
        match self.run(connection, statement.clone()).await {
            Err(error) if is_lost(&error) => {
                let connection = Box::pin(self.keeper.connect_anew()).await?;
                Box::pin(self.run(connection, statement)).await
            }
            answer => answer,
        }
    }

    async fn run(&mut self, mut connection: Connection, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        let values = SqlxValues(statement.values.unwrap_or(Values(Vec::new())));
        let sql = sqlx::AssertSqlSafe(statement.sql);
        let rows = match &mut connection.inner {
            Inner::Postgres(connection) => {
                let rows = sqlx::query_with(sql, values).fetch_all(&mut **connection).await;
                rows.map(|rows| rows.into_iter().map(QueryResult::from).collect())
            }
            Inner::Sqlite(connection) => {
                let rows = sqlx::query_with(sql, values).fetch_all(&mut **connection).await;
                rows.map(|rows| rows.into_iter().map(QueryResult::from).collect())
            }
        };
        let rows = rows.map_err(|error| DbErr::Query(RuntimeErr::SqlxError(error.into())));
        if !rows.as_ref().is_err_and(is_lost) {
            self.connection = Some(connection);
        }
        rows
    }
}

impl Answers for Kept {
    fn backend(&self) -> DbBackend {
        self.keeper.pools.reads.get_database_backend()
    }

    async fn ask(&mut self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        self.query(statement).await
    }
}

impl Drop for Kept {
    fn drop(&mut self) {
        if let Some(connection) = self.connection.take()
            && connection.taken_at.elapsed() < LIFETIME
        {
            self.keeper.idle().push(connection);
        }
    }
}

/// Whether the line is broken, or may be: what is not the database's own answer leaves it somewhere half-way.
fn is_lost(error: &DbErr) -> bool {
    let DbErr::Query(RuntimeErr::SqlxError(inner)) = error else { return false };
    fault::is_lost(error) || !matches!(**inner, sqlx::Error::Database(_))
}

fn not_acquired(error: sqlx::Error) -> DbErr {
    match error {
        sqlx::Error::PoolTimedOut => DbErr::ConnectionAcquire(ConnAcquireErr::Timeout),
        sqlx::Error::PoolClosed => DbErr::ConnectionAcquire(ConnAcquireErr::ConnectionClosed),
        error => DbErr::Conn(RuntimeErr::SqlxError(error.into())),
    }
}
