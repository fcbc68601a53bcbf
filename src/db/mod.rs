//! Connects to and tunes each engine, and begins a write. SQL that differs by engine starts from [`is_postgres`].

mod keeper;
mod reading;
mod sweep;
pub mod table;
mod unbroken;

pub use keeper::Keeper;
pub use reading::Reading;
pub use sweep::sweep;
pub use unbroken::unbroken;

use crate::{config::DatabaseUrl, fault::Fault, secret};
use sea_orm::{
    ColumnTrait, ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr,
    SqliteTransactionMode, Statement, TransactionOptions, TransactionTrait, sea_query::Expr, sqlx,
};
use std::{fmt, sync::Arc, time::Duration};
use uuid::Uuid;

/// The connections of one server.
#[derive(Clone, Debug)]
pub struct Pools {
    /// For single statements. No transaction is begun here, so that its connections need no look when they come back.
    pub reads: DatabaseConnection,
    /// For transactions. On SQLite the same connections.
    pub writes: DatabaseConnection,
    /// Told of each statement on a kept connection, of which the pools hear nothing.
    pub watch: Option<Watch>,
}

/// Hears of statements; for tests that count them and ask how they are planned.
#[derive(Clone)]
pub struct Watch(pub Arc<dyn Fn(&Statement) + Send + Sync>);

impl fmt::Debug for Watch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Watch")
    }
}

/// How long a connection is waited for.
const PATIENCE: Duration = Duration::from_secs(3);

/// How many statements run at once: enough to keep the cores and the disk busy, and no more.
pub fn connections(cores: usize) -> usize {
    2 * cores + 2
}

/// Opens the pools and makes the folder of a SQLite file.
pub async fn connect(url: &DatabaseUrl) -> Result<Pools, DbErr> {
    if let Some(folder) = url.sqlite_folder() {
        secret::private_folder(&folder)
            .map_err(|error| DbErr::Custom(format!("cannot make the folder {}: {error}", folder.display())))?;
    }
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let connections = u32::try_from(connections(cores)).unwrap_or(u32::MAX);
    let mut options = ConnectOptions::new(url.expose());
    options
        // Queries keep one each; the others are for what changes something, and reads a little before.
        .max_connections(connections + 4)
        .acquire_timeout(PATIENCE)
        .test_before_acquire(false)
        .sqlx_logging(false);
    tune_sqlite(&mut options);
    tune_postgres(&mut options);
    let reads = Database::connect(options.clone()).await?;
    if !is_postgres(&reads) {
        return Ok(Pools { writes: reads.clone(), reads, watch: None });
    }
    options.max_connections(connections / 2 + 1);
    look_at_released(&mut options);
    Ok(Pools { reads, writes: Database::connect(options).await?, watch: None })
}

/// WAL lets readers go on beside the one writer; these are options of each connection, not of the first.
fn tune_sqlite(options: &mut ConnectOptions) {
    options.map_sqlx_sqlite_opts(|sqlite| {
        sqlite
            .create_if_missing(true)
            .journal_mode(sqlx::sqlite::SqliteJournalMode::Wal)
            .synchronous(sqlx::sqlite::SqliteSynchronous::Full)
            .busy_timeout(Duration::from_secs(5))
            .foreign_keys(true)
    });
}

/// Statements differ in their ids and not in what is best for them: planning one anew for each short list of ids takes
/// four times as long as running it.
fn tune_postgres(options: &mut ConnectOptions) {
    options.map_sqlx_postgres_opts(|postgres| {
        postgres.application_name("partner-hub").options([
            ("plan_cache_mode", "force_generic_plan"),
            ("statement_timeout", "5s"),
            ("lock_timeout", "2s"),
            ("idle_in_transaction_session_timeout", "10s"),
        ])
    });
}

/// sqlx 0.9.0 returns a connection whose BEGIN was cancelled to the pool, and the next autocommit write is lost inside
/// that dead transaction. Outside of one, now() is the time of this very statement; a connection that says otherwise is
/// closed. (A ROLLBACK would do as well, but PostgreSQL logs a warning for each.)
fn look_at_released(options: &mut ConnectOptions) {
    options.map_sqlx_postgres_pool_opts(|pool| {
        pool.after_release(|connection, _| {
            Box::pin(async move {
                let outside = sqlx::raw_sql("SELECT now() = statement_timestamp()");
                let row = sqlx::Executor::fetch_one(connection, outside).await?;
                sqlx::Row::try_get(&row, 0)
            })
        })
    });
}

/// Brings the tables up to date in one transaction; of several servers that start at once, one does it.
pub async fn migrate(db: &DatabaseConnection) -> Result<(), DbErr> {
    use migration::MigratorTrait;
    let tx = db.begin_with_options(writing()).await?;
    if is_postgres(db) {
        for wait in [
            "SET LOCAL statement_timeout = 0",
            "SET LOCAL lock_timeout = '60s'",
            "SET LOCAL idle_in_transaction_session_timeout = 0",
            "SELECT pg_advisory_xact_lock(7015531)",
        ] {
            tx.execute_unprepared(wait).await?;
        }
    }
    migration::Migrator::up(&tx, None).await?;
    tx.commit().await
}

/// Begins a transaction that will write. SQLite takes the write lock at once, so that it waits for its turn here
/// instead of failing half-way.
pub async fn begin_write(db: &DatabaseConnection) -> Result<DatabaseTransaction, Fault> {
    Ok(db.begin_with_options(writing()).await?)
}

fn writing() -> TransactionOptions {
    TransactionOptions { sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate), ..Default::default() }
}

/// Whether this connection speaks PostgreSQL; otherwise it is SQLite.
pub fn is_postgres(db: &impl ConnectionTrait) -> bool {
    db.get_database_backend() == DbBackend::Postgres
}

/// `column` is one of `ids`: one prepared statement for any number of them on PostgreSQL.
pub fn any_of<Id: Copy + Into<Uuid>>(db: &impl ConnectionTrait, column: impl ColumnTrait, ids: &[Id]) -> Expr {
    let ids = ids.iter().map(|id| (*id).into());
    if is_postgres(db) { column.eq_any(ids.collect::<Vec<Uuid>>()) } else { column.is_in(ids) }
}
