//! A migrated database per test, copied from one template per process.

use sea_orm::{ConnectionTrait, Database};
use std::{
    path::PathBuf,
    sync::atomic::{AtomicU32, Ordering},
};
use tempfile::TempDir;
use tokio::sync::OnceCell;

/// A database of one test's own.
pub(crate) struct TestDatabase {
    pub(crate) url: String,
    _folder: Option<TempDir>,
}

/// The server for tests on PostgreSQL; SQLite if there is none.
pub(crate) fn postgres() -> Option<String> {
    std::env::var("TEST_DATABASE_URL").ok().filter(|url| !url.is_empty())
}

impl TestDatabase {
    /// Migrated and empty.
    pub(crate) async fn create() -> Self {
        match postgres() {
            Some(server) => from_postgres(&server, Some(postgres_template(&server).await)).await,
            None => {
                let this = Self::create_bare().await;
                let file = this.url.strip_prefix("sqlite://").unwrap().to_owned();
                tokio::fs::copy(sqlite_template().await, file).await.unwrap();
                this
            }
        }
    }

    /// Without any table.
    pub(crate) async fn create_bare() -> Self {
        match postgres() {
            Some(server) => from_postgres(&server, None).await,
            None => {
                let folder = tempfile::tempdir().unwrap();
                let url = format!("sqlite://{}", folder.path().join("hub.db").display());
                Self { url, _folder: Some(folder) }
            }
        }
    }
}

fn fresh_name() -> String {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    format!("hub_test_{}_{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed))
}

async fn migrate(url: &str) {
    let url = partner_hub::config::DatabaseUrl::parse(url).unwrap();
    let db = partner_hub::db::connect(&url).await.unwrap().writes;
    partner_hub::db::migrate(&db).await.unwrap();
    db.close().await.unwrap();
}

async fn sqlite_template() -> &'static PathBuf {
    static TEMPLATE: OnceCell<(TempDir, PathBuf)> = OnceCell::const_new();
    let make = || async {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("template.db");
        migrate(&format!("sqlite://{}", file.display())).await;
        (folder, file)
    };
    &TEMPLATE.get_or_init(make).await.1
}

async fn postgres_template(server: &str) -> &'static str {
    static TEMPLATE: OnceCell<String> = OnceCell::const_new();
    let make = || async {
        drop_leftovers(server).await;
        let template = from_postgres(server, None).await.url;
        migrate(&template).await;
        template.rsplit('/').next().unwrap().to_owned()
    };
    TEMPLATE.get_or_init(make).await
}

async fn from_postgres(server: &str, template: Option<&str>) -> TestDatabase {
    let name = fresh_name();
    let template = template.map(|template| format!(" TEMPLATE {template}")).unwrap_or_default();
    let db = Database::connect(server).await.unwrap();
    db.execute_unprepared(&format!("CREATE DATABASE {name}{template}")).await.unwrap();
    db.close().await.unwrap();
    let (base, _) = server.rsplit_once('/').unwrap();
    TestDatabase { url: format!("{base}/{name}"), _folder: None }
}

/// Databases of earlier runs; those still in use refuse to go.
async fn drop_leftovers(server: &str) {
    use sea_orm::{DbBackend, Statement};
    let db = Database::connect(server).await.unwrap();
    let sql = "SELECT datname FROM pg_database WHERE datname LIKE 'hub\\_test\\_%'";
    for row in db.query_all_raw(Statement::from_string(DbBackend::Postgres, sql)).await.unwrap() {
        let name: String = row.try_get("", "datname").unwrap();
        let _ = db.execute_unprepared(&format!("DROP DATABASE {name}")).await;
    }
    db.close().await.unwrap();
}
