//! The connection of one reader.

use super::{
    keeper::{Keeper, Kept},
    table::{self, Table, Wanted},
};
use sea_orm::{
    ConnectionTrait, DatabaseConnection, DbBackend, DbErr, ExecResult, QueryResult, Statement,
    prelude::async_trait::async_trait,
};
use std::{
    fmt, mem,
    sync::{Arc, Mutex as Lock, PoisonError},
    task::Poll,
};
use tokio::sync::{
    Mutex,
    oneshot::{self, error::TryRecvError},
};

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
    /// Rows that were asked for and have not been read.
    waiting: Lock<Vec<Reader>>,
}

/// Rows that are wanted, and who wants them.
type Reader = (Arc<Wanted>, oneshot::Sender<Result<Table, DbErr>>);

impl fmt::Debug for One {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("One")
    }
}

impl Reading {
    /// One connection from the first statement on.
    pub fn one(keeper: &Arc<Keeper>) -> Self {
        Self::One(Arc::new(One { keeper: keeper.clone(), kept: Mutex::new(None), waiting: Lock::default() }))
    }

    /// Reads rows as columns. On one connection of PostgreSQL, rows that are wanted at the same time share
    /// a statement where they can.
    pub async fn read(&self, wanted: Wanted) -> Result<Table, DbErr> {
        let wanted = Arc::new(wanted);
        match self {
            Self::Pool(pool) => first(table::read(&mut { pool }, &[wanted]).await?),
            Self::One(one) => one.read(wanted).await,
        }
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
        self.kept(&mut *self.kept.lock().await).await?.query(statement).await
    }

    async fn kept<'a>(&self, kept: &'a mut Option<Kept>) -> Result<&'a mut Kept, DbErr> {
        match kept {
            Some(kept) => Ok(kept),
            empty => Ok(empty.insert(self.keeper.take().await?)),
        }
    }

    /// Whoever comes first to the connection reads what all are waiting for.
    async fn read(&self, wanted: Arc<Wanted>) -> Result<Table, DbErr> {
        let mut answer = self.wait_for(&wanted);
        others_first().await;
        let mut kept = self.kept.lock().await;
        loop {
            match answer.try_recv() {
                Ok(answer) => return answer,
                Err(TryRecvError::Empty) => self.read_waiting(&mut kept).await,
                // Who was reading it gave up.
                Err(TryRecvError::Closed) => answer = self.wait_for(&wanted),
            }
        }
    }

    fn wait_for(&self, wanted: &Arc<Wanted>) -> oneshot::Receiver<Result<Table, DbErr>> {
        let (reader, answer) = oneshot::channel();
        self.waiting().push((wanted.clone(), reader));
        answer
    }

    async fn read_waiting(&self, kept: &mut Option<Kept>) {
        let (wanted, readers): (Vec<_>, Vec<_>) = self.next_waiting().into_iter().unzip();
        let tables = match self.kept(kept).await {
            Ok(kept) => table::read(kept, &wanted).await,
            Err(error) => Err(error),
        };
        match tables {
            // A reader that has gone does not mind.
            Ok(tables) => readers.into_iter().zip(tables).for_each(|(reader, table)| drop(reader.send(Ok(table)))),
            Err(error) => readers.into_iter().for_each(|reader| drop(reader.send(Err(error.clone())))),
        }
    }

    /// Who has waited longest, and with whom it can share a statement.
    fn next_waiting(&self) -> Vec<Reader> {
        let mut waiting = self.waiting();
        let Some((first, _)) = waiting.first() else { return Vec::new() };
        let first = first.clone();
        waiting.extract_if(.., |(wanted, _)| first.goes_with(wanted)).take(table::TOGETHER).collect()
    }

    fn waiting(&self) -> std::sync::MutexGuard<'_, Vec<Reader>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Waits until whatever else goes on in this task has gone as far as it can.
async fn others_first() {
    let mut waited = false;
    std::future::poll_fn(|context| {
        if mem::replace(&mut waited, true) {
            return Poll::Ready(());
        }
        context.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
}

fn first(tables: Vec<Table>) -> Result<Table, DbErr> {
    tables.into_iter().next().ok_or_else(|| DbErr::RecordNotFound("each reading has a table".into()))
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
