//! The connection of one reader.

use super::keeper::{Keeper, Kept};
use sea_orm::{
    ConnectionTrait, DatabaseConnection, DbBackend, DbErr, ExecResult, QueryResult, Statement,
    prelude::async_trait::async_trait,
};
use std::{fmt, sync::Arc};
use tokio::sync::Mutex;

/// What single statements go through: the pool, or one connection that is kept until the last clone is dropped.
///
/// A query of the graph runs several statements; taking a connection for each would cost as many round trips again.
#[derive(Clone, Debug)]
pub enum Reading {
    /// Any connection, for each statement.
    Pool(DatabaseConnection),
    /// One connection, taken by the first statement when it is its turn. It is in no transaction: every statement sees
    /// what has been committed before it.
    One(Arc<One>),
}

/// See [`Reading::One`].
pub struct One {
    keeper: Arc<Keeper>,
    kept: Mutex<Option<Kept>>,
}

impl fmt::Debug for One {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("One")
    }
}

impl Reading {
    /// One connection from the first statement on.
    pub fn one(keeper: &Arc<Keeper>) -> Self {
        Self::One(Arc::new(One { keeper: keeper.clone(), kept: Mutex::new(None) }))
    }

    fn pool(&self) -> &DatabaseConnection {
        match self {
            Self::Pool(pool) => pool,
            Self::One(one) => &one.keeper.pools().reads,
        }
    }
}

impl One {
    async fn query(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        let mut kept = self.kept.lock().await;
        let kept = match &mut *kept {
            Some(kept) => kept,
            empty => empty.insert(self.keeper.take().await?),
        };
        kept.query(statement).await
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
            Self::One(one) => Ok(one.query(statement).await?.into_iter().next()),
        }
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        match self {
            Self::Pool(pool) => pool.query_all_raw(statement).await,
            Self::One(one) => one.query(statement).await,
        }
    }
}
