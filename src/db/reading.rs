//! The connection of one reader.

use super::Pools;
use sea_orm::{
    ConnAcquireErr, ConnectionTrait, DatabaseConnection, DbBackend, DbErr, ExecResult, QueryResult, RuntimeErr,
    Statement, Values, prelude::async_trait::async_trait, sqlx,
};
use sea_query_sqlx::SqlxValues;
use sqlx::{Postgres, Sqlite, pool::PoolConnection};
use std::{fmt, sync::Arc};
use tokio::sync::{Mutex, OnceCell, OwnedSemaphorePermit, Semaphore};

/// What single statements go through: the pool, or one connection that is kept until the last clone is dropped.
///
/// A query of the graph runs several statements. Taking a connection for each would cost as many round trips again,
/// because the driver asks every connection that comes back whether it is still there.
#[derive(Clone, Debug)]
pub enum Reading {
    /// Any connection, for each statement.
    Pool(DatabaseConnection),
    /// One connection, taken by the first statement when it is its turn. It is in no transaction: every statement sees
    /// what has been committed before it.
    Kept(Arc<Kept>),
}

/// See [`Reading::Kept`].
pub struct Kept {
    pools: Pools,
    turns: Arc<Semaphore>,
    taken: OnceCell<Taken>,
}

/// A connection, and the turn to use one.
struct Taken {
    connection: Mutex<Connection>,
    _turn: Option<OwnedSemaphorePermit>,
}

/// SeaORM keeps connections only inside transactions, so that these are the driver's own.
enum Connection {
    Postgres(PoolConnection<Postgres>),
    Sqlite(PoolConnection<Sqlite>),
}

impl fmt::Debug for Kept {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Kept")
    }
}

impl Reading {
    /// Keeps one connection from the first statement on, which waits for one of the `turns` before.
    pub fn keep(pools: &Pools, turns: &Arc<Semaphore>) -> Self {
        let (pools, turns) = (pools.clone(), turns.clone());
        Self::Kept(Arc::new(Kept { pools, turns, taken: OnceCell::new() }))
    }

    fn pool(&self) -> &DatabaseConnection {
        match self {
            Self::Pool(pool) => pool,
            Self::Kept(kept) => &kept.pools.reads,
        }
    }
}

impl Kept {
    async fn taken(&self) -> Result<&Mutex<Connection>, DbErr> {
        let taken = self.taken.get_or_try_init(|| async {
            // Never closed.
            let turn = self.turns.clone().acquire_owned().await.ok();
            let pool = &self.pools.reads;
            let connection = match pool.get_database_backend() {
                DbBackend::Postgres => pool.get_postgres_connection_pool().acquire().await.map(Connection::Postgres),
                _ => pool.get_sqlite_connection_pool().acquire().await.map(Connection::Sqlite),
            };
            let connection = connection.map_err(not_acquired)?;
            Ok::<_, DbErr>(Taken { connection: Mutex::new(connection), _turn: turn })
        });
        Ok(&taken.await?.connection)
    }

    async fn query(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        let mut connection = self.taken().await?.lock().await;
        if let Some(watch) = &self.pools.watch {
            (watch.0)(&statement.sql);
        }
        let (sql, values) = (statement.sql, SqlxValues(statement.values.unwrap_or(Values(Vec::new()))));
        let sql = sqlx::AssertSqlSafe(sql);
        let rows = match &mut *connection {
            Connection::Postgres(connection) => {
                let rows = sqlx::query_with(sql, values).fetch_all(&mut **connection).await;
                rows.map(|rows| rows.into_iter().map(QueryResult::from).collect())
            }
            Connection::Sqlite(connection) => {
                let rows = sqlx::query_with(sql, values).fetch_all(&mut **connection).await;
                rows.map(|rows| rows.into_iter().map(QueryResult::from).collect())
            }
        };
        rows.map_err(|error| DbErr::Query(RuntimeErr::SqlxError(error.into())))
    }
}

fn not_acquired(error: sqlx::Error) -> DbErr {
    match error {
        sqlx::Error::PoolTimedOut => DbErr::ConnectionAcquire(ConnAcquireErr::Timeout),
        sqlx::Error::PoolClosed => DbErr::ConnectionAcquire(ConnAcquireErr::ConnectionClosed),
        error => DbErr::Conn(RuntimeErr::SqlxError(error.into())),
    }
}

#[async_trait]
impl ConnectionTrait for Reading {
    fn get_database_backend(&self) -> DbBackend {
        self.pool().get_database_backend()
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        self.pool().execute_raw(statement).await
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        self.pool().execute_unprepared(sql).await
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        match self {
            Self::Pool(pool) => pool.query_one_raw(statement).await,
            // Whoever wants one row says so in the statement.
            Self::Kept(kept) => Ok(kept.query(statement).await?.into_iter().next()),
        }
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        match self {
            Self::Pool(pool) => pool.query_all_raw(statement).await,
            Self::Kept(kept) => kept.query(statement).await,
        }
    }
}
