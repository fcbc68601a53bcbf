//! The connection of one reader.

use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, ExecResult, QueryResult, Statement,
    TransactionTrait, prelude::async_trait::async_trait,
};
use std::sync::Arc;
use tokio::sync::OnceCell;

/// What single statements go through: the pool, or one connection that is kept until the last clone is dropped.
///
/// A query of the graph runs several statements. Taking a connection for each would cost as many round trips again,
/// because the driver asks every connection that comes back whether it is still there.
#[derive(Clone, Debug)]
pub enum Reading {
    /// Any connection, for each statement.
    Pool(DatabaseConnection),
    /// One connection, taken by the first statement. It is inside a transaction that changes nothing and is rolled
    /// back; at PostgreSQL's usual isolation every statement sees what has been committed before it.
    Kept(Arc<Kept>),
}

/// See [`Reading::Kept`].
#[derive(Debug)]
pub struct Kept {
    pool: DatabaseConnection,
    begun: OnceCell<DatabaseTransaction>,
}

impl Reading {
    /// Keeps one connection from the first statement on. SQLite has no round trips to save, and there a transaction
    /// would not see what is committed meanwhile.
    pub fn keep(self) -> Self {
        match self {
            Self::Pool(pool) if super::is_postgres(&pool) => {
                Self::Kept(Arc::new(Kept { pool, begun: OnceCell::new() }))
            }
            other => other,
        }
    }
}

impl Kept {
    async fn connection(&self) -> Result<&DatabaseTransaction, DbErr> {
        self.begun.get_or_try_init(|| self.pool.begin()).await
    }
}

#[async_trait]
impl ConnectionTrait for Reading {
    fn get_database_backend(&self) -> DbBackend {
        match self {
            Self::Pool(pool) => pool.get_database_backend(),
            Self::Kept(kept) => kept.pool.get_database_backend(),
        }
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        match self {
            Self::Pool(pool) => pool.execute_raw(statement).await,
            // It would be rolled back: what changes anything does so through the pool.
            Self::Kept(kept) => kept.pool.execute_raw(statement).await,
        }
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        match self {
            Self::Pool(pool) => pool.execute_unprepared(sql).await,
            Self::Kept(kept) => kept.pool.execute_unprepared(sql).await,
        }
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        match self {
            Self::Pool(pool) => pool.query_one_raw(statement).await,
            Self::Kept(kept) => kept.connection().await?.query_one_raw(statement).await,
        }
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        match self {
            Self::Pool(pool) => pool.query_all_raw(statement).await,
            Self::Kept(kept) => kept.connection().await?.query_all_raw(statement).await,
        }
    }
}
